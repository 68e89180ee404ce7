import { actionNames, findAction } from '../../simulator/facts/actions.ts';
import { findConditionKey } from '../../simulator/facts/condition-keys.ts';
import { toPointer } from '../../simulator/json/place.ts';
import type { Condition, PolicyDocument, Statement } from '../../simulator/policy/document.ts';
import { expandAction } from '../../simulator/policy/syntax/action.ts';
import type { PrincipalPattern } from '../../simulator/policy/syntax/principal.ts';
import type { SourceDocument } from '../documents/source.ts';
import {
  type AccessOptions,
  type ActionOption,
  CONFIG_NAME,
  type ContextKeyOption,
  type PrincipalOption,
} from '../protocol.ts';
import { accountPrincipalsOf, type Question } from './ask.ts';

/**
 * What a document lets a person ask: what it names, the asked statement's first, then who else is known.
 *
 * @param listed ARNs of principals whose policies `.kms-lens.json` lists
 */
export function optionsOf(
  source: SourceDocument,
  defaults: Question['defaults'],
  pointer: string | undefined,
  listed: readonly string[],
): AccessOptions | undefined {
  const policy = source.policy?.policy;
  const kind = source.kind.kind ?? source.kind.candidates[0];
  if (!policy || !kind || kind === 'grant' || kind === 'scenario') return undefined;
  const asked = policy.statements.find(({ path }) => toPointer(path) === pointer);
  const ordered = asked ? [asked, ...policy.statements.filter((each) => each !== asked)] : policy.statements;
  const accounts = accountPrincipalsOf(policy);
  const keyAccounts = defaults.account ? [defaults.account] : accounts.length > 0 ? accounts : otherAccounts(policy);
  return {
    kind,
    keyAccounts,
    region: defaults.region,
    principals: principalsOf(ordered, asked, keyAccounts, listed),
    actions: actionsOf(ordered, asked),
    contextKeys: contextKeysOf(ordered, asked),
    encryptionContext: encryptionContextOf(asked ? [asked] : policy.statements),
  };
}

function otherAccounts(policy: PolicyDocument): string[] {
  const accounts = policy.statements.flatMap(({ principal }) =>
    (principal?.items ?? []).flatMap(({ pattern }) => pattern.account ?? []),
  );
  return [...new Set(accounts)];
}

function principalsOf(
  statements: readonly Statement[],
  asked: Statement | undefined,
  keyAccounts: readonly string[],
  listed: readonly string[],
): PrincipalOption[] {
  const options = new Map<string, PrincipalOption>();
  const add = (principal: string, description: string, inStatement: boolean): void => {
    if (!options.has(principal)) options.set(principal, { principal, description, inStatement });
  };
  for (const statement of statements) {
    for (const { pattern } of statement.principal?.items ?? []) {
      for (const [principal, description] of callersOf(pattern, keyAccounts))
        add(principal, description, statement === asked);
    }
  }
  for (const arn of listed) add(arn, `its policies are listed in ${CONFIG_NAME}`, false);
  const [account] = keyAccounts;
  if (account) add(`arn:aws:iam::${account}:role/AnyRole`, `a role of ${account} that the policy does not name`, false);
  return [...options.values()];
}

/** Callers that a principal covers; for an account its root user and some role of it. */
function callersOf(pattern: PrincipalPattern, keyAccounts: readonly string[]): (readonly [string, string])[] {
  switch (pattern.kind) {
    case 'user':
      return [[pattern.text, `user ${pattern.name} of ${pattern.account}`]];
    case 'role':
      return [[pattern.text, `role ${pattern.name} of ${pattern.account}`]];
    case 'assumed-role':
      return [[pattern.text, `session ${pattern.sessionName} of the role ${pattern.name} of ${pattern.account}`]];
    case 'federated-user':
      return [[pattern.text, `federated user ${pattern.name} of ${pattern.account}`]];
    case 'service':
      return [[`service:${pattern.name}`, 'an AWS service that calls as itself']];
    case 'account':
      return [
        [`arn:aws:iam::${pattern.account}:role/AnyRole`, `a role of ${pattern.account} that the policy does not name`],
        [`root:${pattern.account}`, `the root user of ${pattern.account}`],
      ];
    case 'everyone':
      return keyAccounts.length > 0
        ? [['arn:aws:iam::444455556666:role/Stranger', 'a role of an account that the policy does not name']]
        : [];
    default:
      return [];
  }
}

const qualified = actionNames.map((name) => `kms:${name}`);

function actionsOf(statements: readonly Statement[], asked: Statement | undefined): ActionOption[] {
  const options = new Map<string, ActionOption>();
  const add = (action: string, inStatement: boolean): void => {
    if (options.has(action)) return;
    options.set(action, { action, description: findAction(action.slice('kms:'.length))?.summary ?? '', inStatement });
  };
  for (const statement of statements) {
    if (statement.action?.negated) continue;
    for (const { pattern } of statement.action?.items ?? [])
      for (const action of expandAction(pattern, qualified)) add(action, statement === asked);
  }
  const named = [...options.values()];
  for (const action of qualified) add(action, false);
  return [...common(named), ...[...options.values()].slice(named.length)];
}

/** What people ask about most, first; the rest in the order of the document. */
const COMMON = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:CreateGrant',
  'kms:PutKeyPolicy',
  'kms:DescribeKey',
];

function common(options: readonly ActionOption[]): ActionOption[] {
  const rank = ({ action, inStatement }: ActionOption): number => {
    const index = COMMON.indexOf(action);
    return (inStatement ? 0 : 100) + (index < 0 ? COMMON.length : index);
  };
  return [...options].sort((a, b) => rank(a) - rank(b));
}

/** Keys that follow from the rest of the request, so that nobody need be asked for them. */
const DERIVED =
  /^(kms:(calleraccount|encryptioncontext:.*|encryptioncontextkeys)|aws:(principalaccount|principalarn|principaltype|principalisawsservice|resourceaccount|securetransport|currenttime|epochtime|requestedregion|username))$/;

function contextKeysOf(statements: readonly Statement[], asked: Statement | undefined): ContextKeyOption[] {
  const options = new Map<string, { key: string; values: Set<string>; description: string; inStatement: boolean }>();
  for (const statement of statements) {
    for (const { key, values } of statement.conditions) {
      if (key.kind !== 'key' || DERIVED.test(key.lower)) continue;
      const option = options.get(key.lower) ?? {
        key: key.text,
        values: new Set<string>(),
        description: findConditionKey(key.text)?.key.summary ?? '',
        inStatement: statement === asked,
      };
      for (const { text } of values) option.values.add(text);
      options.set(key.lower, option);
    }
  }
  return [...options.values()].map((option) => ({ ...option, values: [...option.values] }));
}

/** The pairs that Allow statements ask for with a single plain value. */
export function encryptionContextOf(statements: readonly Statement[]): Record<string, string> {
  const context: Record<string, string> = {};
  for (const statement of statements) {
    if (statement.effect !== 'Allow') continue;
    for (const condition of statement.conditions) {
      const value = plainValue(condition);
      if (condition.key.stem === 'kms:encryptioncontext:' && condition.key.variable && value !== undefined)
        context[condition.key.variable.text] ??= value;
    }
  }
  return context;
}

function plainValue({ operator, values }: Condition): string | undefined {
  const text = values[0]?.text;
  const isEqual =
    operator.base === 'StringEquals' || operator.base === 'StringEqualsIgnoreCase' || operator.base === 'StringLike';
  return isEqual && text !== undefined && !/[*?]|\$\{/.test(text) ? text : undefined;
}
