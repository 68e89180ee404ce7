import { memberOf } from '../../simulator/json/node.ts';
import { resolvePath } from '../../simulator/json/place.ts';
import type { Condition, Statement } from '../../simulator/policy/document.ts';
import { type Fix, rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { factOf } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { kmsConditionKeys } from './support/sources.ts';

const PUT = { action: '"kms:PutKeyPolicy"' };

export const kmsBypassFalseLiteral = rule({
  id: 'kms-bypass-false-literal',
  group: 'suspicious',
  kinds: policyKinds,
  title: '`kms:BypassPolicyLockoutSafetyCheck` compared with `false` in an `Allow`',
  documentation: {
    what: '`"Bool": { "kms:BypassPolicyLockoutSafetyCheck": "false" }` in an `Allow`.',
    why: 'The key is only in requests that give the parameter. Nearly all callers leave it out, and a missing key is not `false`, so the statement does not let them in.',
    spares: '`BoolIfExists`, `Null`, and every `Deny`.',
    bad: keyPolicyWithCondition('"Bool": { "kms:BypassPolicyLockoutSafetyCheck": "false" }', PUT),
    good: keyPolicyWithCondition('"BoolIfExists": { "kms:BypassPolicyLockoutSafetyCheck": "false" }', PUT),
    sources: [kmsConditionKeys],
  },
  check: {
    condition(condition, statement, { report }) {
      const { operator, values, key } = condition;
      if (statement.effect !== 'Allow' || operator.base !== 'Bool' || operator.ifExists || operator.set) return;
      if (factOf(condition)?.name !== 'kms:BypassPolicyLockoutSafetyCheck') return;
      const [only, ...others] = values;
      if (only?.text.toLowerCase() !== 'false' || 0 < others.length) return;
      report({
        at: { path: only.path },
        message: `\`${key.text}\` is missing rather than \`false\` in most requests`,
        why: 'the statement does not let in callers that leave the parameter out',
        next: 'use `"Null": { "kms:BypassPolicyLockoutSafetyCheck": "true" }`, or `BoolIfExists`',
        fixes: missing(condition, statement),
      });
    },
  },
});

/** Asks for requests without the parameter, where no `Null` is in the way. */
function missing({ path, operatorPath, key }: Condition, { object, path: base }: Statement): Fix[] {
  const conditions = object && memberOf(object, 'Condition')?.value;
  const block = object && resolvePath(object, operatorPath.slice(base.length))?.node;
  if (conditions?.type !== 'object' || memberOf(conditions, 'Null') || block?.type !== 'object') return [];
  const emptied = block.members.length === 1;
  return [
    {
      title: 'ask for requests without the parameter',
      safe: false,
      edits: [
        { op: 'set', path: [...base, 'Condition', 'Null', key.text], value: 'true' },
        { op: 'remove', path: emptied ? operatorPath : path },
      ],
    },
  ];
}
