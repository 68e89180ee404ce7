import { firstAfter } from './in-order.ts';
import type { PolicySource } from './source.ts';

/**
 * The text of a policy alone, from its first character on. In that of one that stands in a scenario comments are blank, so
 * that offsets into it stay what they are.
 */
export function ownText({ text, parsed, use }: PolicySource): string {
  const node = use?.inline;
  if (!node) return text;
  const { comments } = parsed;
  let own = '';
  let at = node.start;
  for (let index = firstAfter(comments, node.start); index < comments.length; index++) {
    const comment = comments[index];
    if (!comment || node.end <= comment.start) break;
    own += text.slice(at, comment.start) + ' '.repeat(comment.end - comment.start);
    at = comment.end;
  }
  return own + text.slice(at, node.end);
}
