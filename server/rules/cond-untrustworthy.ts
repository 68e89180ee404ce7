import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { globalConditionKeys } from './support/condition-sources.ts';
import { atKey, factOf } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

export const condUntrustworthy = rule({
  id: 'cond-untrustworthy',
  group: 'exposure',
  kinds: policyKinds,
  title: 'a condition on what any caller can make up',
  documentation: {
    what: 'A condition on `aws:Referer` or `aws:UserAgent`.',
    why: 'Both are headers that the caller writes. Whoever knows the policy sends what it asks for, or leaves out what it forbids.',
    bad: keyPolicyWithCondition('"StringLike": { "aws:UserAgent": "orders/*" }'),
    good: keyPolicyWithCondition('"StringEquals": { "aws:PrincipalTag/team": "orders" }'),
    sources: [globalConditionKeys, policyChecks],
  },
  check: {
    condition(condition, _, { report }) {
      const name = factOf(condition)?.name.toLowerCase();
      if (name !== 'aws:referer' && name !== 'aws:useragent') return;
      report({
        at: atKey(condition),
        message: `\`${condition.key.text}\` is what the caller says of itself`,
        why: 'anybody can make it up, so it keeps nobody out',
        next: 'test the caller or the network by keys such as `aws:PrincipalArn` or `aws:SourceVpce`',
      });
    },
  },
});
