import type { SourceDocument } from '../../documents/source.ts';
import type { Context } from './context.ts';
import { type Counts, type Seen, seenIn, stringsUnder } from './seen.ts';

export interface SeenName {
  readonly name: string;
  /** In this document, not only in another one. */
  readonly here: boolean;
}

/** Names of this document and of the other open ones, the most frequent first. */
export function seenHere(context: Context, which: keyof Seen): readonly SeenName[] {
  return merged(context, (source) => seenIn(source)[which]);
}

/** The strings under members of a name, in this document and in the other open ones. */
export function seenUnder(context: Context, name: string): readonly SeenName[] {
  return merged(context, (source) => stringsUnder(source.parsed.root, name));
}

/** The Region that this document speaks of, else the one of the settings. */
export function likelyRegion(context: Context): string {
  return seenHere(context, 'regions').find(({ here }) => here)?.name ?? context.region;
}

/** What is being written does not count as seen. */
function merged(context: Context, pick: (source: SourceDocument) => Counts): readonly SeenName[] {
  const typed = typedText(context);
  const here = [...pick(context.source)].filter(([name, times]) => name !== typed || times > 1);
  const there = context.others.flatMap((other) => [...pick(other)]);
  const names = new Map<string, boolean>();
  for (const [name] of here.sort(byCount)) names.set(name, true);
  for (const [name] of there.sort(byCount)) if (!names.has(name)) names.set(name, false);
  return [...names].slice(0, MOST).map(([name, isHere]) => ({ name, here: isHere }));
}

/** Nobody reads longer lists, and a generated policy can name thousands. */
const MOST = 200;

type Count = readonly [name: string, times: number];

const byCount = (a: Count, b: Count): number => b[1] - a[1];

/** What the string at the cursor says so far. */
function typedText({ source, cursor }: Context): string {
  const { token } = cursor;
  const { start, end } = token.inner ?? { start: token.start + 1, end: token.end };
  return token.type === 'string' ? source.text.slice(start, end) : '';
}
