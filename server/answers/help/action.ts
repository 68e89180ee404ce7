import { actionNames, findAction } from '../../../simulator/facts/actions.ts';
import { conditionKeysOf } from '../../../simulator/facts/condition-keys.ts';
import { keyStates, outcomeIn } from '../../../simulator/facts/key-states.ts';
import { operationsOf } from '../../../simulator/facts/operations.ts';
import { actionPage } from '../../../simulator/facts/pages.ts';
import { rateIn, requestQuotasOf } from '../../../simulator/facts/quotas.ts';
import type { KmsAction, KmsOperation } from '../../../simulator/facts/types.ts';
import { type ActionPattern, expandAction } from '../../../simulator/policy/syntax/action.ts';
import { type Help, type HelpRow, help } from './help.ts';
import { code, count, series } from './markdown.ts';

/** What an action, or the wildcard that stands for several, means. Undefined for other services and unreadable texts. */
export function actionHelp(pattern: ActionPattern, region: string): Help | undefined {
  const covered = coveredActions(pattern);
  if (!covered) return undefined;
  if (pattern.everything)
    return help({
      about: 'action',
      title: code(pattern.text),
      text: ['Every action of every service. For a key that is every `kms:` action.'],
      subjects: ['action:*'],
    });
  if (pattern.wildcards) return wildcardHelp(pattern, covered);
  const action = findAction(pattern.name);
  return action && oneAction(action, region);
}

/** The kms actions that a pattern covers, without `kms:`; undefined where it speaks of other services or is unreadable. */
export function coveredActions(pattern: ActionPattern): readonly string[] | undefined {
  if (pattern.kind !== 'pattern') return undefined;
  // The service may hold a wildcard itself: `k*:Decrypt`.
  const covered = expandAction(pattern, QUALIFIED).map((action) => action.slice('kms:'.length));
  return covered.length > 0 || pattern.service === 'kms' ? covered : undefined;
}

/** A list of actions by access level: what a wildcard lets somebody do is seen at a glance. */
export function actionList(names: readonly string[]): string {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const level = findAction(name)?.access[0] ?? 'Write';
    groups.set(level, [...(groups.get(level) ?? []), name]);
  }
  return [...groups].map(([level, each]) => `- ${level}: ${each.map((name) => `\`${name}\``).join(', ')}`).join('\n');
}

const QUALIFIED = actionNames.map((name) => `kms:${name}`);

function wildcardHelp({ text }: ActionPattern, covered: readonly string[]): Help {
  const about = 'actions';
  if (covered.length === 0) return help({ about, title: code(text), text: ['It covers no action of AWS KMS.'] });
  const isAll = covered.length === actionNames.length;
  const head = isAll
    ? `It covers all ${covered.length} actions of AWS KMS, and those that AWS will add.`
    : `It covers ${count(covered.length, 'action')} of AWS KMS:`;
  const subjects = isAll ? (['action:*'] as const) : covered.map((name) => `action:${name}` as const);
  return help({ about, title: code(text), text: [head, actionList(covered)], subjects });
}

function oneAction(action: KmsAction, region: string): Help {
  const operations = operationsOf(action.name);
  const [operation] = operations;
  const others = operations.filter(({ name }) => name !== action.name).map(({ name }) => `\`${name}\``);
  const asked = others.length > 0 ? `The operation ${series(others)} asks for it.` : undefined;
  const page = actionPage(action.name);
  return help({
    about: 'action',
    title: `\`kms:${action.name}\``,
    text: [action.summary, asked],
    rows: [
      ['Access level', action.access.join(', ')],
      ['Resource', resources(action)],
      ...(operation ? operationRows(action, operation, region) : []),
      ['Condition keys', conditionKeys(action)],
      ...(action.since ? [['Since', action.since] as const] : []),
    ],
    links: page ? [page] : [],
    subjects: [`action:${action.name}`, ...others.map((name) => `action:${name.slice(1, -1)}` as const)],
  });
}

/** What calls of an operation need besides the permission. */
export function operationRows(action: { readonly name: string }, operation: KmsOperation, region: string): HelpRow[] {
  const rows: HelpRow[] = [
    ['Other accounts', ACROSS[operation.crossAccount]],
    ['By a grant', operation.grantOperations.includes(action.name) ? 'yes' : 'no'],
    ['Encryption context', operation.encryptionContext ? 'yes, with symmetric encryption keys' : 'no'],
  ];
  if (operation.keyUsages) rows.push(['Key usage', operation.keyUsages.map((usage) => `\`${usage}\``).join(', ')]);
  if (operation.keyStates) rows.push(['Key states', statesOf(operation)]);
  const rate = rateOf(operation, region);
  if (rate) rows.push(['Request quota', rate]);
  return rows;
}

const ACROSS: Readonly<Record<KmsOperation['crossAccount'], string>> = {
  yes: 'yes, where the key policy and an IAM policy of the caller both allow it',
  no: 'no, whatever the policies say',
  'own-principal': 'only for principals of the own account',
};

function statesOf(operation: KmsOperation): string {
  const own = keyStates.filter(({ origins }) => origins.includes('AWS_KMS'));
  const fine = own.filter(({ name }) => {
    const outcome = outcomeIn(operation, name, 'AWS_KMS');
    return outcome === 'ok' || (typeof outcome === 'object' && 'note' in outcome);
  });
  if (fine.length === 0) return 'works in none';
  return fine.length === own.length ? 'works in every one' : `works in ${series(fine.map(({ name }) => name))}`;
}

/** For a key of the usual kind where the operation takes it, else the range over the keys that it takes. */
function rateOf({ name, keyTypes }: KmsOperation, region: string): string | undefined {
  const isForSymmetric = keyTypes === undefined || keyTypes.includes('symmetric');
  const plain = requestQuotasOf(name, { origin: 'AWS_KMS', keySpec: 'SYMMETRIC_DEFAULT' });
  const quotas = isForSymmetric && plain.length > 0 ? plain : requestQuotasOf(name, { origin: 'AWS_KMS' });
  const rates = quotas.map((quota) => rateIn(quota, region));
  if (rates.length === 0) return undefined;
  const [low, high] = [Math.min(...rates), Math.max(...rates)].map((rate) => rate.toLocaleString('en-US'));
  return `${low === high ? low : `${low} to ${high}, by key spec,`} a second in \`${region}\``;
}

function resources({ resources: types }: KmsAction): string {
  if (types.includes('none')) return 'none: `Resource` must be `"*"`, and no key policy can allow it';
  return types.map((type) => (type === 'key' ? 'the key' : 'the alias')).join(' and ');
}

/** The keys of attestation documents, 57 of them, are one family here. */
function conditionKeys({ name }: KmsAction): string {
  const keys = new Set(
    conditionKeysOf(name).map((key) => key.replace(/^(kms:RecipientAttestation:).*/, '$1…').replace(/\$\{\w+\}/, '…')),
  );
  const own = [...keys].map((key) => `\`${key}\``);
  return own.length > 0 ? `${own.join(', ')}, and the global ones` : 'the global ones only';
}
