import { kmsActions } from '../../../simulator/facts/actions.ts';
import { conditionKeysOf, findConditionKey } from '../../../simulator/facts/condition-keys.ts';
import { conditionKeyPage } from '../../../simulator/facts/pages.ts';
import { findServiceContextKey } from '../../../simulator/facts/service-contexts.ts';
import type { ConditionKey, ConditionKeyType } from '../../../simulator/facts/types.ts';
import type { Subject } from '../../knowledge/topic.ts';
import { type Help, help } from './help.ts';
import { code } from './markdown.ts';

/** What a condition key holds, when it is there, and for which actions. Undefined for keys of other services. */
export function conditionKeyHelp(name: string): Help | undefined {
  const found = findConditionKey(name);
  if (!found) return undefined;
  const { key, variable } = found;
  const context = key.name.startsWith(CONTEXT) && variable ? contextKeyText(variable) : undefined;
  return help({
    about: 'condition key',
    title: code(variable === undefined ? key.name : name),
    text: [key.deprecated && `Deprecated: use ${code(key.deprecated.use)}.`, key.summary, context, key.present],
    rows: [
      ['Type', typeInWords(key)],
      ['Several values', key.multivalued ? 'yes: it needs `ForAllValues` or `ForAnyValue`' : 'no'],
      ...(key.values ? [['Values', valuesInWords(key.values)] as const] : []),
      ['Actions', actionsWith(key)],
      ...(key.onlyIn ? [['Only in', key.onlyIn.map((kind) => POLICIES[kind]).join(', ')] as const] : []),
      ...(key.since ? [['Since', key.since] as const] : []),
    ],
    links: [conditionKeyPage(key.name)],
    subjects: conditionKeySubjects(name),
  });
}

export function conditionKeySubjects(name: string): readonly Subject[] {
  const key = findConditionKey(name)?.key;
  return key ? [`condition-key:${key.name.replace(/\$\{.*$/, '')}`] : [];
}

/** What a key of an encryption context means where an AWS service sets it. */
export function contextKeyText(name: string): string | undefined {
  const fact = findServiceContextKey(name);
  return fact && `${fact.serviceName} sets ${code(fact.key)}. ${fact.summary}`;
}

/** The condition key for one key of the encryption context, up to that key. */
export const CONTEXT = 'kms:EncryptionContext:';

const POLICIES = { 'key-policy': 'key policies', 'identity-policy': 'IAM policies' } as const;

const TYPES: Readonly<Record<ConditionKeyType, string>> = {
  String: 'text',
  ARN: 'ARN',
  Bool: '`true` or `false`',
  Numeric: 'number',
  Date: 'time',
  IPAddress: 'IP address',
  Binary: 'bytes in base64',
};

const typeInWords = ({ type, alsoTypes = [] }: ConditionKey): string =>
  [type, ...alsoTypes].map((each) => TYPES[each]).join(', also ');

/** Most lists are short; of the others a reader wants to see the first. */
function valuesInWords(values: readonly string[]): string {
  const shown = values.slice(0, 10).map(code).join(', ');
  return values.length > 10 ? `${shown} and ${values.length - 10} more` : shown;
}

function actionsWith({ name, deprecated }: ConditionKey): string {
  if (!name.startsWith('kms:')) return 'all';
  const wanted = deprecated?.use ?? name;
  const names = kmsActions.filter((action) => conditionKeysOf(action.name).includes(wanted)).map((each) => each.name);
  if (names.length === 0) return 'none that AWS lists';
  if (names.length > 12) return `${names.length} of the ${kmsActions.length}`;
  return names.map((each) => `\`${each}\``).join(', ');
}
