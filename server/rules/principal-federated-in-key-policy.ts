import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { elementPage, keyPolicyOverview, policyChecks } from './support/sources.ts';

const statement = (principal: string): string => `
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": ${principal},
  "Action": "kms:Decrypt",
  "Resource": "*"
}`;

export const principalFederatedInKeyPolicy = rule({
  id: 'principal-federated-in-key-policy',
  group: 'invalid',
  kinds: ['key-policy'],
  title: 'an identity provider as a principal of a key',
  documentation: {
    what: 'A member `Federated` of a `Principal` in a key policy, or the ARN of an identity provider under `AWS`.',
    why:
      'An identity provider only stands in the trust policy of a role. Whoever signs in through it calls AWS KMS as a ' +
      'session of that role, and a key policy that names the provider itself is rejected.',
    spares:
      'Trust policies of roles, which are no key policies, and sessions of federated users as `arn:aws:sts::…:federated-user/…`.',
    bad: keyPolicyWith(statement('{ "Federated": "arn:aws:iam::111122223333:saml-provider/Example" }')),
    good: keyPolicyWith(statement('{ "AWS": "arn:aws:iam::111122223333:role/Orders" }')),
    sources: [elementPage('principal'), keyPolicyOverview, policyChecks],
  },
  check: {
    principal({ text, path, type, pattern }, _statement, { report }) {
      const isProvider = pattern.problems.some(({ detail }) => detail === 'Federated');
      if (type !== 'Federated' && !isProvider) return;
      report({
        at: { path },
        message: `the identity provider \`${text}\` cannot be a principal of a key policy`,
        why: 'who signs in through it calls as a session of a role',
        next: 'name that role under `AWS`',
      });
    },
  },
});
