import { BUCKET_KEY_LEAVES, findS3Request } from '../../facts/s3-requests.ts';
import { type Advice, adviceOn, type Otherwise } from './advice.ts';
import { answerLoad, cachedOperations, type Load, type LoadAnswer, type QuotaShare, type QuotaUse } from './load.ts';

/** What becomes of a load, for programs and in words. */
export interface LoadStory {
  readonly answer: LoadAnswer;
  readonly advice: Advice;
  /** Sentences without stops: what happens first, then what would do. */
  readonly sentences: readonly string[];
  /** Quota by quota, and what would be otherwise. */
  readonly parts: readonly LoadPart[];
}

export interface LoadPart {
  readonly title: string;
  readonly refuses: boolean;
  readonly facts: readonly (readonly [what: string, value: string])[];
}

export function tellLoad(load: Load): LoadStory {
  const answer = answerLoad(load);
  const advice = adviceOn(load, answer);
  const { seconds } = load;
  const refusing = inOrder(answer.quotas).filter(({ refused }) => refused > 0);
  const told = refusing.length > 0 ? refusing : answer.quotas;
  const free = answer.operations.filter(({ unlimited }) => unlimited).map(({ name }) => name);
  return {
    answer,
    advice,
    sentences: [
      ...throughS3(load, answer),
      ...throughCache(load, answer),
      ...told.map((use) => sentenceOf(use, seconds)),
      ...(free.length > 0 ? [`AWS documents no quota for ${listed(free)}, so that none of it is refused here`] : []),
      ...raised(advice),
      ...otherBucketKey(advice, seconds),
      ...otherCaching(advice, seconds),
    ],
    parts: answer.quotas.map((use) => partOf(use, seconds)),
  };
}

/** The quota that refuses first; of several the one that refuses most. */
export function firstToRefuse({ quotas }: LoadAnswer): QuotaUse | undefined {
  return inOrder(quotas).find(({ refused }) => refused > 0);
}

function inOrder(quotas: readonly QuotaUse[]): QuotaUse[] {
  const rank = ({ firstSecond = Number.POSITIVE_INFINITY }: QuotaUse): number => firstSecond;
  return [...quotas].sort((a, b) => (rank(a) === rank(b) ? b.refused - a.refused : rank(a) - rank(b)));
}

/** `12,000 GenerateDataKey + 4,000 Decrypt requests/s share one quota of 10,000/s (…): 37.5 % are refused from second 1`. */
function sentenceOf(use: QuotaUse, seconds: number): string {
  const { operations, limit, refused, requests } = use;
  const what = operations.map((each) => shareOf(each, seconds)).join(' + ');
  const share = operations.length > 1 ? 'share one quota of' : 'have a quota of';
  const came =
    refused > 0
      ? `${percent(refused, requests)} are refused ${whenOf(use, seconds)}`
      : `all pass, and ${limit > 0 ? percent(use.peak, limit) : 'none'} of it ${use.peak === requests / seconds ? 'is' : 'is at most'} used`;
  return `${what} requests/s ${share} ${number(limit)}/s (${nameOf(use)}): ${came}`;
}

const shareOf = ({ name, requests, counts }: QuotaShare, seconds: number): string =>
  `${perSecond(requests, seconds)} ${name}${counts === 1 ? '' : ` (each counts ${counts})`}`;

const nameOf = ({ name, elsewhere }: { readonly name: string; readonly elsewhere: boolean }): string =>
  elsewhere ? `${name} in the other Region` : name;

/** What is refused to the end goes on. */
function whenOf({ firstSecond = 1, lastSecond = firstSecond }: QuotaUse, seconds: number): string {
  if (lastSecond >= seconds - 1) return `from second ${number(firstSecond)}`;
  if (lastSecond === firstSecond) return `in second ${number(firstSecond)}`;
  return `in seconds ${number(firstSecond)} to ${number(lastSecond)}`;
}

