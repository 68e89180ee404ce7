import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { keyPolicyOverview, policyChecks } from './support/sources.ts';

const statement = (action: string): string => `
{
  "Sid": "Use for orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": ${action},
  "Resource": "*"
}`;

export const actionForeignServiceInKeyPolicy = rule({
  id: 'action-foreign-service-in-key-policy',
  group: 'invalid',
  kinds: ['key-policy'],
  yieldsTo: ['service-unknown'],
  title: 'an action of another service in a key policy',
  documentation: {
    what: 'An action such as `s3:GetObject` in a key policy.',
    why: 'A key policy is about a key of AWS KMS. Actions of other services do nothing in it.',
    spares: 'Wildcards in the name of the service.',
    bad: keyPolicyWith(statement('["kms:Decrypt", "s3:GetObject"]')),
    good: keyPolicyWith(statement('["kms:Decrypt"]')),
    sources: [keyPolicyOverview, policyChecks],
  },
  check: {
    action({ text, path, pattern }, { action }, { report }) {
      const { kind, service, everything } = pattern;
      if (kind !== 'pattern' || everything || service === 'kms' || /[*?]/.test(service)) return;
      report({
        at: { path },
        message: `\`${text}\` is no action of AWS KMS`,
        why: 'in a key policy it does nothing',
        next: 'remove it here, and allow it in an identity policy',
        fixes:
          1 < (action?.items.length ?? 0)
            ? [{ title: `remove \`${text}\``, safe: true, edits: [{ op: 'remove', path }] }]
            : [],
      });
    },
  },
});
