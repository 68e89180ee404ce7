import { actionNames, findAction } from '../../simulator/facts/actions.ts';
import { conditionKeysOf } from '../../simulator/facts/condition-keys.ts';
import { keyStates, outcomeIn } from '../../simulator/facts/key-states.ts';
import { operationsOf } from '../../simulator/facts/operations.ts';
import { rateIn, requestQuotasOf } from '../../simulator/facts/quotas.ts';
import type { KmsAction, KmsOperation } from '../../simulator/facts/types.ts';
import { type ActionPattern, expandAction } from '../../simulator/policy/syntax/action.ts';

/** What an action, or the wildcard that stands for several, means: Markdown for a hover. */
export function actionHelp(pattern: ActionPattern, region: string): string | undefined {
  if (pattern.kind !== 'pattern') return undefined;
  if (pattern.everything) return '**`*`** covers every action of every service; on a key that is every `kms:` action.';
  if (pattern.service !== 'kms') return undefined;
  const covered = expandAction(pattern, QUALIFIED).map((action) => action.slice('kms:'.length));
  if (pattern.wildcards) return wildcardHelp(pattern, covered);
  const action = findAction(pattern.name);
  return action && oneAction(action, region);
}

const QUALIFIED = actionNames.map((name) => `kms:${name}`);

function wildcardHelp({ text }: ActionPattern, covered: readonly string[]): string {
  if (covered.length === 0) return `**\`${text}\`** covers no action of AWS KMS.`;
  const everything = covered.length === actionNames.length;
  const head = everything
    ? `**\`${text}\`** covers all ${covered.length} actions of AWS KMS, those that AWS will add included.`
    : `**\`${text}\`** covers ${covered.length} ${covered.length === 1 ? 'action' : 'actions'}:`;
  const groups = new Map<string, string[]>();
  for (const name of covered) {
    const level = findAction(name)?.access[0] ?? 'Write';
    groups.set(level, [...(groups.get(level) ?? []), name]);
  }
  const lines = [...groups].map(([level, names]) => `- ${level}: ${names.map((name) => `\`${name}\``).join(', ')}`);
  return [head, lines.join('\n')].join('\n\n');
}

function oneAction(action: KmsAction, region: string): string {
  const operations = operationsOf(action.name);
  const [operation] = operations;
  const rows: (readonly [string, string])[] = [
    ['Access level', action.access.join(', ')],
    ['Resource', resources(action)],
    ...(operation ? operationRows(action, operation, region) : []),
    ['Condition keys', conditionKeys(action)],
  ];
  const title = `**\`kms:${action.name}\`**`;
  const table = ['| | |', '|---|---|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
  const others = operations.filter(({ name }) => name !== action.name).map(({ name }) => `\`${name}\``);
  const needed = others.length > 0 ? `Asked for by the operation ${others.join(', ')}.` : undefined;
  return [title, action.summary, needed, table].filter((part) => part !== undefined).join('\n\n');
}

function operationRows(action: KmsAction, operation: KmsOperation, region: string): (readonly [string, string])[] {
  const rows: (readonly [string, string])[] = [
    [
      'Across accounts',
      operation.crossAccount === 'yes' ? 'yes' : 'no: callers of other accounts are refused whatever the policies say',
    ],
    ['By a grant', operation.grantOperations.includes(action.name) ? 'yes' : 'no'],
    ['Encryption context', operation.encryptionContext ? 'yes, on symmetric encryption keys' : 'no'],
  ];
  const states = keyStates
    .filter(({ name }) => isFine(outcomeIn(operation, name, 'AWS_KMS')))
    .filter(({ origins }) => origins.includes('AWS_KMS'))
    .map(({ name }) => name);
  if (operation.keyStates)
    rows.push(['Key states', states.length > 0 ? `works in ${states.join(', ')}` : 'works in none']);
  const quotas = requestQuotasOf(operation.name, { origin: 'AWS_KMS', keySpec: 'SYMMETRIC_DEFAULT' });
  const [quota] = quotas;
  if (quota) rows.push(['Request quota', `${rateIn(quota, region).toLocaleString('en-US')} a second in ${region}`]);
  return rows;
}

const isFine = (outcome: ReturnType<typeof outcomeIn>): boolean =>
  outcome === 'ok' || (typeof outcome === 'object' && 'note' in outcome);

function resources({ resources: types }: KmsAction): string {
  if (types.includes('none')) return 'none: `Resource` must be `"*"`, and no key policy can allow it';
  return types.map((type) => (type === 'key' ? 'the key' : 'the alias')).join(' and ');
}

/** The 57 keys of attestation documents are one family here. */
function conditionKeys({ name }: KmsAction): string {
  const keys = new Set(
    conditionKeysOf(name).map((key) => key.replace(/^(kms:RecipientAttestation:).*/, '$1…').replace(/\$\{\w+\}/, '…')),
  );
  return keys.size > 0 ? [...keys].map((key) => `\`${key}\``).join(', ') : 'the global ones only';
}
