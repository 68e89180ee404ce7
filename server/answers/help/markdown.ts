/** Text of users as Markdown: what they wrote is shown as they wrote it and never formats anything. */

/** Longer texts are cut: a hover is no place to read a document. */
const LONGEST = 160;

/** A text as code, whatever is in it. */
export function code(text: string): string {
  const line = shorten(text.replace(/\s/g, ' '));
  if (line === '') return 'the empty text';
  if (!line.includes('`') && line.trim() === line) return `\`${line}\``;
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${line} ${fence}`;
}

/** A text as plain words of a sentence. */
export function words(text: string): string {
  return shorten(text.replace(/\s/g, ' ')).replace(/[\\`*_~<>[\]|#&]/g, '\\$&');
}

/** A sentence with code in backticks, such as a finding's message. */
export function sentence(text: string): string {
  return text
    .split('`')
    .map((part, index, parts) => (index % 2 === 0 || index === parts.length - 1 ? words(part) : code(part)))
    .join('');
}

/** `a`, `a and b`, `a, b and c`; what is beyond `most` is counted, as so many of the noun. */
export function series(
  parts: readonly string[],
  conjunction: 'and' | 'or' = 'and',
  most = 4,
  noun: string | undefined = undefined,
): string {
  const more = `${parts.length - most + 1} more${noun ? ` ${noun}` : ''}`;
  const shown = parts.length <= most ? parts : [...parts.slice(0, most - 1), more];
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}

/** One action, `2 actions`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Two columns. Labels do not break, since a long second column would squeeze them. */
export function table(rows: readonly (readonly [label: string, value: string])[]): string {
  const line = (label: string, value: string): string =>
    `| ${cell(label.replaceAll(' ', '\u00a0'))} | ${cell(value)} |`;
  return ['| | |', '|:---|:---|', ...rows.map(([label, value]) => line(label, value))].join('\n');
}

export const link = ({ title, url }: { readonly title: string; readonly url: string }): string => `[${title}](${url})`;

/** The first sentence of a paragraph; a stop inside code or a number ends none. */
export function firstSentence(text: string): string {
  const paragraph = text.split(/\n\s*\n/, 1)[0] ?? '';
  for (const { index } of paragraph.matchAll(/[.!?](?=\s)/g)) {
    const sentence = paragraph.slice(0, index + 1);
    const isInCode = ((sentence.match(/`/g)?.length ?? 0) & 1) === 1;
    if (!isInCode && !/\b(e\.g|i\.e|vs|etc)\.$/.test(sentence)) return closed(sentence);
  }
  return paragraph;
}

/** Bold text that goes on past the sentence ends with it. */
function closed(sentence: string): string {
  return ((sentence.match(/\*\*/g)?.length ?? 0) & 1) === 1 ? `${sentence}**` : sentence;
}

const cell = (text: string): string => text.replace(/\r?\n/g, ' ').replaceAll('|', '\\|');

const shorten = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`);
