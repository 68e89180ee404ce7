import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { policyVariables } from './support/condition-sources.ts';
import { effectWithoutKey } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { kmsConditionKeys } from './support/sources.ts';

export const kmsVariableInContextKey = rule({
  id: 'kms-variable-in-context-key',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a policy variable in the name of an encryption context key',
  documentation: {
    what: 'A policy variable after `kms:EncryptionContext:`, such as `kms:EncryptionContext:${aws:username}`.',
    why: 'AWS puts values in the place of variables in the values of conditions and in `Resource`, never in the names of condition keys. No request has a pair whose key is the variable itself.',
    spares: 'Variables in values, and template expressions, which are filled in before AWS sees the policy.',
    bad: keyPolicyWithCondition('"StringEquals": { "kms:EncryptionContext:${aws:PrincipalTag/team}-stage": "prod" }'),
    good: keyPolicyWithCondition('"StringEquals": { "kms:EncryptionContext:stage": "${aws:PrincipalTag/team}-prod" }'),
    sources: [policyVariables, kmsConditionKeys],
  },
  check: {
    condition(condition, statement, { report }) {
      const { key } = condition;
      const problem = key.problems.find(({ code }) => code === 'policy-variable');
      if (!problem || key.kind !== 'malformed' || key.stem !== 'kms:encryptioncontext:') return;
      report({
        at: { path: condition.path, part: 'key', span: problem.span },
        message: `\`${key.text.slice(problem.span.start, problem.span.end)}\` stands for nothing in the name of a condition key`,
        why: `no request has such a key, ${effectWithoutKey(condition, statement)}`,
        next: 'write the key of the pair, and the variable as its value',
      });
    },
  },
});
