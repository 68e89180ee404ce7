/** A table of what AWS KMS does today, made from the tables that the simulator decides by. */
export interface Comparison {
  readonly id: string;
  readonly title: string;
  /** One sentence of Markdown. */
  readonly summary: string;
  /** Ids of the topics that it belongs to. */
  readonly topics: readonly string[];
  /** The first names what the rows are. */
  readonly columns: readonly string[];
  /** Made when they are asked for. */
  rows(): readonly (readonly Cell[])[];
}

/** A value, or a value with a verdict: what goes, what does not, what goes in part. */
export type Cell = string | MarkedCell;

export interface MarkedCell {
  readonly text: string;
  readonly mark: 'yes' | 'no' | 'partly';
  /** More than the cell has room for. */
  readonly note?: string;
}

export const yes = (text = 'yes', note?: string): MarkedCell => marked('yes', text, note);
export const no = (text = 'no', note?: string): MarkedCell => marked('no', text, note);
export const partly = (text: string, note?: string): MarkedCell => marked('partly', text, note);

export const yesOrNo = (is: boolean): MarkedCell => (is ? yes() : no());

const marked = (mark: MarkedCell['mark'], text: string, note: string | undefined): MarkedCell => ({
  text,
  mark,
  ...(note === undefined ? {} : { note }),
});

/** `10,000`. */
export const grouped = (count: number): string => count.toLocaleString('en-US');
