import { parseCaller } from '../../simulator/access/caller.ts';
import { type KeyDescription, keyArn, parseKeyArn } from '../../simulator/access/request.ts';
import { kmsActions } from '../../simulator/facts/actions.ts';
import { findOperation } from '../../simulator/facts/operations.ts';
import type { PolicyDocument, Statement } from '../../simulator/policy/document.ts';
import { expandAction } from '../../simulator/policy/syntax/action.ts';
import {
  type CanEntry,
  isCan,
  type KeyEntry,
  type PrincipalEntry,
  type ScenarioFile,
} from '../../simulator/scenario/file.ts';
import { decideCan, verdictJson } from '../../simulator/scenario/steps/can.ts';
import { SourceDocument } from '../documents/source.ts';
import { openScenario } from './open.ts';
import { satisfying } from './satisfying.ts';

/** What a new scenario is about. */
export interface Subject {
  readonly policy: SourceDocument;
  /** The file's name, as the scenario beside it names it. */
  readonly file: string;
  /** The statement that was asked about; undefined: the whole policy. */
  readonly statement: Statement | undefined;
  readonly key: KeyDescription;
}

/**
 * A scenario that passes: what a statement lets somebody do, the same without what its conditions ask for, and a stranger
 * who tries it too. The verdicts are those of the policy as it is, so that later changes of it are noticed.
 */
export async function newScenario(subject: Subject, uri: string): Promise<string> {
  const draft = draftOf(subject);
  const read = async (each: string): Promise<SourceDocument | undefined> =>
    each === subject.policy.uri ? subject.policy : undefined;
  const folder = uri.slice(0, uri.lastIndexOf('/') + 1);
  const text = (file: ScenarioFile): string => `${JSON.stringify(file, null, 2)}\n`;
  const document = new SourceDocument({ uri, text: text(draft), configured: 'scenario' });
  const { world } = await openScenario(document, folder, read);
  if (!world) return text(draft);
  const steps = (draft.steps ?? []).map((step) => {
    if (!isCan(step)) return step;
    const decision = decideCan(step, world);
    return decision ? { ...step, expect: verdictJson(decision) } : step;
  });
  return text({ ...draft, steps });
}

const STRANGER = 'Stranger';

function draftOf({ policy, file, statement, key }: Subject): ScenarioFile {
  const isKeyPolicy = (policy.kind.kind ?? policy.kind.candidates[0]) !== 'iam-policy';
  const document = policy.policy?.policy;
  const asked = statement ?? firstOf(document);
  const keyName = nameFrom(file);
  const { account, region, id } = key;
  const keyEntry: KeyEntry = { ...(isKeyPolicy ? { policy: file } : {}), ...(id === undefined ? {} : { id }) };
  const action = actionOf(asked);
  const caller = isKeyPolicy ? callerOf(asked, key, action) : { name: 'App', entry: appWith(account, file) };
  const request: CanEntry = { can: action, as: caller.name, ...onKey(action, keyName) };
  const conditions = asked && satisfying(asked.conditions);
  const withConditions: CanEntry = { ...request, ...conditions };
  const hasConditions = conditions !== undefined && Object.keys(conditions).length > 0;
  const stranger: PrincipalEntry = { arn: `arn:aws:iam::${account}:role/${STRANGER}` };
  const what = asked?.sid === undefined ? file : `“${asked.sid}”`;
  return {
    description: `What ${what} does`,
    account,
    region,
    principals: { ...(caller.entry ? { [caller.name]: caller.entry } : {}), [STRANGER]: stranger },
    keys: { [keyName]: keyEntry },
    steps: [
      { name: hasConditions ? `${action}, as the conditions ask` : `${action}`, ...withConditions },
      ...(hasConditions ? [{ name: `${action} without that`, ...request }] : []),
      { name: `a stranger tries ${action}`, ...withConditions, as: STRANGER },
    ],
  };
}

