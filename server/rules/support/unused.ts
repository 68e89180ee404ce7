import type { Span } from '../../documents/source.ts';
import type { Finding } from '../rule.ts';

/** A suppression of a rule that has nothing to report there. */
export function unusedSuppression(rule: string, at: Span, next: string): Finding {
  return {
    at,
    message: `no finding of \`${rule}\` is suppressed here`,
    why: 'one that comes later would go unseen',
    next,
    tags: ['unnecessary'],
  };
}
