import { lastBefore } from '../../documents/in-order.ts';
import type { SourceDocument } from '../../documents/source.ts';
import { readComment, type SpannedText, type SuppressionComment } from './comment.ts';

/** The comments of a document that suppress findings, by rule and line; none where comments are not allowed. */
export class SuppressionComments {
  readonly all: readonly SuppressionComment[];
  private readonly byRule = new Map<string, Covering>();

  constructor(document: SourceDocument) {
    this.all = document.allowsComments ? read(document) : [];
    const targets = new TargetLines(document);
    for (const comment of this.all) {
      for (const name of comment.names) this.cover(comment, name, targets);
    }
  }

  /** What covers the findings of a rule that begin on a line: of several the one that says it for the line. */
  covering(rule: string, line: number): Covered | undefined {
    const covering = this.byRule.get(rule);
    return covering && (covering.lines.get(line) ?? covering.file);
  }

  /** Of several comments that say the same the first one counts. */
  private cover(comment: SuppressionComment, name: SpannedText, targets: TargetLines): void {
    const covering = this.byRule.get(name.text) ?? { file: undefined, lines: new Map<number, Covered>() };
    this.byRule.set(name.text, covering);
    const covered = { comment, name };
    if (comment.reach === 'file') covering.file ??= covered;
    for (const line of targets.of(comment)) if (!covering.lines.has(line)) covering.lines.set(line, covered);
  }
}

/** A name in a comment that suppresses findings of that rule. */
export interface Covered {
  readonly comment: SuppressionComment;
  readonly name: SpannedText;
}

interface Covering {
  file: Covered | undefined;
  readonly lines: Map<number, Covered>;
}

function read({ text, parsed }: SourceDocument): SuppressionComment[] {
  if (!text.includes('kms-lens-')) return [];
  return parsed.comments.flatMap((span) => readComment(text, span) ?? []);
}

/** Finds the lines that comments speak of. Each stretch of the text is looked at once, however many comments there are. */
class TargetLines {
  private readonly document: SourceDocument;
  /** By comment: the first character behind it that is neither space nor comment. */
  private landings: Int32Array | undefined;
  /** By the line that a comment ends on. */
  private readonly nextLines = new Map<number, number | undefined>();

  constructor(document: SourceDocument) {
    this.document = document;
  }

  of({ reach, span }: SuppressionComment): readonly number[] {
    const { start, end } = this.document.rangeOfSpan(span);
    if (reach === 'line') return start.line === end.line ? [start.line] : [start.line, end.line];
    if (reach !== 'next-line') return [];
    if (!this.nextLines.has(end.line)) this.nextLines.set(end.line, this.after(end.line));
    const line = this.nextLines.get(end.line);
    return line === undefined ? [] : [line];
  }

  private after(line: number): number | undefined {
    const { document } = this;
    const { text } = document;
    const begin = document.offsetAt({ line: line + 1, character: 0 });
    const at = this.pastComment(begin) ?? this.pastComment(pastSpace(text, begin)) ?? pastSpace(text, begin);
    return at < text.length ? document.rangeOfSpan({ start: at, end: at }).start.line : undefined;
  }

  /** Where the comments that an offset lies in come to an end. */
  private pastComment(offset: number): number | undefined {
    const { comments } = this.document.parsed;
    const index = lastBefore(comments, offset);
    const comment = comments[index];
    return comment && offset < comment.end ? this.landing(index) : undefined;
  }

  private landing(index: number): number | undefined {
    this.landings ??= landingsOf(this.document);
    return this.landings[index];
  }
}

function landingsOf({ text, parsed: { comments } }: SourceDocument): Int32Array {
  const landings = new Int32Array(comments.length);
  for (let index = comments.length - 1; 0 <= index; index--) {
    const behind = pastSpace(text, comments[index]?.end ?? 0);
    const follows = comments[index + 1]?.start === behind;
    landings[index] = follows ? (landings[index + 1] ?? behind) : behind;
  }
  return landings;
}

function pastSpace(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at++;
  return at;
}