/** The statement that says most: an Allow, else whatever is there. */
function firstOf(document: PolicyDocument | undefined): Statement | undefined {
  return document?.statements.find(({ effect }) => effect === 'Allow') ?? document?.statements[0];
}

/** An operation that the statement is about, one that uses the key if there is one. */
function actionOf(statement: Statement | undefined): string {
  const names = kmsActions.filter(({ operations }) => operations.length > 0).map(({ name }) => `kms:${name}`);
  const action = statement?.action;
  const named = new Set(action?.items.flatMap(({ pattern }) => expandAction(pattern, names)) ?? []);
  const covered = action?.negated ? names.filter((name) => !named.has(name)) : [...named];
  const simple = covered.map((name) => name.slice('kms:'.length)).filter(isSimple);
  return PREFERRED.find((name) => simple.includes(name)) ?? simple[0] ?? 'Decrypt';
}

const PREFERRED = ['Decrypt', 'GenerateDataKey', 'Encrypt', 'Sign', 'GenerateMac', 'CreateGrant', 'DescribeKey'];

/** A call that needs one permission, on a key or on none. */
function isSimple(name: string): boolean {
  const operation = findOperation(name);
  return operation?.permissions.length === 1 && ['key', 'none'].includes(operation.permissions[0]?.on ?? '');
}

function onKey(action: string, key: string): Pick<CanEntry, 'on'> {
  return findOperation(action)?.permissions[0]?.on === 'none' ? {} : { on: key };
}

interface NamedCaller {
  /** A name of the file, or a principal that stands for itself. */
  readonly name: string;
  readonly entry: PrincipalEntry | undefined;
}

/** Somebody whom the statement names. Whom an account stands for needs an identity policy besides. */
function callerOf(statement: Statement | undefined, key: KeyDescription, action: string): NamedCaller {
  const principal = statement?.principal?.negated ? undefined : statement?.principal?.items[0];
  const allowing = { policies: [allow(action, key)] };
  const someone: NamedCaller = { name: 'App', entry: { arn: `arn:aws:iam::${key.account}:role/App`, ...allowing } };
  if (!principal || statement?.effect === 'Deny') return someone;
  const { text, type, pattern } = principal;
  if (type === 'Service') return { name: `service:${text}`, entry: undefined };
  if (pattern.kind === 'account')
    return { name: 'App', entry: { arn: `arn:aws:iam::${pattern.account}:role/App`, ...allowing } };
  const answer = parseCaller(text);
  if (!('caller' in answer) || (answer.caller.type !== 'user' && answer.caller.type !== 'role-session')) return someone;
  const { caller } = answer;
  const name = caller.type === 'user' ? caller.name : caller.roleName;
  const arn =
    caller.type === 'role-session'
      ? (caller.roleArn ?? `arn:${caller.partition}:iam::${caller.account}:role/${caller.roleName}`)
      : caller.arn;
  const needsPolicy = caller.account !== key.account;
  return { name: nameOfPerson(name), entry: { arn, ...(needsPolicy ? allowing : {}) } };
}

const nameOfPerson = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

const appWith = (account: string, file: string): PrincipalEntry => ({
  arn: `arn:aws:iam::${account}:role/App`,
  policies: [file],
});

function allow(action: string, key: KeyDescription): object {
  const Resource = key.id === undefined ? '*' : keyArn(key);
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: `kms:${action}`, Resource }] };
}

/** `orders` from `orders.key-policy.json`. */
function nameFrom(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\..*$/, '');
  return /^[\w-]+$/.test(name) ? name : 'key';
}

/** The key that an identity policy is about: the one its Resource names. */
export function keyNamedBy(statements: readonly Statement[]): KeyDescription | undefined {
  const items = statements.flatMap(({ resource }) => (resource && !resource.negated ? resource.items : []));
  for (const { text } of items) {
    const key = parseKeyArn(text);
    if (key) return key;
  }
  return undefined;
}
