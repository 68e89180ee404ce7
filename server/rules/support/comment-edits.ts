import type { Span } from '../../documents/source.ts';
import type { SpannedText, SuppressionComment } from '../suppress/comment.ts';

/** What goes with a comment: its line, where it stands alone there, else the space that sets it off. */
export function withoutComment(text: string, { start, end }: Span): Span {
  let lineStart = start;
  while (0 < lineStart && !isBreak(text, lineStart - 1)) lineStart--;
  let lineEnd = end;
  while (lineEnd < text.length && !isBreak(text, lineEnd)) lineEnd++;
  const before = text.slice(lineStart, start).trimEnd();
  const after = text.slice(end, lineEnd);
  if (after.trim() !== '') return { start, end: lineEnd - after.trimStart().length };
  if (before !== '') return { start: lineStart + before.length, end };
  const breakLength = text.startsWith('\r\n', lineEnd) ? 2 : Math.min(1, text.length - lineEnd);
  return { start: lineStart, end: lineEnd + breakLength };
}

/** What goes with one of several names of a comment: its comma. */
export function withoutName({ names }: SuppressionComment, name: SpannedText): Span {
  const index = names.indexOf(name);
  const next = names[index + 1];
  const previous = names[index - 1];
  if (next) return { start: name.span.start, end: next.span.start };
  return { start: previous?.span.end ?? name.span.start, end: name.span.end };
}

const isBreak = (text: string, offset: number): boolean => '\r\n'.includes(text.charAt(offset));
