/**
 * Names of operations as a person writes them: those that are all there under one beginning as `Describe*`, in the order
 * of the names. `all` are the names to tell apart.
 */
export function shortNames(operations: readonly string[], all: readonly string[]): string[] {
  const wanted = new Set(operations);
  const short = operations.map((name) => patternFor(name, wanted, all) ?? name);
  return [...new Set(short)];
}

/** The shortest beginning, in whole words, under which there is nothing that is not wanted. */
function patternFor(name: string, wanted: ReadonlySet<string>, all: readonly string[]): string | undefined {
  const words = name.match(/[A-Z][a-z]*/g) ?? [];
  for (let count = 1; count < words.length; count++) {
    const beginning = words.slice(0, count).join('');
    const covered = all.filter((each) => each.startsWith(beginning));
    if (1 < covered.length && covered.every((each) => wanted.has(each))) return `${beginning}*`;
  }
  return undefined;
}
