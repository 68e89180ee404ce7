import { rateIn, requestQuotasOf } from '../../facts/quotas.ts';
import type { Clock } from '../../kms/environment.ts';
import { parseDuration } from '../../scenario/duration.ts';
import { type CachingEntry, type TripCall, tripCalls } from '../../scenario/file.ts';
import { parseSize } from '../../scenario/payload.ts';
import type { StepPart } from '../../scenario/step.ts';
import { DataKeyCache } from '../caching.ts';
import type { MaterialsManager } from '../materials.ts';

/** A cache that stays from message to message, whereas what it asks notes for which message it is asked. */
export class KeptCache {
  readonly #cache: DataKeyCache;
  #asked: MaterialsManager | undefined;

  constructor({ maxAge, maxMessages, maxBytes }: CachingEntry, clock: Clock) {
    const asked = (): MaterialsManager => {
      if (!this.#asked) throw new Error('there is nothing behind the cache');
      return this.#asked;
    };
    const maximumBytes = maxBytes === undefined ? undefined : parseSize(maxBytes);
    this.#cache = new DataKeyCache({
      backing: {
        encryptionMaterials: (request) => asked().encryptionMaterials(request),
        decryptionMaterials: (request) => asked().decryptionMaterials(request),
      },
      clock,
      maximumAge: parseDuration(maxAge) ?? 0,
      ...(maxMessages === undefined ? {} : { maximumMessages: maxMessages }),
      ...(maximumBytes === undefined ? {} : { maximumBytes }),
    });
  }

  /** The cache, which from now on asks this one for what it does not have. */
  over(asked: MaterialsManager): MaterialsManager {
    this.#asked = asked;
    return this.#cache;
  }

  clear(): void {
    this.#cache.clear();
  }
}

/** How often KMS was called. */
export type CallCounts = Record<TripCall, number>;

export interface Campaign {
  /** How many messages there were, up to the one that stopped. */
  readonly messages: number;
  readonly calls: CallCounts;
  readonly caching: CachingEntry | undefined;
  /** Between two messages, in milliseconds. */
  readonly interval: number;
  readonly region: string;
}

/** `10 GenerateDataKey and 10 Decrypt instead of 1,000 each: 1,980 calls fewer`. */
export function callsInWords({ messages, calls, caching }: Campaign): string {
  const made = tripCalls.map((name) => `${number(calls[name])} ${name}`).join(' and ');
  if (!caching) return made;
  const saved = tripCalls.reduce((sum, name) => sum + messages - calls[name], 0);
  return `${made} instead of ${number(messages)} each: ${number(saved)} calls fewer`;
}

/** What several messages, and those of a cache, have to tell together. */
export function campaignPart(campaign: Campaign): StepPart {
  const { messages, calls, caching, interval, region } = campaign;
  const made = tripCalls.reduce((sum, name) => sum + calls[name], 0);
  const without = tripCalls.length * messages;
  const facts: [string, string][] = [
    ['messages', number(messages)],
    ...tripCalls.map((name): [string, string] => {
      return [name, caching ? `${number(calls[name])} instead of ${number(messages)}` : number(calls[name])];
    }),
  ];
  if (caching) facts.push(['calls saved', `${number(without - made)} of ${number(without)}`]);
  if (interval > 0) {
    const inSecond = (count: number): string => rounded((count / messages) * (1000 / interval));
    facts.push(['calls in a second', caching ? `${inSecond(made)} instead of ${inSecond(without)}` : inSecond(made)]);
  }
  const [quota] = requestQuotasOf('GenerateDataKey', { keySpec: 'SYMMETRIC_DEFAULT', origin: 'AWS_KMS' });
  if (quota)
    facts.push([
      'request quota',
      `${number(rateIn(quota, region))} in a second in ${region}, for all cryptographic operations of an account with symmetric keys, unless it was raised`,
    ]);
  if (caching) facts.push(['the price', priceOf(caching)]);
  return { title: caching ? 'data key caching' : 'messages', outcome: 'ok', facts };
}

function priceOf({ maxAge, maxMessages, maxBytes }: CachingEntry): string {
  const limits = [
    ...(maxMessages === undefined ? [] : [messageCount(maxMessages)]),
    ...(maxBytes === undefined ? [] : [maxBytes]),
    maxAge,
  ];
  return `one data key opens all that was encrypted within the limits (${limits.join(', ')}), and who loses the permission to decrypt goes on for up to ${maxAge}`;
}

/** `1 message`, `1,000 messages`. */
export const messageCount = (count: number): string => `${number(count)} ${count === 1 ? 'message' : 'messages'}`;

const number = (value: number): string => value.toLocaleString('en-US');

const rounded = (value: number): string => value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
