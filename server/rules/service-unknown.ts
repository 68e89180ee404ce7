import { findAction } from '../../simulator/facts/actions.ts';
import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage, policyChecks } from './support/sources.ts';

export const serviceUnknown = rule({
  id: 'service-unknown',
  group: 'invalid',
  kinds: policyKinds,
  title: 'an action of AWS KMS under a service that does not exist',
  documentation: {
    what: 'An action of AWS KMS whose service is misspelt: `km:Decrypt`.',
    why: 'There is no such service, so the entry does nothing.',
    spares:
      'Every other service: only a name one slip from `kms` before an action that AWS KMS has is taken for a mistake.',
    bad: keyPolicyWith(`
{
  "Sid": "Use for orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "km:Decrypt",
  "Resource": "*"
}`),
    good: keyPolicyWith(`
{
  "Sid": "Use for orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:Decrypt",
  "Resource": "*"
}`),
    sources: [elementPage('action'), policyChecks],
  },
  check: {
    action({ text, path, pattern }, _statement, { report }) {
      const { kind, service, name, serviceSpan } = pattern;
      if (kind !== 'pattern' || !isSlipOfKms(service) || !findAction(name)) return;
      report({
        at: { path, span: serviceSpan },
        message: `no service of AWS is called \`${service}\``,
        why: 'the entry does nothing',
        next: `write \`kms:${name}\``,
        fixes: [
          {
            title: `change to \`kms:${name}\``,
            safe: false,
            edits: [{ op: 'replace', place: { path }, text: JSON.stringify(text.replace(/^[^:]*/, 'kms')) }],
          },
        ],
      });
    },
  },
});

/** Services that are one slip away and exist. */
const NEIGHBOURS = new Set(['dms', 'fms', 'sms']);

/** One letter wrong, missing or too many, or two swapped. */
function isSlipOfKms(service: string): boolean {
  if (NEIGHBOURS.has(service) || service === 'kms' || !/^[a-z]{2,4}$/.test(service)) return false;
  return /^(?:km|ks|ms|[a-z]?kms|k[a-z]ms|km[a-z]s|kms[a-z]|[a-z]ms|k[a-z]s|km[a-z]|mks|ksm)$/.test(service);
}
