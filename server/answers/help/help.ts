import type { Source } from '../../../simulator/facts/types.ts';
import type { Span } from '../../documents/source.ts';
import type { Subject } from '../../knowledge/topic.ts';

/** What there is to say about one thing, in Markdown: a hover shows it, and `kms-lens explain` prints it. */
export interface Help {
  /** What kind of thing it is: `action`, `condition key`, … */
  readonly about: string;
  /** Its name, with user text in backticks. */
  readonly title: string;
  /** Paragraphs and lists. */
  readonly text: readonly string[];
  /** Short labels and what belongs to them. */
  readonly rows: readonly HelpRow[];
  readonly links: readonly Source[];
  /** What to look topics up by, the closest first. */
  readonly subjects: readonly Subject[];
}

export interface HelpAt {
  readonly help: Help;
  /** The characters of the document that it is about. */
  readonly span: Span;
}

export type HelpRow = readonly [label: string, value: string];

/** A help with nothing where nothing is given. */
export function help(
  given: Omit<Partial<Help>, 'text'> &
    Pick<Help, 'about' | 'title'> & { readonly text: readonly (string | undefined)[] },
): Help {
  const { rows = [], links = [], subjects = [] } = given;
  const text = given.text.flatMap((paragraph) => (paragraph ? [paragraph] : []));
  return { ...given, text, rows, links, subjects };
}
