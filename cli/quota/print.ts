import type { Load } from '../../simulator/kms/quotas/load.ts';
import type { LoadStory } from '../../simulator/kms/quotas/story.ts';
import { plainRows } from '../output/plain.ts';
import type { Sink } from '../output/terminal.ts';

/** The published shape of `kms-lens quota --format json`. */
export function storyJson({ answer, advice, sentences }: LoadStory, { region }: Load): object {
  const { seconds, throttled, quotas, operations } = answer;
  const { raise, bucketKey, caching } = advice;
  return {
    version: 1,
    region,
    seconds,
    fits: !throttled,
    because: sentences,
    quotas: quotas.map(
      ({ name, elsewhere, limit, requests, peak, refused, firstSecond, lastSecond, quota, ...use }) => ({
        name,
        elsewhere,
        limit,
        adjustable: quota.adjustable,
        operations: use.operations,
        requests,
        peak,
        refused,
        ...(firstSecond === undefined ? {} : { firstSecond, lastSecond }),
      }),
    ),
    operations: operations.map(({ name, requests, refused, unlimited }) => ({
      name,
      requests,
      refused,
      documented: !unlimited,
    })),
    advice: {
      raise,
      ...(bucketKey ? { bucketKey } : {}),
      ...(caching ? { caching: { ...caching, limits: caching.limits ?? null } } : {}),
    },
  };
}

export function printStory({ answer, sentences, parts }: LoadStory, { region }: Load, out: Sink): void {
  const { colours } = out;
  const verdict = answer.throttled ? colours.red('THROTTLED') : colours.green('FITS');
  out.line(`${colours.bold(verdict)} in ${region}, for ${lasting(answer.seconds)}`);
  out.line();
  for (const sentence of sentences) out.line(`${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`);
  for (const { title, refuses, facts } of parts) {
    out.line();
    out.line(`${refuses ? colours.red('✗') : colours.green('✓')} ${colours.bold(title)}`);
    for (const line of plainRows(facts, colours)) out.line(line);
  }
}

const lasting = (seconds: number): string => `${seconds.toLocaleString('en-US')} second${seconds === 1 ? '' : 's'}`;
