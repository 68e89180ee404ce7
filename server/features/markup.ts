import { type MarkupContent, MarkupKind } from 'vscode-languageserver';

/** Markdown for clients that show it, else what it says in plain text. */
export function markup(markdown: string, showsMarkdown: boolean): MarkupContent {
  return showsMarkdown
    ? { kind: MarkupKind.Markdown, value: markdown }
    : { kind: MarkupKind.PlainText, value: plainText(markdown) };
}

/** What our Markdown says without its marks. Code keeps its characters. */
export function plainText(markdown: string): string {
  return markdown
    .split(/^```.*\n([\s\S]*?)^```$/m)
    .map((text, index) => (index % 2 === 0 ? withoutMarks(text) : text))
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const withoutMarks = (text: string): string =>
  text
    .replace(/^\|[ |:-]*\|\n/gm, '')
    .replace(/^#+ /gm, '')
    .replace(/^(---)$/gm, '')
    .replace(
      /(`+)(.*?)\1|\[([^\]\n]*)\]\((\S+?)\)|(\*\*)|\\([*_`[\]|<>#\\])/g,
      (_, _ticks, code, label, target, bold, escaped) => {
        if (code !== undefined) return code.trim();
        if (label !== undefined) return `${label.replace(/`/g, '')} (${target})`;
        return bold ? '' : escaped;
      },
    );
