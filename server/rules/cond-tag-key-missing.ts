import { hole } from './holes.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { globalConditionKeys } from './support/condition-sources.ts';
import { atKey, effectWithoutKey } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

export const condTagKeyMissing = rule({
  id: 'cond-tag-key-missing',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a condition on a tag that does not say which',
  documentation: {
    what: '`aws:PrincipalTag`, `aws:RequestTag` or `aws:ResourceTag` without the key of a tag behind it.',
    why: 'There is one condition key for each tag: `aws:PrincipalTag/` and the key of the tag. The name alone is in no request.',
    spares: '`aws:TagKeys`, the keys of all tags of a request.',
    bad: keyPolicyWithCondition('"StringEquals": { "aws:PrincipalTag": "orders" }'),
    good: keyPolicyWithCondition('"StringEquals": { "aws:PrincipalTag/team": "orders" }'),
    sources: [globalConditionKeys, policyChecks],
  },
  check: {
    condition(condition, statement, { report }) {
      const { key } = condition;
      if (key.service !== 'aws' || key.problems[0]?.code !== 'variable-missing') return;
      const name = key.text.replace(/\/$/, '');
      report({
        at: atKey(condition),
        message: `\`${key.text}\` does not say which tag`,
        why: `no request has such a key, ${effectWithoutKey(condition, statement)}`,
        next: `write \`${name}/\` and the key of the tag`,
        fixes: [
          {
            title: `add the key of the tag to \`${name}\``,
            safe: false,
            edits: [{ op: 'replace', place: atKey(condition), text: JSON.stringify(`${name}/${hole('tag-key')}`) }],
          },
        ],
      });
    },
  },
});
