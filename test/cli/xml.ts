/** A strict reader of the XML that reports are written in: whatever is not well-formed is an error. */

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const NAME = '[A-Za-z_][\\w.-]*';
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** XML 1.0, production 2. */
const ALLOWED = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;

export function parseXml(document: string): XmlElement {
  if (!ALLOWED.test(document)) throw new Error('a character that XML does not allow');
  let rest = document;
  const take = (pattern: string): RegExpExecArray | undefined => {
    const found = new RegExp(`^(?:${pattern})`).exec(rest);
    if (found) rest = rest.slice(found[0].length);
    return found ?? undefined;
  };
  const must = (pattern: string): RegExpExecArray => {
    const found = take(pattern);
    if (!found) throw new Error(`expected ${pattern} at ${JSON.stringify(rest.slice(0, 60))}`);
    return found;
  };
  const element = (): XmlElement => {
    const [, name = ''] = must(`<(${NAME})`);
    const attributes: Record<string, string> = {};
    for (let found = take(`\\s+(${NAME})="([^<"]*)"`); found; found = take(`\\s+(${NAME})="([^<"]*)"`)) {
      const [, key = '', value = ''] = found;
      if (Object.hasOwn(attributes, key)) throw new Error(`${key} is given twice`);
      // Attribute values are normalized: only references keep line ends and tabs.
      attributes[key] = decoded(value.replace(/[\t\n\r]/g, ' '));
    }
    const children: XmlElement[] = [];
    let text = '';
    if (must('\\s*(/?>)')[1] === '>') {
      while (!rest.startsWith('</')) {
        if (rest.startsWith('<')) children.push(element());
        else text += decoded(must('[^<]+')[0]);
      }
      must(`</${name}\\s*>`);
    }
    return { name, attributes, children, text };
  };
  must('<\\?xml version="1\\.0" encoding="UTF-8"\\?>\\s*');
  const root = element();
  must('\\s*$');
  return root;
}

function decoded(text: string): string {
  if (/&(?!(amp|lt|gt|quot|apos|#\d+);)/.test(text) || text.includes(']]>')) throw new Error(`not escaped: ${text}`);
  return text.replace(/&(#(\d+)|\w+);/g, (_, name: string, code: string | undefined) =>
    code === undefined ? (ENTITIES[name] ?? '') : String.fromCodePoint(Number(code)),
  );
}
