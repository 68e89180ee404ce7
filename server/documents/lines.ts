import type { Position } from '../protocol.ts';

const LF = 0x0a;
const CR = 0x0d;

/**
 * The lines of a text as the protocol counts them. They are found as far as somebody asks: after a keystroke mostly few
 * findings are to be placed, and to find all lines takes as long as to check a policy.
 */
export class Lines {
  private readonly text: string;
  private readonly starts = [0];
  private isDone = false;
  /** The next return, so that a text without any is searched for it once. */
  private nextReturn: number;

  constructor(text: string) {
    this.text = text;
    this.nextReturn = text.indexOf('\r');
  }

  positionAt(given: number): Position {
    const offset = Math.max(0, Math.min(given, this.text.length));
    while (!this.isDone && this.lastStart <= offset) this.find();
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.startOf(middle) <= offset) low = middle + 1;
      else high = middle;
    }
    const line = low - 1;
    return { line, character: this.beforeBreak(offset, this.startOf(line)) - this.startOf(line) };
  }

  offsetAt({ line, character }: Position): number {
    if (line < 0) return 0;
    while (!this.isDone && this.starts.length <= line + 1) this.find();
    if (this.starts.length <= line) return this.text.length;
    const start = this.startOf(line);
    const next = this.starts[line + 1] ?? this.text.length;
    return character <= 0 ? start : this.beforeBreak(Math.min(start + character, next), start);
  }

  private get lastStart(): number {
    return this.startOf(this.starts.length - 1);
  }

  private startOf(line: number): number {
    return this.starts[line] ?? 0;
  }

  /** Adds the line after the last one that is known. */
  private find(): void {
    const { text } = this;
    const from = this.lastStart;
    if (0 <= this.nextReturn && this.nextReturn < from) this.nextReturn = text.indexOf('\r', from);
    const feed = text.indexOf('\n', from);
    const isFeed = 0 <= feed && (this.nextReturn < 0 || feed < this.nextReturn);
    const end = isFeed ? feed : this.nextReturn;
    if (end < 0) this.isDone = true;
    else this.starts.push(!isFeed && feed === end + 1 ? end + 2 : end + 1);
  }

  private beforeBreak(offset: number, start: number): number {
    let at = offset;
    while (start < at && isBreak(this.text.charCodeAt(at - 1))) at--;
    return at;
  }
}

const isBreak = (code: number): boolean => code === LF || code === CR;
