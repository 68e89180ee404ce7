/** `UseOrders2`, or `Use orders 2` where the name has spaces; the numbers before `from` are taken. */
export function nextFree(
  sid: string,
  from: number,
  taken: ReadonlySet<string | undefined>,
): { name: string; number: number } {
  const gap = sid.includes(' ') ? ' ' : '';
  for (let number = from; ; number++) {
    const name = `${sid}${gap}${number}`;
    if (!taken.has(name)) return { name, number };
  }
}
