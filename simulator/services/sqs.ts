import { parseDuration } from '../scenario/duration.ts';
import type { Errand, Hand, SealedKey } from './errand.ts';
import type { Acts, Done } from './operations.ts';
import { MINUTE, Remembered } from './remembered.ts';
import { sealedResponse } from './sealed.ts';
import { Shelf } from './shelf.ts';

export interface Queue {
  readonly arn: string;
  readonly region: string;
  readonly account: string;
  readonly key: string;
  /** In milliseconds. */
  readonly reusePeriod: number;
  /** The data key of each message that nobody has received yet. */
  readonly messages: SealedKey[];
  /** Data keys that producers use, by whose they are. */
  readonly sending: Map<string, { readonly key: SealedKey; readonly until: number }>;
  readonly receiving: Remembered;
}

export const queues = new Shelf<Queue>('queue');

/** The default of AWS. */
const REUSE_PERIOD = 5 * MINUTE;

export const sqs: Acts<'sqs'> = {
  CreateQueue(errand) {
    const name = errand.text('queue');
    const { region, account } = errand.place;
    const { reusePeriod } = errand.entry;
    const arn = errand.arn('sqs', name);
    errand.on(queues).set(name, {
      arn,
      region,
      account,
      key: errand.key,
      reusePeriod: (typeof reusePeriod === 'string' ? parseDuration(reusePeriod) : undefined) ?? REUSE_PERIOD,
      messages: [],
      sending: new Map(),
      receiving: new Remembered(),
    });
    return { because: 'KMS is asked once there is a message', response: { QueueArn: arn } };
  },

  SendMessage: (errand) => send(errand, errand.need(queues, 'queue'), errand.asCaller),

  async ReceiveMessage(errand): Promise<Done> {
    const queue = errand.need(queues, 'queue');
    const [message] = queue.messages;
    if (!message) return { because: 'the queue is empty' };
    const id = Buffer.from(message.ciphertext).toString('base64');
    const isKnown = queue.receiving.has(errand.as, id, errand.now);
    if (!isKnown) {
      await errand.open(errand.asCaller, message);
      queue.receiving.keep(errand.as, id, errand.now + queue.reusePeriod);
    }
    queue.messages.shift();
    return { ...(isKnown ? { because: REUSED } : {}), response: sealedResponse(message) };
  },
};

/** A message comes in, in the name of whoever sends it. */
export async function send(errand: Errand, queue: Queue, hand: Hand): Promise<Done> {
  const known = queue.sending.get(hand.shown);
  if (known && errand.now < known.until) {
    queue.messages.push(known.key);
    return { because: REUSED, response: sealedResponse(known.key) };
  }
  const key = await errand.seal(hand, queue.key, { 'aws:sqs:arn': queue.arn }, queue.region);
  // To see that the data key is whole.
  await errand.open(hand, key);
  queue.sending.set(hand.shown, { key, until: errand.now + queue.reusePeriod });
  queue.messages.push(key);
  return { response: sealedResponse(key) };
}

const REUSED = 'the data key reuse period is not over, so that the data key is used again and KMS is not called';