function throughS3({ requests, bucketKey }: Load, answer: LoadAnswer): string[] {
  const asked = Object.entries(requests).filter(([name]) => findS3Request(name));
  if (asked.length === 0) return [];
  const what = asked.map(([name, { count, seconds }]) => `${perSecond(count, seconds)} ${name}`).join(' + ');
  const calls = new Set(asked.flatMap(([name]) => findS3Request(name)?.calls ?? []));
  const made = answer.operations
    .filter(({ name }) => calls.has(name))
    .map(({ name, requests: count }) => `${perSecond(count, answer.seconds)} ${name}`)
    .join(' + ');
  const less = bucketKey ? `, with a Bucket Key that saves the ${SAVED} % that AWS names as the most` : '';
  return [`S3 makes ${made} calls/s of ${what} requests/s${less}`];
}

const SAVED = Math.round(100 * (1 - BUCKET_KEY_LEAVES));

/** What a cache makes of messages. */
function throughCache({ requests, caching }: Load, { operations, seconds }: LoadAnswer): string[] {
  if (!caching) return [];
  return Object.entries(requests).flatMap(([name, rate]) => {
    const calls = cachedOperations.has(name) ? operations.find((each) => each.name === name) : undefined;
    if (!calls) return [];
    return [
      `of ${perSecond(rate.count, rate.seconds)} messages/s ${perSecond(calls.requests, seconds)} find no data key in a cache and call ${name}`,
    ];
  });
}

function raised({ raise }: Advice): string[] {
  return raise.map(({ to, adjustable, ...quota }) => {
    const which = raise.length > 1 ? ` of ${nameOf(quota)}` : '';
    return `a quota${which} of ${number(to)}/s would let all pass, ${adjustable ? 'and AWS raises it on request' : 'but AWS does not raise this one'}`;
  });
}

function otherBucketKey({ bucketKey }: Advice, seconds: number): string[] {
  if (!bucketKey) return [];
  const how = bucketKey.on ? 'with an S3 Bucket Key' : 'without the Bucket Key';
  return [`${how} ${otherwise(bucketKey, seconds)}`];
}

function otherCaching({ caching }: Advice, seconds: number): string[] {
  if (!caching) return [];
  const messages = caching.limits?.maxMessages;
  if (messages === undefined) return [`without data key caching ${otherwise(caching, seconds)}`];
  return [`with data key caching, of ${number(messages)} messages for each data key, ${otherwise(caching, seconds)}`];
}

function otherwise({ requests, refused }: Otherwise, seconds: number): string {
  const came = refused === 0 ? 'all would pass' : `${percent(refused, requests)} would be refused`;
  return `KMS would see ${perSecond(requests, seconds)} calls/s, and ${came}`;
}

function partOf(use: QuotaUse, seconds: number): LoadPart {
  const { limit, operations, requests, peak, refused, quota } = use;
  const average = perSecond(requests, seconds);
  return {
    title: nameOf(use),
    refuses: refused > 0,
    facts: [
      ['quota', `${number(limit)}/s${quota.adjustable ? '' : ', which AWS does not raise'}`],
      ...operations.map((each) => ['asked for', `${shareOf(each, seconds)} a second`] as const),
      ...(number(peak) === average ? [] : [['busiest second', number(peak)] as const]),
      [
        'refused',
        refused === 0
          ? `none of ${number(requests)}`
          : `${number(refused)} of ${number(requests)} (${percent(refused, requests)}), ${whenOf(use, seconds)}`,
      ],
      ...(refused === 0 ? [] : [['quota that would do', `${number(peak)}/s`] as const]),
    ],
  };
}

const perSecond = (count: number, seconds: number): string => number(count / seconds);

/** `12,000`, `0.5`. */
const number = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : 0 });

function percent(part: number, whole: number): string {
  const value = (100 * part) / whole;
  if (0 < value && value < 0.1) return 'less than 0.1 %';
  return `${value.toLocaleString('en-US', { maximumFractionDigits: 1 })} %`;
}

const listed = (names: readonly string[]): string => names.join(' and ');
