import type { JsonArray, JsonNode, JsonObject } from '../../simulator/json/node.ts';
import { valueOf } from '../../simulator/json/node.ts';
import type { Path } from '../../simulator/json/place.ts';
import { resolvePath } from '../../simulator/json/place.ts';
import { withElement, withValue } from '../documents/append.ts';
import { commaIn } from '../documents/commas.ts';
import type { SourceDocument, Span } from '../documents/source.ts';
import { type ConfigEdits, configDocument, editConfig } from './edit.ts';
import { folderOf, relativePath } from './uris.ts';

/**
 * Writes down which policies a principal has.
 *
 * @param policies URIs of the policies
 */
export function rememberPolicies(
  uri: string,
  text: string,
  principal: string,
  policies: readonly string[],
): ConfigEdits {
  const folder = folderOf(uri) ?? '';
  const wanted = policies.map((policy) => relativePath(folder, policy));
  const path = ['principals', principal, 'policies'];
  return editConfig(
    uri,
    text,
    (root) => whyUneditable(root, principal),
    (whole) => {
      const listed = listAt(configDocument(uri, whole), path);
      if (!listed) return withValue(configDocument(uri, whole), path, wanted);
      let current = whole;
      // One after the other, so that each starts from a text that is whole.
      for (const gone of namesIn(listed).filter((name) => !wanted.includes(name)))
        current = withoutElement(configDocument(uri, current), path, gone);
      for (const added of wanted.filter((name) => !namesIn(listed).includes(name))) {
        const document = configDocument(uri, current);
        const list = listAt(document, path);
        if (list) current = withElement(document, list, added);
      }
      return current;
    },
  );
}

function whyUneditable(root: JsonObject, principal: string): string | undefined {
  const principals = valueOf(root, 'principals');
  if (principals && principals.type !== 'object') return '`principals` is no object';
  const entry = principals && valueOf(principals, principal);
  if (entry && entry.type !== 'object') return `the entry of \`${principal}\` is no object`;
  const policies = entry && valueOf(entry, 'policies');
  const isList = policies?.type === 'array' && policies.elements.every(({ type }) => type === 'string');
  return policies && !isList ? `the \`policies\` of \`${principal}\` are no list of paths` : undefined;
}

function listAt({ parsed: { root } }: SourceDocument, path: Path): JsonArray | undefined {
  const node = root && resolvePath(root, path)?.node;
  return node?.type === 'array' ? node : undefined;
}

const namesIn = ({ elements }: JsonArray): string[] => elements.flatMap((each) => textOf(each) ?? []);

const textOf = (node: JsonNode): string | undefined => (node.type === 'string' ? node.value : undefined);

/** Takes a path out of the list with its comma and, where it stood alone, its line. Comments beside it stay. */
function withoutElement(document: SourceDocument, path: Path, name: string): string {
  const { text } = document;
  const list = listAt(document, path);
  const elements = list?.elements ?? [];
  const index = elements.findIndex((each) => textOf(each) === name);
  const element = elements[index];
  if (!list || !element) return text;
  const comma = commaBeside(text, element, elements[index - 1], elements[index + 1] ?? { start: list.end });
  const spans = [element, ...(comma === undefined ? [] : [{ start: comma, end: comma + 1 }])];
  const isWholeLine = /\n[ \t]*$/.test(text.slice(0, element.start)) && /^,?[ \t]*\r?\n/.test(text.slice(element.end));
  if (isWholeLine) {
    const start = text.lastIndexOf('\n', element.start) + 1;
    const line = { start, end: text.indexOf('\n', element.end) + 1 };
    return removed(text, [line, ...spans.filter((span) => span.end <= line.start || line.end <= span.start)]);
  }
  return removed(text, spans);
}

/** The comma after an element, which may be a trailing one, else the one before it; those in comments do not count. */
function commaBeside(
  text: string,
  element: Span,
  previous: Span | undefined,
  next: Pick<Span, 'start'>,
): number | undefined {
  const after = commaIn(text, element.end, next.start);
  const before = previous && commaIn(text, previous.end, element.start);
  return after ?? before;
}

function removed(text: string, spans: readonly Span[]): string {
  return [...spans]
    .sort((a, b) => b.start - a.start)
    .reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
}
