import type { JsonObject } from '../../simulator/json/node.ts';
import { isLoose, type ParsedJson } from '../../simulator/json/parse.ts';
import type { SourceDocument, Span } from '../documents/source.ts';
import { lowerBound, SpanSet } from '../documents/span-set.ts';

/** The places of a document where its JSON is broken, so that what follows from that is not reported as a second fault. */
export class BrokenParts {
  /** Where problems begin in the text that the policy was read from, in order. */
  private readonly starts: readonly number[];
  /** In the document. */
  private readonly spans: SpanSet;
  /** From here on nobody knows what is broken. */
  private readonly unknownFrom: number;

  constructor({ text, parsed, policy }: SourceDocument) {
    const source = policy ?? { text, parsed, outer: undefined };
    const { outer } = source;
    const own = brokenIn(source);
    this.starts = own.map(({ start }) => start).sort((x, y) => x - y);
    this.unknownFrom = source.parsed.listedTo;
    this.spans = new SpanSet(
      outer
        ? [...brokenIn({ text, parsed }), ...own.map(({ start, end }) => ({ start: outer(start), end: outer(end) }))]
        : own,
    );
  }

  /** Whether everything could be read. */
  get none(): boolean {
    return this.spans.isEmpty;
  }

  /** Whether an object of the policy is broken between its members, or never ends. */
  inside(object: JsonObject): boolean {
    const { starts } = this;
    if (this.unknownFrom < object.end) return true;
    let at = lowerBound(starts, object.start);
    const end = lowerBound(starts, object.end + 1);
    if (at === end) return false;
    for (const { value } of object.members) {
      if (value === undefined) continue;
      // Problems up to a value's first character stand between the members, those up to its last one in it.
      if (at < lowerBound(starts, value.start + 1)) return true;
      at = Math.max(at, lowerBound(starts, value.end));
    }
    return at < end;
  }

  /** Whether a stretch of the document has broken JSON in it. */
  touches(span: Span): boolean {
    return this.spans.overlaps(span);
  }
}

/** What is broken in a text, and all of it where problems are no longer listed. */
function brokenIn({ text, parsed }: { readonly text: string; readonly parsed: ParsedJson }): Span[] {
  const spans: Span[] = parsed.problems.filter((problem) => !isLoose(problem));
  return parsed.listedTo < text.length ? [...spans, { start: parsed.listedTo, end: text.length }] : spans;
}
