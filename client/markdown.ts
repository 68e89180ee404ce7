/**
 * A sentence as Markdown that only says what it says: code spans in backticks stay, every other character that
 * means something to Markdown is escaped. Sids and ARNs come from documents that anybody may have written.
 */
export function sentenceAsMarkdown(sentence: string): string {
  const parts = sentence.split('`');
  const balanced = parts.length % 2 === 1;
  if (!balanced) return escaped(sentence);
  return parts.map((part, index) => (index % 2 === 0 ? escaped(part) : codeSpan(part))).join('');
}

/** A sentence for quick picks and notifications, which show no code spans: quotation marks in place of backticks. */
export function sentenceAsPlainText(sentence: string): string {
  return sentence.replaceAll(/`([^`]*)`/g, '“$1”');
}

/** A link that runs a command; the argument travels in the link, as VS Code wants it. */
export function commandLink(title: string, command: string, argument: unknown): string {
  const encoded = encodeURIComponent(JSON.stringify([argument]));
  // A bracket in a file's name would end the link.
  return `[${escaped(title)}](command:${command}?${encoded.replaceAll('(', '%28').replaceAll(')', '%29')})`;
}

function codeSpan(text: string): string {
  return text === '' ? '' : `\`${text.replaceAll('\n', ' ')}\``;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!<>~|&$]/g, '\\$&').replaceAll('\n', ' ');
}
