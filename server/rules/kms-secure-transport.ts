import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { globalConditionKeys } from './support/condition-sources.ts';
import { atKey, factOf } from './support/conditions.ts';

const DENY = { effect: 'Deny', principal: '"*"' } as const;

export const kmsSecureTransport = rule({
  id: 'kms-secure-transport',
  group: 'style',
  kinds: ['key-policy'],
  title: 'a `Deny` of requests without TLS, which AWS KMS never gets',
  documentation: {
    what: 'A `Deny` in a key policy that applies where `aws:SecureTransport` is `false`.',
    why: 'The endpoints of AWS KMS take TLS alone, so there is no such request. The statement is harmless, and does nothing.',
    spares: 'Other kinds of policy, which may be about services that do take requests without TLS.',
    bad: keyPolicyWithCondition('"Bool": { "aws:SecureTransport": "false" }', DENY),
    good: keyPolicyWithCondition('"StringEquals": { "aws:PrincipalType": "FederatedUser" }', DENY),
    sources: [
      globalConditionKeys,
      {
        title: 'AWS KMS Developer Guide: Infrastructure security in AWS Key Management Service',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/infrastructure-security.html',
      },
    ],
  },
  check: {
    condition(condition, { effect, path }, context) {
      const { operator, values } = condition;
      if (effect !== 'Deny' || operator.base !== 'Bool' || operator.set) return;
      if (factOf(condition)?.name !== 'aws:SecureTransport') return;
      const [only, ...others] = values;
      if (only?.text.toLowerCase() !== 'false' || 0 < others.length) return;
      const isOneOfSeveral = typeof path.at(-1) === 'number' && 1 < (context.policy?.statements.length ?? 0);
      context.report({
        at: atKey(condition),
        message: 'AWS KMS gets no request without TLS',
        why: 'its endpoints take nothing else, so the `Deny` never applies',
        next: 'remove the statement, or keep it for a reader who asks for it',
        fixes: isOneOfSeveral ? [{ title: 'remove the statement', safe: false, edits: [{ op: 'remove', path }] }] : [],
        tags: ['unnecessary'],
      });
    },
  },
});
