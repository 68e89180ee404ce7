import { accountOf, parseCaller } from '../access/caller.ts';
import type { KeyDescription } from '../access/request.ts';
import { keyStoreTypes } from '../facts/key-stores.ts';
import type { KeyStoreType } from '../facts/types.ts';
import { type JsonNode, toValue, valueOf } from '../json/node.ts';
import { type Path, type Place, resolvePath } from '../json/place.ts';
import { withoutCredentials } from '../text/credentials.ts';
import { askedProblems } from './asked.ts';
import type { KeyEntry, ScenarioFile, StepKindName } from './file.ts';
import { scenarioShape } from './format/scenario.ts';
import { stepShape } from './format/steps.ts';
import { originOf } from './key-stores.ts';
import { type KeyDefaults, keysOf } from './keys.ts';
import { meaningProblems } from './meaning.ts';
import { Names, type NameUse, tableOf } from './names.ts';
import type { PolicyUse, ScenarioOutline, ScenarioProblem, StepOutline } from './outline.ts';
import { requestProblems } from './requests.ts';
import { titleOf } from './title.ts';
import { type Walk, walk } from './walk.ts';

/** The account of the documentation of AWS, which nobody has. */
const ACCOUNT = '111122223333';
const REGION = 'us-east-1';

/** Reads the tree of a scenario. Never fails: what is wrong is a problem with its place. */
export function readScenario(root: JsonNode): ScenarioOutline {
  const walked = walk(root, scenarioShape);
  const keys = keysAsFarAsRead(root);
  const names = new Names(walked.definitions, keys, defaultsOf(root));
  const uses = usesOf(walked, names);
  const problems = [...walked.problems];
  if (!walked.isFull) problems.push(...undefinedNames(root, walked, names));
  // Only parts that are known to be sound have a meaning.
  if (!walked.isFull) problems.push(...meaningProblems(root, names, problems));
  const isSound = problems.length === 0;
  if (!walked.isFull) problems.push(...requestProblems(root, names, problems), ...askedProblems(root, problems));
  return {
    root,
    problems: inOrder(root, problems).map(withoutSecrets),
    names,
    uses,
    policies: withOwners(root, walked.policies, keys),
    files: walked.files,
    steps: stepsOf(root),
    file: isSound ? fileOf(root) : undefined,
  };
}

function undefinedNames(root: JsonNode, { uses }: Walk, names: Names): ScenarioProblem[] {
  const wholeRoot = root.type === 'object' ? root : undefined;
  return uses.flatMap((use): ScenarioProblem[] => {
    const problem = use.mustExist ? names.problemOf(use) : undefined;
    if (!problem) return [];
    const table = wholeRoot && valueOf(wholeRoot, tableOf(use.kind));
    // A table that is none is told of already.
    if (table && table.type !== (use.kind === 'saved' ? 'array' : 'object')) return [];
    const ifWhole = [wholeRoot, table].filter((node) => node?.type === 'object');
    return [{ place: use.place, ...problem, kind: 'undefined-name', ifWhole }];
  });
}

function withoutSecrets<T extends ScenarioProblem>(problem: T): T {
  const message = withoutCredentials(problem.message);
  return message === problem.message ? problem : { ...problem, message };
}

/** Tells policies that stand in the file whose they are. */
function withOwners(
  root: JsonNode,
  uses: readonly PolicyUse[],
  keys: Readonly<Record<string, KeyEntry>>,
): readonly PolicyUse[] {
  if (uses.every(({ inline }) => inline === undefined)) return uses;
  const byName = new Map<string, KeyDescription>();
  // Replicas have the name of their primary, which comes first.
  for (const { name, description } of keysOf(keys, defaultsOf(root)))
    if (!byName.has(name)) byName.set(name, description);
  return uses.map((use) => {
    const [table, name] = use.path;
    if (use.inline === undefined || name === undefined) return use;
    if (table === 'principals') {
      const arn = textOf(resolvePath(root, [table, name])?.node, 'arn');
      const answer = arn === undefined ? undefined : parseCaller(arn);
      const account = answer && 'caller' in answer ? accountOf(answer.caller) : undefined;
      return account === undefined ? use : { ...use, account };
    }
    const key = table === 'keys' ? byName.get(String(name)) : undefined;
    return key ? { ...use, account: key.account, key } : use;
  });
}

