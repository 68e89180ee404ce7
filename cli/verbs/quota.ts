import type { CachingLimits } from '../../simulator/kms/quotas/cached.ts';
import { limitsWith, type StatedQuotas } from '../../simulator/kms/quotas/limits.ts';
import { answerLoad, type Load, unfitRequests } from '../../simulator/kms/quotas/load.ts';
import { tellLoad } from '../../simulator/kms/quotas/story.ts';
import type { LoadEntry } from '../../simulator/scenario/file.ts';
import { loadProblems } from '../../simulator/scenario/load-problems.ts';
import { CommandError, EXIT } from '../failure.ts';
import type { Terminal } from '../output/terminal.ts';
import { keyStores, type QuotaOptions } from '../quota/options.ts';
import { printStory, storyJson } from '../quota/print.ts';

/** Tells whether a load fits; the exit code. */
export function quota(options: QuotaOptions, terminal: Terminal): number {
  checkOptions(options);
  const load = loadOf(options);
  const story = tellLoad(load);
  if (options.format === 'json') terminal.out.line(JSON.stringify(storyJson(story, load), null, 2));
  else printStory(story, load, terminal.out);
  const answer = story.answer.throttled ? 'throttled' : 'fits';
  if (options.expect === undefined || options.expect === answer) return EXIT.fine;
  terminal.error.line(`kms-lens: expected that it ${SAID[options.expect]}, but it ${SAID[answer]}`);
  return EXIT.findings;
}

const SAID = { fits: 'fits', throttled: 'is throttled' } as const;

function loadOf({ operation: requests, region, for: seconds, quota: given, ...options }: QuotaOptions): Load {
  const { keySpec, keyPairSpec, keyStore, caching, bucketKeys = false } = options;
  const key = {
    ...(keySpec === undefined ? {} : { keySpec }),
    ...(keyPairSpec === undefined ? {} : { keyPairSpec }),
    ...(keyStore === undefined ? {} : { origin: keyStores[keyStore] }),
  };
  const [unfit] = unfitRequests({ requests, key });
  if (unfit !== undefined)
    throw new CommandError(`\`--key-spec\`: \`${unfit}\` works with no key of \`${keySpec}\`: give another, or none`);
  const load = { requests, seconds, region, key, bucketKey: bucketKeys, caching, limits: limitsWith(given?.named) };
  if (given?.only === undefined) return load;
  return { ...load, limits: limitsWith({ ...theOnly(load, given.only), ...given.named }) };
}

/** A quota without a name is that of the load, where it has one. */
function theOnly(load: Load, rate: number): StatedQuotas {
  const names = [...new Set(answerLoad({ ...load, seconds: 1 }).quotas.map(({ name }) => name))];
  const [only, another] = names;
  if (only !== undefined && another === undefined) return { [only]: rate };
  throw new CommandError(
    only === undefined
      ? '`--quota`: AWS documents no quota for this load: remove it'
      : `\`--quota\`: this load counts against several: write one of ${names.map((name) => `\`${name}=${rate}\``).join(', ')}`,
  );
}

const WORDS = { key: 'a `--key-spec`', pair: '`--key-pair-spec`', bytes: ['`bytes`', '`message-bytes`'] } as const;

const OPTIONS: Readonly<Record<string, string>> = {
  load: 'operation',
  for: 'for',
  keySpec: 'key-spec',
  keyPairSpec: 'key-pair-spec',
  bucketKey: 'bucket-keys',
  caching: 'caching',
};

function cachingEntry({ maxAge, maxBytes, messageBytes, ...limits }: CachingLimits): NonNullable<LoadEntry['caching']> {
  return {
    ...limits,
    maxAge: `PT${maxAge / 1000}S`,
    ...(maxBytes === undefined ? {} : { maxBytes: `${maxBytes}B` }),
    ...(messageBytes === undefined ? {} : { messageBytes: `${messageBytes}B` }),
  };
}

/** The rules of the steps of scenarios hold here, too. */
function checkOptions({ operation, for: seconds, keySpec, keyPairSpec, bucketKeys, caching }: QuotaOptions): void {
  const entry: LoadEntry = {
    load: Object.fromEntries(Object.entries(operation).map(([name, { count }]) => [name, count])),
    for: `PT${seconds}S`,
    ...(keySpec === undefined ? {} : { keySpec }),
    ...(keyPairSpec === undefined ? {} : { keyPairSpec }),
    ...(bucketKeys ? { bucketKey: true } : {}),
    ...(caching ? { caching: cachingEntry(caching) } : {}),
  };
  const [problem] = loadProblems(entry, WORDS);
  if (problem) throw new CommandError(`\`--${OPTIONS[String(problem.at[0])] ?? 'operation'}\`: ${problem.message}`);
}
