import { findServicePrincipal } from '../../simulator/facts/service-principals.ts';
import { hole } from './holes.ts';
import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';

const statement = (service: string): string => `
{
  "Sid": "Encrypt log groups",
  "Effect": "Allow",
  "Principal": { "Service": "${service}" },
  "Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
  "Resource": "*",
  "Condition": {
    "ArnLike": { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:111122223333:log-group:orders" }
  }
}`;

export const kmsServicePrincipalRegion = rule({
  id: 'kms-service-principal-region',
  group: 'suspicious',
  kinds: ['key-policy'],
  title: 'a service principal without its Region, or with one that it does not have',
  documentation: {
    what: '`logs.amazonaws.com`, which AWS names with the Region of the log groups, or `cloudtrail.us-east-1.amazonaws.com`, which has none.',
    why: 'A service calls under one name. A statement for another name, as alike as it may be, is for nobody.',
    spares:
      'Services that have regional names in some Regions, and services whose names AWS does not document in its recipes.',
    bad: keyPolicyWith(statement('logs.amazonaws.com')),
    good: keyPolicyWith(statement('logs.us-east-1.amazonaws.com')),
    sources: [
      {
        title: 'Amazon CloudWatch Logs User Guide: Encrypt log data in CloudWatch Logs using AWS KMS',
        url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
      },
    ],
  },
  check: {
    principal({ text, path, pattern }, { effect, principal }, { report }) {
      if (pattern.kind !== 'service' || effect !== 'Allow' || principal?.negated) return;
      const replace = (title: string, name: string) => [
        { title, safe: false, edits: [{ op: 'replace' as const, place: { path }, text: JSON.stringify(name) }] },
      ];
      if (findServicePrincipal(text)?.lacksRegion) {
        report({
          at: { path },
          message: `\`${text}\` lacks a Region`,
          why: 'the service calls under a name with the Region in it, so the statement is for nobody',
          next: `write \`${pattern.service}.us-east-1.amazonaws.com\` with the Region of the key`,
          fixes: replace('put a Region in', `${pattern.service}.${hole('us-east-1')}.amazonaws.com`),
        });
      } else if (pattern.region !== undefined && WITHOUT_REGION.has(pattern.service)) {
        const plain = text.replace(`.${pattern.region}.`, '.');
        report({
          at: { path },
          message: `\`${text}\` has a Region, and the service principal has none`,
          why: 'the service calls under the same name everywhere, so the statement is for nobody',
          next: `write \`${plain}\``,
          fixes: replace(`change to \`${plain}\``, plain),
        });
      }
    },
  },
});

/** Services that AWS documents under one name for all Regions, those that one opts into included. */
const WITHOUT_REGION: ReadonlySet<string> = new Set(['cloudtrail', 'cloudfront', 'dnssec-route53', 'budgets']);
