export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Writes an XML document, an element a line. */
export class XmlWriter {
  private readonly lines = ['<?xml version="1.0" encoding="UTF-8"?>'];
  private readonly open: string[] = [];

  /** An element with others in it. */
  element(name: string, attributes: Attributes, write: () => void): void {
    this.line(`<${name}${written(attributes)}>`);
    this.open.push(name);
    write();
    this.open.pop();
    this.line(`</${name}>`);
  }

  /** An element that holds text at most. */
  leaf(name: string, attributes: Attributes, text = ''): void {
    const start = `<${name}${written(attributes)}`;
    this.line(text === '' ? `${start}/>` : `${start}>${escaped(text)}</${name}>`);
  }

  get text(): string {
    return `${this.lines.join('\n')}\n`;
  }

  private line(text: string): void {
    this.lines.push('  '.repeat(this.open.length) + text);
  }
}

function written(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${attribute(String(value))}"`))
    .join('');
}

const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => visible(text).replace(/[&<>"]/g, (character) => NAMES[character] ?? '');

/** Parsers make blanks of line ends and tabs in attributes, unless they are written so. */
const attribute = (text: string): string =>
  escaped(text).replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);

/** XML has no way to write most control characters, lone surrogates and two others: they are shown as `\u0007`. */
function visible(text: string): string {
  return text.replace(
    /[^\t\n\r\u{20}-\u{7e}\u{85}\u{a0}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** `policies.orders`: readers of JUnit XML take the part after the last stop for the class, what is before for its package. */
export const junitClass = (file: string): string =>
  file.replace(/(\.kms-scenario)?\.jsonc?$/i, '').replaceAll('/', '.');