/** Only for trees without a problem: the shape has been compared member by member. */
function fileOf(root: JsonNode): ScenarioFile {
  return toValue(root) as ScenarioFile;
}

/** What counts for everything that names no account, Region or partition of its own. */
export function defaultsOf(root: JsonNode): KeyDefaults {
  const text = (name: string, otherwise: string): string => textOf(root, name) ?? otherwise;
  return { account: text('account', ACCOUNT), region: text('region', REGION), partition: text('partition', 'aws') };
}

function usesOf({ uses }: Walk, names: Names): NameUse[] {
  return uses.flatMap(({ kind, text, place, mustExist }): NameUse[] => {
    const definition = names.find(kind, text);
    if (!definition && !mustExist) return [];
    return [{ kind, text, place, definition, byName: definition?.name === text }];
  });
}

/** The keys of a file that may be broken, as far as they say how they are named. */
function keysAsFarAsRead(root: JsonNode): Readonly<Record<string, KeyEntry>> {
  const keys = root.type === 'object' ? valueOf(root, 'keys') : undefined;
  if (keys?.type !== 'object') return {};
  const stores = typesOfStores(root);
  const entries = keys.members.map(({ key, value }): [string, KeyEntry] => {
    const entry: { -readonly [P in keyof KeyEntry]: KeyEntry[P] } = {};
    for (const name of ['account', 'region', 'id', 'spec', 'usage', 'origin', 'customKeyStore'] as const) {
      const text = textOf(value, name);
      if (text !== undefined) entry[name] = text;
    }
    for (const name of ['aliases', 'replicas'] as const) {
      const list = value?.type === 'object' ? valueOf(value, name) : undefined;
      if (list?.type === 'array')
        entry[name] = list.elements.flatMap((element) => (element.type === 'string' ? [element.value] : []));
    }
    const multiRegion = value?.type === 'object' ? valueOf(value, 'multiRegion') : undefined;
    if (multiRegion?.type === 'boolean') entry.multiRegion = multiRegion.value;
    const origin = originOf(entry, stores);
    return [key.value, origin === undefined ? entry : { ...entry, origin }];
  });
  return Object.fromEntries(entries);
}

function typesOfStores(root: JsonNode): Readonly<Record<string, { readonly type?: KeyStoreType }>> {
  const stores = root.type === 'object' ? valueOf(root, 'customKeyStores') : undefined;
  if (stores?.type !== 'object') return {};
  return Object.fromEntries(
    stores.members.map(({ key, value }) => {
      const type = keyStoreTypes.find((each) => each === textOf(value, 'type'));
      return [key.value, type === undefined ? {} : { type }];
    }),
  );
}

function stepsOf(root: JsonNode): StepOutline[] {
  const steps = root.type === 'object' ? valueOf(root, 'steps') : undefined;
  if (steps?.type !== 'array') return [];
  return steps.elements.map((node, index) => {
    const kind = kindOf(node);
    const expects = node.type === 'object' && valueOf(node, 'expect') !== undefined;
    return { index, path: ['steps', index], kind, title: titleOf(node, kind), expects };
  });
}

function kindOf(node: JsonNode): StepKindName | undefined {
  const kinds = Object.keys(stepShape.variants) as StepKindName[];
  return node.type === 'object' ? kinds.find((kind) => valueOf(node, kind)) : undefined;
}

function inOrder(root: JsonNode, problems: readonly ScenarioProblem[]): ScenarioProblem[] {
  return problems
    .map((problem) => ({ problem, start: startOf(root, problem.place) }))
    .sort((a, b) => a.start - b.start)
    .map(({ problem }) => problem);
}

function startOf(root: JsonNode, { path, part, occurrence }: Place): number {
  const found = resolvePath(root, path, occurrence);
  return (part === 'key' ? found?.member?.key.start : found?.node?.start) ?? root.start;
}

function textOf(node: JsonNode | undefined, name: string): string | undefined {
  const value = node?.type === 'object' ? valueOf(node, name) : undefined;
  return value?.type === 'string' ? value.value : undefined;
}

/** Whether a path is, or leads into, another. */
export function isWithin(path: Path, outer: Path): boolean {
  return outer.length <= path.length && outer.every((step, index) => path[index] === step);
}
