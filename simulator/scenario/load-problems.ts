import { findKeySpec } from '../facts/key-specs.ts';
import { findOperation } from '../facts/operations.ts';
import { findS3Request } from '../facts/s3-requests.ts';
import type { Path, Place } from '../json/place.ts';
import { parseDuration } from './duration.ts';
import type { LoadEntry } from './file.ts';

interface LoadProblem {
  /** Within the step. */
  readonly at: Path;
  readonly part?: Place['part'];
  readonly message: string;
}

/** How messages call what could be added. */
export interface LoadWords {
  readonly key: string;
  readonly pair: string;
  readonly bytes: readonly [most: string, ofMessage: string];
}

const ofScenarios: LoadWords = {
  key: '`on`, or a `keySpec`',
  pair: '`keyPairSpec`',
  bytes: ['`maxBytes`', '`messageBytes`'],
};

/** What is wrong with a load though every member has the right type. */
export function loadProblems(entry: LoadEntry, words: LoadWords = ofScenarios): LoadProblem[] {
  return [
    ...lengthProblems(entry),
    ...operationProblems(entry),
    ...keyProblems(entry, words),
    ...optionProblems(entry, words),
  ];
}

const LONGEST = 60 * 60 * 1000;

function lengthProblems({ for: length = 'PT1S' }: LoadEntry): LoadProblem[] {
  const duration = parseDuration(length) ?? 0;
  const isWhole = 0 < duration && duration <= LONGEST && duration % 1000 === 0;
  return isWhole ? [] : [{ at: ['for'], message: 'a load lasts 1 second to 1 hour, in whole seconds: mend it' }];
}

function operationProblems({ load }: LoadEntry): LoadProblem[] {
  if (Object.values(load).some((count) => count > 0)) return [];
  return [{ at: ['load'], message: 'nothing is called: add an operation and how often, such as `"Decrypt": 1000`' }];
}

/** Which quota counts hangs on the key. */
function keyProblems({ load, on, keySpec, keyPairSpec }: LoadEntry, words: LoadWords): LoadProblem[] {
  const names = Object.keys(load).filter((name) => !findS3Request(name));
  const pairs = names.find((name) => findOperation(name)?.quota.includes('GenerateDataKeyPair'));
  const asymmetric = names.find((name) => /^(Sign|Verify)$/.test(name));
  const s3 = Object.keys(load).find(findS3Request);
  const problems: LoadProblem[] = [];
  if (s3 !== undefined && keySpec !== undefined && keySpec !== 'SYMMETRIC_DEFAULT')
    problems.push({
      at: ['load', s3],
      part: 'key',
      message: 'S3 encrypts under symmetric keys only: make two loads of it',
    });
  if (on !== undefined && keySpec !== undefined)
    problems.push({ at: ['keySpec'], part: 'key', message: 'the key that `on` names has a spec: remove this' });
  if (
    asymmetric !== undefined &&
    on === undefined &&
    (keySpec === undefined || findKeySpec(keySpec)?.type !== 'asymmetric')
  )
    problems.push({
      at: ['load', asymmetric],
      part: 'key',
      message: `which quota \`${asymmetric}\` counts against hangs on the key: add ${words.key} such as \`RSA_2048\``,
    });
  if (pairs !== undefined && keyPairSpec === undefined)
    problems.push({
      at: ['load', pairs],
      part: 'key',
      message: `each kind of pair has a quota of its own: add ${words.pair}, such as \`RSA_2048\``,
    });
  if (pairs === undefined && keyPairSpec !== undefined)
    problems.push({ at: ['keyPairSpec'], part: 'key', message: 'only GenerateDataKeyPair makes pairs: remove this' });
  return problems;
}

function optionProblems({ load, bucketKey, caching, expect }: LoadEntry, words: LoadWords): LoadProblem[] {
  const [most, ofMessage] = words.bytes;
  const names = Object.keys(load);
  const problems: LoadProblem[] = [];
  if (bucketKey !== undefined && !names.some(findS3Request))
    problems.push({
      at: ['bucketKey'],
      part: 'key',
      message: 'only requests to S3 use a Bucket Key: ask for some, such as `s3:GetObject`, or remove this',
    });
  if (caching && !names.some((name) => name === 'GenerateDataKey' || name === 'Decrypt'))
    problems.push({
      at: ['caching'],
      part: 'key',
      message: 'a cache saves GenerateDataKey and Decrypt, and this load has neither: remove it',
    });
  if (caching && (caching.maxBytes === undefined) !== (caching.messageBytes === undefined))
    problems.push({
      at: ['caching'],
      message: `how many messages ${most} is hangs on ${ofMessage}: give both, or neither`,
    });
  const more = expect && !expect.throttled ? (['quota', 'fromSecond', 'refused'] as const) : [];
  for (const name of more)
    if (expect?.[name] !== undefined)
      problems.push({
        at: ['expect', name],
        part: 'key',
        message: 'nothing is refused of a load that is not throttled: remove this',
      });
  return problems;
}
