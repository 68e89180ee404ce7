import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import { countingMembers, type JsonNode, type JsonObject, valueOf } from '../../simulator/json/node.ts';
import { scenarioShape } from '../../simulator/scenario/format/scenario.ts';
import type { ScenarioOutline } from '../../simulator/scenario/outline.ts';
import type { NameKind, Shape } from '../../simulator/scenario/shape.ts';
import type { SourceDocument } from '../documents/source.ts';
import { placed } from './placed.ts';

/** The members of a scenario in the order of the text; below them what has a name, and the steps by their titles. */
export function symbolsOfScenario(source: SourceDocument, outline: ScenarioOutline): DocumentSymbol[] {
  const { root } = outline;
  if (root.type !== 'object') return [];
  return countingMembers(root).map(({ key, value }) => {
    const shape = Object.hasOwn(scenarioShape.members, key.value) ? scenarioShape.members[key.value]?.shape : undefined;
    return {
      name: nameOf(key.value),
      detail: value?.type === 'string' ? value.value : '',
      kind: KINDS[value?.type ?? 'null'],
      ...placed(source, [key.value]),
      children: childrenOf(source, outline, key.value, value, shape),
    };
  });
}

function childrenOf(
  source: SourceDocument,
  { steps }: ScenarioOutline,
  name: string,
  value: JsonNode | undefined,
  shape: Shape | undefined,
): DocumentSymbol[] {
  if (shape?.type === 'list' && value?.type === 'array')
    return steps.map(({ title, kind, path }) => ({
      name: nameOf(title),
      detail: kind ?? '',
      kind: SymbolKind.Method,
      ...placed(source, path),
    }));
  if (shape?.type !== 'map' || !shape.defines || value?.type !== 'object') return [];
  const { defines, of } = shape;
  return countingMembers(value).map((member) => ({
    name: nameOf(member.key.value),
    detail: member.value?.type === 'object' ? detailOf(member.value, of) : '',
    kind: KINDS_OF_NAMES[defines],
    ...placed(source, [name, member.key.value]),
  }));
}

/** The first text that a thing must have, else the first that it may have: a principal's ARN, a key's policy. */
function detailOf(object: JsonObject, shape: Shape): string {
  if (shape.type !== 'object') return '';
  const members = Object.entries(shape.members).sort(
    ([, a], [, b]) => Number(b.required === true) - Number(a.required === true),
  );
  for (const [name] of members) {
    const value = valueOf(object, name);
    if (value?.type === 'string') return value.value;
  }
  return '';
}

/** Editors refuse symbols without a name. */
const nameOf = (name: string): string => (name.trim() === '' ? '(no name)' : name);

const KINDS: Readonly<Record<JsonNode['type'], SymbolKind>> = {
  object: SymbolKind.Object,
  array: SymbolKind.Array,
  string: SymbolKind.String,
  number: SymbolKind.Number,
  boolean: SymbolKind.Boolean,
  null: SymbolKind.Null,
};

const KINDS_OF_NAMES: Readonly<Record<NameKind, SymbolKind>> = {
  principal: SymbolKind.Class,
  key: SymbolKind.Key,
  'key-store': SymbolKind.Package,
  grant: SymbolKind.Interface,
  'vpc-endpoint': SymbolKind.Module,
  saved: SymbolKind.Variable,
};
