import type { Range } from '../protocol.ts';

/** A link in a report, from characters of its text to a place in a document. */
export interface ReportLink {
  readonly range: Range;
  readonly target: string;
}

export interface Report {
  readonly text: string;
  readonly links: readonly ReportLink[];
}

/** A piece of a line: plain words, or words that lead to a place in a document. */
export type Piece = string | { readonly text: string; readonly target: string | undefined };

/** Writes a report line by line and remembers where its links stand. */
export class ReportWriter {
  private readonly lines: string[] = [];
  private readonly links: ReportLink[] = [];

  line(...pieces: readonly Piece[]): this {
    let text = '';
    for (const piece of pieces) {
      const words = typeof piece === 'string' ? piece : piece.text;
      if (typeof piece !== 'string' && piece.target) {
        const line = this.lines.length;
        const start = { line, character: text.length };
        this.links.push({
          range: { start, end: { line, character: text.length + words.length } },
          target: piece.target,
        });
      }
      text += words;
    }
    this.lines.push(text.trimEnd());
    return this;
  }

  title(text: string): this {
    return this.line(text).line('═'.repeat(text.length)).line();
  }

  heading(text: string): this {
    if (this.lines.at(-1) !== '') this.line();
    return this.line(text).line('─'.repeat(text.length));
  }

  /** Names and values in two columns. */
  table(rows: readonly (readonly [name: string, ...value: Piece[]])[]): this {
    const width = Math.max(0, ...rows.map(([name]) => name.length));
    for (const [name, ...value] of rows) this.line(`  ${name.padEnd(width)}  `, ...value);
    return this;
  }

  /** Another report as a part of this one. */
  append({ text, links }: Report): this {
    const first = this.lines.length;
    this.lines.push(...text.trimEnd().split('\n'));
    for (const { range, target } of links) {
      const start = { ...range.start, line: range.start.line + first };
      const end = { ...range.end, line: range.end.line + first };
      this.links.push({ range: { start, end }, target });
    }
    return this;
  }

  report(): Report {
    return { text: `${this.lines.join('\n').trimEnd()}\n`, links: this.links };
  }
}

/** Breaks a text between words into lines of at most `width` characters; a longer word has a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line];
}
