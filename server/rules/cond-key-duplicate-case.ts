import type { Condition } from '../../simulator/policy/document.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { atKey } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage, policyChecks } from './support/sources.ts';

export const condKeyDuplicateCase = rule({
  id: 'cond-key-duplicate-case',
  group: 'invalid',
  kinds: policyKinds,
  yieldsTo: ['kms-context-key-case'],
  title: 'a condition key twice, in different capitals',
  documentation: {
    what: 'Two keys of one operator that differ in nothing but capitals.',
    why: 'Capitals do not count in condition keys, so AWS sees the same key twice and rejects the policy.',
    spares: 'The same key under two operators.',
    bad: keyPolicyWithCondition(`
"StringEquals": {
  "aws:PrincipalOrgID": "o-a1b2c3d4e5",
  "aws:principalorgid": "o-f6g7h8i9j0"
}`),
    good: keyPolicyWithCondition('"StringEquals": { "aws:PrincipalOrgID": ["o-a1b2c3d4e5", "o-f6g7h8i9j0"] }'),
    sources: [elementPage('condition'), policyChecks],
  },
  check: {
    statement({ conditions }, { report }) {
      if (new Set(conditions.map(({ key }) => key.lower)).size === conditions.length) return;
      const seen = new Map<string, Condition>();
      for (const condition of conditions) {
        const id = JSON.stringify([condition.operator.text, condition.key.lower]);
        const first = seen.get(id);
        if (!first) seen.set(id, condition);
        if (!first || first.key.text === condition.key.text || condition.key.kind === 'unknown') continue;
        report({
          at: atKey(condition),
          message: `\`${condition.key.text}\` and \`${first.key.text}\` are the same key`,
          why: 'capitals do not count in condition keys, and AWS rejects the policy',
          next: 'put all values under one of them',
          related: [{ place: atKey(first), message: 'the same key' }],
        });
      }
    },
  },
});
