import { escapeForString } from '../../../simulator/json/strings.ts';
import { hole } from '../../rules/holes.ts';

/**
 * Text with places to fill in, in the syntax of the Language Server Protocol: `$1`, `${1:default}`, `${1|one,other|}`, `$0` at the end.
 * Line breaks are `\n` and one step of indentation is a tab.
 */
export type Snippet = string;

/** Text that stands for itself. */
export function literal(text: string): Snippet {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** The characters of a JSON string that says `text`, without its quotes. */
export function jsonText(text: string): Snippet {
  return literal(escapeForString(text));
}

const STOPS =
  /\\([\\$}])|\$\{(\d+):((?:\\.|[^}\\])*)\}|\$\{(\d+)\|((?:\\.|[^,|\\])*)(?:\\.|[^|\\])*\|\}|\$(?:(\d+)|\{(\d+)\})/g;

/** Nearly all snippets of a list of names are just that name, and a list has hundreds. */
const isPlain = (snippet: Snippet): boolean => !snippet.includes('$') && !snippet.includes('\\');

/** What stands there when nobody fills anything in: the default or the first choice, wherever its number is. */
export function resolved(snippet: Snippet): string {
  return filled(snippet, (preset) => preset);
}

/** The same with each place marked as one that is left to fill in. */
export function withHoles(snippet: Snippet): string {
  return filled(snippet, (preset) => (preset === '' ? '' : hole(preset)));
}

function filled(snippet: Snippet, write: (preset: string) => string): string {
  if (isPlain(snippet)) return snippet;
  const presets = new Map<string, string>();
  for (const [, , number, preset, ofChoice, first] of snippet.matchAll(STOPS)) {
    const name = number ?? ofChoice;
    if (name !== undefined) presets.set(name, (preset ?? first ?? '').replace(/\\(.)/g, '$1'));
  }
  return snippet.replace(STOPS, (_, escaped?: string, ...parts: (string | undefined)[]) => {
    const [number, , ofChoice, , bare, braced] = parts;
    return escaped ?? write(presets.get(number ?? ofChoice ?? bare ?? braced ?? '') ?? '');
  });
}

/** Whether there is anything to fill in. */
export function hasStops(snippet: Snippet): boolean {
  if (isPlain(snippet)) return false;
  for (const match of snippet.matchAll(STOPS)) if (match[1] === undefined) return true;
  return false;
}

/** The text with its own steps of indentation instead of tabs. */
export function indented(snippet: Snippet, unit: string): Snippet {
  return unit === '\t' ? snippet : snippet.replaceAll('\t', unit);
}
