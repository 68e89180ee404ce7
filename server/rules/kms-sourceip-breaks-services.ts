import type { Condition, Statement } from '../../simulator/policy/document.ts';
import { type Fix, rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { globalConditionKeys } from './support/condition-sources.ts';
import { atKey, factOf } from './support/conditions.ts';
import { allows } from './support/home-account.ts';
import { kmsConditionKeys } from './support/sources.ts';

const DENY = { effect: 'Deny', principal: '"*"' } as const;
const ELSEWHERE = '"NotIpAddress": { "aws:SourceIp": "203.0.113.0/24" }';

export const kmsSourceipBreaksServices = rule({
  id: 'kms-sourceip-breaks-services',
  group: 'suspicious',
  kinds: ['key-policy'],
  title: 'a `Deny` by IP address that also stops services of AWS',
  documentation: {
    what: 'A `Deny` of encrypting or decrypting in a key policy for all IP addresses but some, without an exception for services.',
    why: 'When Amazon S3, Amazon EBS or Amazon RDS uses the key for somebody, the request comes from the address of the service. The `Deny` stops it, and with it their encrypted data.',
    spares:
      'Statements that also test `aws:ViaAWSService`, `aws:CalledVia`, `kms:ViaService` or `aws:PrincipalIsAWSService`, or the network by `aws:SourceVpc` or `aws:SourceVpce`.',
    bad: keyPolicyWithCondition(ELSEWHERE, DENY),
    good: keyPolicyWithCondition(`${ELSEWHERE},\n"Bool": { "aws:ViaAWSService": "false" }`, DENY),
    sources: [
      globalConditionKeys,
      kmsConditionKeys,
      {
        title: 'IAM User Guide: Deny access to AWS based on the source IP',
        url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-ip.html',
      },
    ],
  },
  check: {
    statement(statement, { report }) {
      const { effect, conditions } = statement;
      if (effect !== 'Deny') return;
      const condition = conditions.find(isElsewhere);
      if (!condition || conditions.some(minds) || !USED.some((name) => allows(statement, name))) return;
      report({
        at: atKey(condition),
        message: 'the `Deny` also stops services of AWS that use the key for somebody',
        why: 'their requests come from an address of the service',
        next: 'add `"Bool": { "aws:ViaAWSService": "false" }` if services may use the key',
        fixes: exception(statement),
      });
    },
  },
});

/** What services do with a key that encrypts their data. */
const USED: readonly string[] = ['Decrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom'];

function isElsewhere(condition: Condition): boolean {
  return condition.operator.base === 'NotIpAddress' && factOf(condition)?.name === 'aws:SourceIp';
}

/** Whether a condition tells services from others, or may do so once it is filled in. */
function minds({ key }: Condition): boolean {
  if (key.kind !== 'key') return true;
  return /^(?:aws:(?:viaawsservice|calledvia|principalisawsservice|sourcevpc)|kms:viaservice)/.test(key.lower);
}

function exception({ path, conditions }: Statement): Fix[] {
  if (conditions.some(({ operator }) => operator.text === 'Bool')) return [];
  const value = { 'aws:ViaAWSService': 'false' };
  return [
    {
      title: 'except requests of services',
      safe: false,
      edits: [{ op: 'set', path: [...path, 'Condition', 'Bool'], value }],
    },
  ];
}
