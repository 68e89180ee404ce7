import type { Context } from './context.ts';
import { type Seen, seenNames } from './seen.ts';

/** What the string at the cursor says so far. */
export function typedText({ source, cursor }: Context): string {
  const { token } = cursor;
  const { start, end } = token.inner ?? { start: token.start + 1, end: token.end };
  return token.type === 'string' ? source.text.slice(start, end) : '';
}

/** Names of this document and of the other open ones. */
export function seenHere(
  context: Context,
  pick: (seen: Seen) => ReadonlyMap<string, number> | undefined,
): ReturnType<typeof seenNames> {
  const { source, others } = context;
  return seenNames({ source, others, typed: typedText(context) }, pick);
}

/** The Region that this document speaks of, else the one of the settings. */
export function likelyRegion(context: Context): string {
  return seenHere(context, ({ regions }) => regions).find(({ here }) => here)?.name ?? context.region;
}
