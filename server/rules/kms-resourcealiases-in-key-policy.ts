import { memberOf } from '../../simulator/json/node.ts';
import { resolvePath } from '../../simulator/json/place.ts';
import type { Condition, Statement } from '../../simulator/policy/document.ts';
import { type Fix, rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { atKey, atOperator, effectWithoutKey, factOf, withKey } from './support/conditions.ts';
import { kmsConditionKeys } from './support/sources.ts';

export const kmsResourcealiasesInKeyPolicy = rule({
  id: 'kms-resourcealiases-in-key-policy',
  group: 'invalid',
  kinds: ['key-policy'],
  title: '`kms:ResourceAliases` in a key policy',
  documentation: {
    what: 'A condition on `kms:ResourceAliases` in a key policy.',
    why: 'AWS KMS has the aliases of a key at hand only where it reads identity policies. In a key policy the condition key is never there, and a key policy is about one key anyway.',
    spares: '`kms:ResourceAliases` in other policies, and `kms:RequestAlias`, which key policies may use.',
    bad: keyPolicyWithCondition('"ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/orders" }'),
    good: keyPolicyWithCondition('"StringEquals": { "kms:RequestAlias": "alias/orders" }'),
    sources: [kmsConditionKeys],
  },
  check: {
    condition(condition, statement, { report }) {
      if (factOf(condition)?.name !== 'kms:ResourceAliases') return;
      report({
        at: atKey(condition),
        message: `a key policy cannot use \`${condition.key.text}\``,
        why: `it is only in identity policies, ${effectWithoutKey(condition, statement)}`,
        next: 'remove the condition, or test with `kms:RequestAlias` by which alias the request names the key',
        fixes: byRequest(condition, statement),
      });
    },
  },
});

/** The alias of the request has one value, so that a set operator goes with the old key. */
function byRequest(condition: Condition, statement: Statement): Fix[] {
  const { operator, operatorPath } = condition;
  const renamed = withKey(condition, statement, 'kms:RequestAlias', false);
  if (!operator.set) return renamed;
  const { object, path } = statement;
  const all = object && memberOf(object, 'Condition')?.value;
  const block = object && resolvePath(object, operatorPath.slice(path.length))?.node;
  const single = operator.text.slice(operator.set.length + 1);
  if (all?.type !== 'object' || memberOf(all, single)) return [];
  if (block?.type !== 'object' || block.members.length !== 1) return [];
  const edit = { op: 'replace', place: atOperator(condition), text: JSON.stringify(single) } as const;
  // The key first: after the operator its path is another.
  return renamed.map((fix) => ({ ...fix, edits: [...fix.edits, edit] }));
}
