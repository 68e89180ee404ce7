import { memberOf } from '../../simulator/json/node.ts';
import type { Condition, Statement } from '../../simulator/policy/document.ts';
import { type Fix, rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { multivaluedKeys } from './support/condition-sources.ts';
import { atKey, demandsKey, factOf } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

/** Keys of the request's own parameters: without tags or operations there is nothing to keep out. */
const HARMLESS_WHEN_ABSENT: ReadonlySet<string> = new Set([
  'aws:TagKeys',
  'kms:GrantOperations',
  // Has a rule of its own.
  'kms:EncryptionContextKeys',
]);

export const condForallvaluesAllow = rule({
  id: 'cond-forallvalues-allow',
  group: 'exposure',
  kinds: policyKinds,
  yieldsTo: ['kms-contextkeys-forallvalues-alone'],
  title: '`ForAllValues` in an `Allow`, which holds without the key',
  documentation: {
    what: '`ForAllValues:` in an `Allow` on a key such as `aws:PrincipalOrgPaths` or `kms:ResourceAliases`, where nothing else in the statement demands the key.',
    why: 'A request without the key satisfies `ForAllValues`: callers of no organization, calls through no service, keys without an alias are let in.',
    spares:
      '`aws:TagKeys` and `kms:GrantOperations`, which limit what a request may name, `Deny` statements, negated operators, and statements with `Null` `false`, or `ForAnyValue:` on the same key.',
    bad: keyPolicyWithCondition('"ForAllValues:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*" }'),
    good: keyPolicyWithCondition(`
"ForAllValues:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*" },
"Null": { "aws:PrincipalOrgPaths": "false" }`),
    sources: [multivaluedKeys, policyChecks],
  },
  check: {
    condition(condition, statement, { report }) {
      const { operator, key } = condition;
      if (statement.effect !== 'Allow' || operator.set !== 'ForAllValues' || operator.negated) return;
      if (operator.base === undefined || operator.base === 'Null') return;
      const fact = factOf(condition);
      if (!fact?.multivalued || HARMLESS_WHEN_ABSENT.has(fact.name) || demandsKey(statement, condition)) return;
      report({
        at: atKey(condition),
        message: `\`${operator.text}\` holds for requests without \`${key.text}\``,
        why: 'they are let in as well',
        next: `demand the key by \`"Null": { "${key.text}": "false" }\``,
        fixes: demand(condition, statement),
      });
    },
  },
});

function demand({ key, operatorPath }: Condition, { object }: Statement): Fix[] {
  const all = object && memberOf(object, 'Condition')?.value;
  const nulls = all?.type === 'object' ? memberOf(all, 'Null') : undefined;
  if (all?.type !== 'object' || (nulls && nulls.value?.type !== 'object')) return [];
  if (nulls?.value?.type === 'object' && nulls.value.members.some((each) => each.key.value.toLowerCase() === key.lower))
    return [];
  const path = [...operatorPath.slice(0, -1), 'Null', key.text];
  return [{ title: `demand \`${key.text}\``, safe: false, edits: [{ op: 'set', path, value: 'false' }] }];
}
