import { rule } from './rule.ts';
import { identityPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage, policyChecks } from './support/sources.ts';

const statement = (action: string): string => `
{
  "Sid": "UseOrders",
  "Effect": "Allow",
  "Action": "${action}",
  "Resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}`;

export const serviceWildcard = rule({
  id: 'service-wildcard',
  group: 'style',
  kinds: policyKinds,
  title: 'a wildcard in the name of the service',
  documentation: {
    what: 'An action such as `k*:Decrypt`, whose service is a pattern that covers `kms`.',
    why: 'It covers services that nobody thought of, and those that AWS will add.',
    spares: 'The bare `*`, which says what it means.',
    bad: identityPolicyWith(statement('k*:Decrypt')),
    good: identityPolicyWith(statement('kms:Decrypt')),
    sources: [elementPage('action'), policyChecks],
  },
  check: {
    action({ text, path, pattern }, _statement, { report }) {
      const { kind, service, serviceSpan, name, everything } = pattern;
      if (kind !== 'pattern' || everything || !/[*?]/.test(service) || !coversKms(service)) return;
      report({
        at: { path, span: serviceSpan },
        message: `\`${text}\` has a wildcard in the name of the service`,
        why: 'it covers other services than KMS, those that AWS will add included',
        next: `write \`kms:${name}\``,
        fixes: [
          {
            title: `change to \`kms:${name}\``,
            safe: false,
            edits: [{ op: 'replace', place: { path }, text: JSON.stringify(`kms:${name}`) }],
          },
        ],
      });
    },
  },
});

function coversKms(service: string): boolean {
  const pattern = service.replaceAll('*', '.*').replaceAll('?', '.');
  return /^[a-z.*-]*$/.test(pattern) && new RegExp(`^${pattern}$`).test('kms');
}
