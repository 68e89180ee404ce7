/**
 * Names of operations as a person writes them: those that are all there under one beginning as `Describe*`, in the order
 * of the names. `all` are the names to tell apart.
 */
export function shortNames(operations: readonly string[], all: readonly string[]): string[] {
  const wanted = new Set(operations);
  const short = operations.map((name) => patternFor(name, wanted, all) ?? name);
  return [...new Set(short)];
}

/**
 * The shortest beginning, in whole words, under which there is nothing that is not wanted; as long as it can be without
 * losing any: `GenerateDataKey*` rather than `GenerateData*`.
 */
function patternFor(name: string, wanted: ReadonlySet<string>, all: readonly string[]): string | undefined {
  const words = name.match(/[A-Z][a-z]*/g) ?? [];
  const beginnings = words.map((_, index) => words.slice(0, index + 1).join(''));
  const under = (beginning: string): string[] => all.filter((each) => each.startsWith(beginning));
  const shortest = beginnings.find((beginning) => under(beginning).every((each) => wanted.has(each)));
  if (shortest === undefined) return undefined;
  const count = under(shortest).length;
  const longest = beginnings.findLast((beginning) => under(beginning).length === count);
  return count > 1 ? `${longest}*` : undefined;
}
