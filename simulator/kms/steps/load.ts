import { accountOf } from '../../access/caller.ts';
import { origins } from '../../facts/origins.ts';
import type { QuotaQuestion } from '../../facts/quotas.ts';
import { parseDuration } from '../../scenario/duration.ts';
import { type ExpectedLoad, isLoad, type LoadEntry, loadUnits } from '../../scenario/file.ts';
import { parseSize } from '../../scenario/payload.ts';
import type { StepKind, StepRun } from '../../scenario/step.ts';
import type { ScenarioWorld } from '../../scenario/world.ts';
import type { CachingLimits } from '../quotas/cached.ts';
import { limitsWith } from '../quotas/limits.ts';
import { type Load, type LoadAnswer, unfitRequests } from '../quotas/load.ts';
import { firstToRefuse, tellLoad } from '../quotas/story.ts';

/** Whether a load fits the request quotas. Nothing is called, and no time passes. */
export const load: StepKind = {
  name: 'load',
  async run(entry, { world }) {
    if (!isLoad(entry)) throw new TypeError('this is no load');
    return askLoad(entry, world);
  },
};

/** What a step comes to in the world as it is. */
export function askLoad(entry: LoadEntry, world: ScenarioWorld): StepRun & { readonly actual?: ExpectedLoad } {
  const asked = loadOf(entry, world);
  if (typeof asked === 'string') return { outcome: 'error', problem: asked };
  const { answer, sentences, parts } = tellLoad(asked);
  const actual = actualOf(answer);
  const result = {
    actual,
    reason: [...sentences, ...forWhom(entry, world)].join('; '),
    parts: parts.map(({ title, refuses, facts }) => ({
      title,
      outcome: refuses ? ('stopped' as const) : ('ok' as const),
      facts,
    })),
  };
  const { expect } = entry;
  if (expect === undefined) return { outcome: 'info', ...result };
  return { outcome: isAsExpected(expect, actual) ? 'pass' : 'fail', expected: expect, ...result };
}

/** The question that a step asks; or why it cannot be asked. */
function loadOf(entry: LoadEntry, world: ScenarioWorld): Load | string {
  const { load: counts, per = 'second', on, bucketKey = false, caching } = entry;
  const named = on === undefined ? undefined : world.keyOf(on);
  if (on !== undefined && !named) return `\`${on}\` is not there any more when this step is taken`;
  const region = entry.region ?? named?.description.region ?? world.defaults.region;
  if (named && on !== undefined && !world.inRegion(named.key, region))
    return `\`${on}\` is not in ${region}: leave out \`region\`, or name a key of that Region`;
  const origin = origins.find(({ name }) => name === named?.description.origin)?.name;
  const keySpec = named?.description.spec ?? entry.keySpec;
  const key: QuotaQuestion = {
    ...(keySpec === undefined ? {} : { keySpec }),
    ...(origin === undefined ? {} : { origin }),
    ...(entry.keyPairSpec === undefined ? {} : { keyPairSpec: entry.keyPairSpec }),
  };
  const requests = Object.fromEntries(
    Object.entries(counts).map(([name, count]) => [name, { count, seconds: loadUnits[per] }]),
  );
  const [unfit] = unfitRequests({ requests, key });
  if (unfit !== undefined) return `\`${unfit}\` works with no key of \`${keySpec}\`: name another key, or leave it out`;
  return {
    requests,
    key,
    region,
    bucketKey,
    seconds: (parseDuration(entry.for ?? 'PT10S') ?? 0) / 1000,
    limits: limitsWith({ ...world.file.quotas, ...entry.quotas }),
    ...(caching ? { caching: cachingOf(caching) } : {}),
  };
}

function cachingOf({
  maxAge,
  maxMessages,
  maxBytes,
  messageBytes,
  hosts,
}: NonNullable<LoadEntry['caching']>): CachingLimits {
  const sizes = Object.entries({ maxBytes, messageBytes }).flatMap(([name, size]) => {
    const bytes = size === undefined ? undefined : parseSize(size);
    return bytes === undefined ? [] : [[name, bytes] as const];
  });
  return {
    maxAge: parseDuration(maxAge) ?? 0,
    ...(maxMessages === undefined ? {} : { maxMessages }),
    ...(hosts === undefined ? {} : { hosts }),
    ...Object.fromEntries(sizes),
  };
}

/** Who owns the key has no part in it, which surprises people. */
function forWhom({ as = 'root', on }: LoadEntry, world: ScenarioWorld): string[] {
  const account = accountOf(world.callerOf(as).caller);
  const owner = on === undefined ? undefined : world.keyOf(on)?.description.account;
  if (account === undefined || owner === undefined || owner === account) return [];
  return [`the calls count for ${account}, which calls, and not for ${owner}, which owns the key`];
}

function actualOf(answer: LoadAnswer): ExpectedLoad {
  const first = firstToRefuse(answer);
  if (!first) return { throttled: false };
  const refused = answer.operations.filter(({ refused: count }) => count > 0);
  return {
    throttled: true,
    quota: first.name,
    fromSecond: first.firstSecond ?? 1,
    refused: Object.fromEntries(refused.map(({ name, refused: count }) => [name, count])),
  };
}

/** An operation that is not listed may be refused or not. */
function isAsExpected(expected: ExpectedLoad, actual: ExpectedLoad): boolean {
  const { throttled, quota, fromSecond, refused = {} } = expected;
  return (
    throttled === actual.throttled &&
    (quota === undefined || quota === actual.quota) &&
    (fromSecond === undefined || fromSecond === actual.fromSecond) &&
    Object.entries(refused).every(([name, count]) => count === (actual.refused?.[name] ?? 0))
  );
}
