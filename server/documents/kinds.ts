import { type JsonNode, type JsonObject, valueOf } from '../../simulator/json/node.ts';

/** What a document is, as the JSON output of the command line names it. */
export type DocumentKind = 'key-policy' | 'iam-policy' | 'scp' | 'rcp' | 'vpce-policy' | 'grant' | 'scenario';

export const documentKinds = [
  'key-policy',
  'iam-policy',
  'scp',
  'rcp',
  'vpce-policy',
  'grant',
  'scenario',
] as const satisfies readonly DocumentKind[];

export const policyKinds = ['key-policy', 'iam-policy', 'scp', 'rcp', 'vpce-policy'] as const satisfies DocumentKind[];

export interface KindAnswer {
  /** null where the content leaves several kinds possible, or is none of ours. */
  readonly kind: DocumentKind | null;
  /** The kinds it may be: one where it is known, none where the text is not ours. */
  readonly candidates: readonly DocumentKind[];
  /**
   * The document is known to be all of a policy and not a fragment: its name, its language or `.kms-lens.json` says
   * so. Rules about what a policy lacks as a whole are errors only then.
   */
  readonly whole: boolean;
}

export const languageIds: Readonly<Record<string, DocumentKind>> = {
  'kms-key-policy': 'key-policy',
  'kms-iam-policy': 'iam-policy',
  'kms-scp': 'scp',
  'kms-rcp': 'rcp',
  'kms-vpce-policy': 'vpce-policy',
  'kms-grant': 'grant',
  'kms-scenario': 'scenario',
};

/** The language of documents of a kind, which outweighs what their name and content say. */
export function languageIdOf(kind: DocumentKind): string {
  return Object.keys(languageIds).find((id) => languageIds[id] === kind) ?? 'json';
}

const NAMES: readonly (readonly [RegExp, DocumentKind])[] = [
  [/(^|\.)(key-policy|kms-policy)\.json$/i, 'key-policy'],
  [/\.iam-policy\.json$/i, 'iam-policy'],
  [/\.scp\.json$/i, 'scp'],
  [/\.rcp\.json$/i, 'rcp'],
  [/\.vpce-policy\.json$/i, 'vpce-policy'],
  [/\.kms-grants?\.json$/i, 'grant'],
  [/\.kms-scenario\.json$/i, 'scenario'],
];

/** The kind that a file's name says, the folder left out; undefined where it says nothing. */
export function kindOfName(fileName: string): DocumentKind | undefined {
  const base = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  return NAMES.find(([pattern]) => pattern.test(base))?.[1];
}

/** The kind by the sources that know best first: the editor's language, the name, then the content. */
export function kindOf(given: {
  readonly languageId?: string;
  readonly uri: string;
  readonly configured?: DocumentKind;
  readonly root: JsonNode | undefined;
}): KindAnswer {
  const stated = languageIds[given.languageId ?? ''] ?? kindOfName(given.uri) ?? given.configured;
  if (stated) return { kind: stated, candidates: [stated], whole: true };
  return kindOfContent(given.root);
}

/**
 * The kinds that a policy may be by its content alone. A text without a statement, or without any kms action, is none
 * of ours: policies of other services are never judged.
 */
export function kindOfContent(root: JsonNode | undefined): KindAnswer {
  const none: KindAnswer = { kind: null, candidates: [], whole: false };
  if (root?.type !== 'object') return none;
  const statements = statementsOf(root);
  if (!statements.some(namesKmsAction)) return none;
  if (!statements.some(hasPrincipal)) return { kind: null, candidates: ['iam-policy', 'scp'], whole: false };
  if (statements.every(namesOnlyKmsActions) && statements.some(namesSomebody))
    return { kind: 'key-policy', candidates: ['key-policy'], whole: false };
  return { kind: null, candidates: ['key-policy', 'rcp', 'vpce-policy'], whole: false };
}

function statementsOf(root: JsonObject): JsonObject[] {
  const element = valueOf(root, 'Statement');
  const nodes = element?.type === 'array' ? element.elements : element ? [element] : [];
  return nodes.filter((node) => node.type === 'object');
}

const hasPrincipal = (statement: JsonObject): boolean =>
  statement.members.some(({ key }) => key.value === 'Principal' || key.value === 'NotPrincipal');

const namesKmsAction = (statement: JsonObject): boolean =>
  ['Action', 'NotAction'].some((name) => stringsOf(valueOf(statement, name)).some((action) => /^kms:/i.test(action)));

const namesOnlyKmsActions = (statement: JsonObject): boolean =>
  [...stringsOf(valueOf(statement, 'Action')), ...stringsOf(valueOf(statement, 'NotAction'))].every((action) =>
    /^kms:/i.test(action),
  );

/**
 * Resource control policies name everyone as their principal, endpoint policies mostly do and speak of many services.
 * A policy about kms alone that names somebody in particular is at home on a key.
 */
function namesSomebody(statement: JsonObject): boolean {
  const principal = valueOf(statement, 'Principal') ?? valueOf(statement, 'NotPrincipal');
  return principal?.type === 'object' && !stringsOf(valueOf(principal, 'AWS')).includes('*');
}

function stringsOf(node: JsonNode | undefined): string[] {
  if (node?.type === 'string') return [node.value];
  if (node?.type !== 'array') return [];
  return node.elements.flatMap((element) => (element.type === 'string' ? [element.value] : []));
}
