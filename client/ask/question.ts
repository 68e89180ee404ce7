/** One step of a picker: a list to choose from, in which typing may make a new choice. */
export interface Question<T> {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly totalSteps: number;
  readonly placeholder: string;
  readonly canGoBack: boolean;
  /** What to show for what has been typed so far; the picker itself filters by it. */
  choices(typed: string): readonly Choice<T>[];
}

export type Choice<T> =
  | { readonly kind: 'separator'; readonly label: string }
  /** Says why what was typed cannot be used; choosing it does nothing. */
  | { readonly kind: 'problem'; readonly label: string }
  /** Puts a text into the input, to be completed. */
  | { readonly kind: 'fill'; readonly label: string; readonly description: string; readonly text: string }
  | Pick<T>;

export interface Pick<T> {
  readonly kind: 'pick';
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly value: T;
  /** Stands for what was typed, so it is shown whatever the filter says. */
  readonly fromTyping?: boolean;
}

export type Answer<T> =
  | { readonly kind: 'picked'; readonly value: T }
  | { readonly kind: 'back' }
  | { readonly kind: 'cancelled' };

/** Puts a question to a person. */
export type Ask = <T>(question: Question<T>) => Promise<Answer<T>>;

/** What a typed text means, or why it cannot be used. */
export type Reading = { readonly value: string; readonly meaning: string } | { readonly problem: string };

/**
 * Adds what was typed to the choices: `Use “…”` where it can be read, the problem where it cannot and no choice
 * matches it either. Nothing is added while a text still filters the list down to something readable.
 */
export function withTyped<T>(
  choices: readonly Choice<T>[],
  typed: string,
  read: (text: string) => Reading,
  toValue: (value: string) => T,
): readonly Choice<T>[] {
  const text = typed.trim();
  if (text === '') return choices;
  const reading = read(text);
  if ('problem' in reading) {
    return choices.some((choice) => mentions(choice, text)) ? choices : [...choices, problem(reading.problem)];
  }
  if (choices.some((choice) => choice.kind === 'pick' && choice.label === reading.value)) return choices;
  const used: Pick<T> = {
    kind: 'pick',
    label: `Use “${text}”`,
    description: reading.meaning,
    value: toValue(reading.value),
    fromTyping: true,
  };
  return [used, ...choices];
}

/** Options under headings: those of the statement that was asked about come first. */
export function inGroups<O extends { readonly inStatement: boolean }, T>(
  options: readonly O[],
  toChoice: (option: O) => Choice<T>,
): readonly Choice<T>[] {
  const inside = options.filter((option) => option.inStatement).map(toChoice);
  const outside = options.filter((option) => !option.inStatement).map(toChoice);
  if (inside.length === 0) return outside.length === 0 ? [] : [separator('In this document'), ...outside];
  if (outside.length === 0) return [separator('In this statement'), ...inside];
  return [separator('In this statement'), ...inside, separator('Elsewhere in this document'), ...outside];
}

export function separator(label: string): { readonly kind: 'separator'; readonly label: string } {
  return { kind: 'separator', label };
}

function problem(label: string): { readonly kind: 'problem'; readonly label: string } {
  return { kind: 'problem', label };
}

function mentions<T>(choice: Choice<T>, text: string): boolean {
  if (choice.kind !== 'pick' && choice.kind !== 'fill') return false;
  const words = `${choice.label}\n${choice.description ?? ''}`.toLowerCase();
  return words.includes(text.toLowerCase());
}
