import type { JsonNode, JsonObject } from '../../../simulator/json/node.ts';
import { resolvePath } from '../../../simulator/json/place.ts';
import { kindOfName } from '../../documents/kinds.ts';
import type { SourceDocument } from '../../documents/source.ts';
import type { Context } from './context.ts';
import type { Offer } from './offer.ts';

/**
 * Whether the JSON service of VS Code completes this document too. It proposes the names and values that stand
 * elsewhere in a document, but only where no schema is bound to it, and an editor shows the lists of all servers as one:
 * it neither drops what is there twice nor lets one server take precedence. So the extension binds a schema that says
 * nothing (`schemas/checked-by-kms-lens.json`) to the file names that it owns, which silences the service there. For other
 * documents (plain `json`, or a language set by hand) what the service proposes is left to it.
 */
export function isCompletedByJsonService({ uri, languageId }: SourceDocument): boolean {
  // It does not know the language of scenarios, which allows comments.
  return kindOfName(uri) === undefined && languageId !== 'kms-scenario';
}

/** The offers that the JSON service does not make at the same place. */
export function withoutJsonService(offers: readonly Offer[], context: Context): readonly Offer[] {
  const { cursor } = context;
  if (cursor.path.length === 0) return offers;
  const proposed = cursor.slot === 'name' ? similarNames(context) : similarValues(context);
  return offers.filter(({ label }) => !proposed.has(label));
}

/** The names in objects of the same list, or under members of the same name. */
function similarNames({ cursor }: Context): ReadonlySet<string> {
  const { root, path, container } = cursor;
  const names = new Set<string>();
  const collect = (node: JsonNode | undefined): void => {
    if (node?.type === 'object' && node !== container) for (const { key } of node.members) names.add(key.value);
  };
  const step = path.at(-1);
  if (!root || step === undefined) return names;
  if (typeof step === 'string') visitMembers(root, (name, value) => name === step && collect(value));
  else elementsOf(resolvePath(root, path.slice(0, -1))?.node).forEach(collect);
  return names;
}

/** The values of members of the same name; in a list, those of other lists under that name. */
function similarValues({ cursor, source }: Context): ReadonlySet<string> {
  const { root, path, container, token } = cursor;
  const texts = new Set<string>();
  const collect = (node: JsonNode): void => {
    if (node.type === 'string') texts.add(node.value);
    else if (node.type !== 'object' && node.type !== 'array') texts.add(source.text.slice(node.start, node.end));
  };
  const step = path.at(-1);
  if (!root || step === undefined) return texts;
  const name = typeof step === 'string' ? step : path.at(-2);
  visitMembers(root, (each, value) => {
    if (each !== name || !value) return;
    if (typeof step === 'number') {
      if (value !== container) elementsOf(value).forEach(collect);
    } else if (value.start !== token.start) collect(value);
  });
  return texts;
}

const elementsOf = (node: JsonNode | undefined): readonly JsonNode[] => (node?.type === 'array' ? node.elements : []);

function visitMembers(root: JsonNode, visit: (name: string, value: JsonNode | undefined) => void): void {
  const left: JsonNode[] = [root];
  for (let node = left.pop(); node; node = left.pop()) {
    if (node.type === 'array') left.push(...containers(node.elements));
    if (node.type !== 'object') continue;
    for (const { key, value } of node.members) visit(key.value, value);
    left.push(...containers(valuesOf(node)));
  }
}

const valuesOf = ({ members }: JsonObject): JsonNode[] => members.flatMap(({ value }) => value ?? []);

const containers = (nodes: readonly JsonNode[]): JsonNode[] =>
  nodes.filter(({ type }) => type === 'object' || type === 'array');
