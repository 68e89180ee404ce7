import type { Span } from '../../documents/source.ts';

/** What a comment covers: the findings of the whole file, of its own line, or of the next line that is more than comments. */
export const directives = {
  'kms-lens-disable': 'file',
  'kms-lens-disable-line': 'line',
  'kms-lens-disable-next-line': 'next-line',
} as const;

export type Reach = (typeof directives)[keyof typeof directives];

/** A comment that is meant to suppress findings: `// kms-lens-disable-next-line rule-id, rule-id -- reason`. */
export interface SuppressionComment {
  /** The whole comment. */
  readonly span: Span;
  /** Its first word. */
  readonly directive: SpannedText;
  /** Undefined for a first word that is no directive. */
  readonly reach: Reach | undefined;
  readonly names: readonly SpannedText[];
  /** Words that follow a name without a comma, once for each name. */
  readonly stray: readonly SpannedText[];
  /** Why, as the comment says. */
  readonly reason?: string;
}

export interface SpannedText {
  readonly text: string;
  readonly span: Span;
}

const FIRST_WORD = /^[\s*]*(kms-lens-(?:disable|enable|ignore)[\w-]*)/;

/** Undefined for a comment that is about something else. */
export function readComment(text: string, span: Span): SuppressionComment | undefined {
  const end = text.startsWith('/*', span.start) && text.endsWith('*/', span.end) ? span.end - 2 : span.end;
  const body = text.slice(span.start + 2, end);
  const [before, word] = FIRST_WORD.exec(body) ?? [];
  if (before === undefined || word === undefined) return undefined;
  const at = (from: number, length: number): Span => ({
    start: span.start + 2 + from,
    end: span.start + 2 + from + length,
  });
  const rest = body.slice(before.length);
  const dashes = /(?:^|\s)--(?:\s|$)/.exec(rest);
  const list = dashes ? rest.slice(0, dashes.index) : rest;
  const reason = dashes ? rest.slice(dashes.index + dashes[0].length).trim() : '';
  const names: SpannedText[] = [];
  const stray: SpannedText[] = [];
  let offset = before.length;
  for (const entry of list.split(',')) {
    const [, space = '', name = '', gap = '', more = ''] = /^(\s*)(\S*)(\s*)(.*)$/s.exec(entry.trimEnd()) ?? [];
    const start = offset + space.length;
    if (name) names.push({ text: name, span: at(start, name.length) });
    if (more) stray.push({ text: more, span: at(start + name.length + gap.length, more.length) });
    offset += entry.length + 1;
  }
  return {
    span,
    directive: { text: word, span: at(before.length - word.length, word.length) },
    reach: isDirective(word) ? directives[word] : undefined,
    names,
    stray,
    ...(reason ? { reason } : {}),
  };
}

const isDirective = (word: string): word is keyof typeof directives => Object.hasOwn(directives, word);
