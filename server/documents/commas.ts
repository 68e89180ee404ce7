/** Where the first comma of a stretch stands; those in comments do not count. */
export function commaIn(text: string, start: number, end: number): number | undefined {
  const between = text
    .slice(start, end)
    .replace(/\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g, (comment) => ' '.repeat(comment.length));
  const index = between.indexOf(',');
  return index < 0 ? undefined : start + index;
}
