import { made } from '../shared/page.browser.ts';

/** A name with its colon, a text, or a word. */
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\b\d+(?:\.\d+)?\b/g;

/** A value as JSON, in the colours of the editor's own values. */
export function colouredJson(value: object): Node[] {
  const text = JSON.stringify(value, null, 2);
  const nodes: Node[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [all, string, colon] = match;
    const token = string ?? all;
    nodes.push(document.createTextNode(text.slice(end, match.index)));
    nodes.push(
      made('span', token, string === undefined ? 'json-word' : colon === undefined ? 'json-text' : 'json-name'),
    );
    end = match.index + token.length;
  }
  nodes.push(document.createTextNode(text.slice(end)));
  return nodes;
}
