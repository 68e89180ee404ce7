import { expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import { check, findings, policyOf, ruleIds } from '../harness.ts';

const file = 'a.iam-policy.json';
const of = (action: string, rest = ''): string =>
  policyOf(`{ "Effect": "Allow", "Action": ${action}, "Resource": "*"${rest} }`);

test('reports changing every key of the account', () => {
  check(
    file,
    policyOf(`
    { "Effect": "Allow", "Action": "kms:ScheduleKeyDeletion", "Resource": "*" }
    //                                                                    ^^^ resource-star: \`*\` is every key of the account
    `),
  );
  expect(ruleIds(file, of('["kms:ListKeys", "kms:TagResource"]'))).toEqual(['resource-star']);
});

test('is silent where every account is meant, of which another rule speaks', () => {
  const document = new SourceDocument({ uri: file, text: of('["kms:Decrypt", "kms:ScheduleKeyDeletion"]') });
  const ids = findings(document).map(({ rule }) => rule.id);
  expect(ids).toContain('kms-star-resource-crossaccount');
  expect(ids).not.toContain('resource-star');
});

test.each([
  of('["kms:List*", "kms:DescribeKey", "kms:GetKeyPolicy"]'),
  of('["kms:CreateKey", "kms:GenerateRandom"]'),
  of('"s3:DeleteObject"'),
  of('"kms:PutKeyPolicy"').replace('Allow', 'Deny'),
  of('"kms:PutKeyPolicy"').replace('"*"', '"${Key}"'),
  of('"kms:PutKeyPolicy"', ', "Condition": { "StringEquals": { "aws:ResourceTag/team": "orders" } }'),
])('leaves alone: %s', (text) => {
  expect(ruleIds(file, text)).toEqual([]);
});
