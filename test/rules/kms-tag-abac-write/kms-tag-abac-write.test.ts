import { describe, expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

const TEAM = ', "Condition": { "StringEquals": { "aws:ResourceTag/Team": "a" } }';
const allow = (action: string, more = '', principal = ''): string =>
  `{ "Effect": "Allow", ${principal && `"Principal": { "AWS": "${principal}" }, `}"Action": ${action}, "Resource": "*"${more} }`;
const A = 'arn:aws:iam::111122223333:role/A';
const B = 'arn:aws:iam::111122223333:role/B';

describe('reports', () => {
  test('tagging beside a test of tags', () => {
    check(
      'a.iam-policy.json',
      policyOf(`
    { "Effect": "Allow", "Action": ["kms:DescribeKey", "kms:TagResource"], "Resource": "*" },
    //                                                 ^^^^^^^^^^^^^^^^^ kms-tag-abac-write: \`kms:TagResource\` sets what another statement tests with \`aws:ResourceTag/Team\`; whoever has both
    ${allow('"kms:Decrypt"', TEAM)}
  `),
    );
  });

  test('aliases, and the same principal of a key policy', () => {
    const alias = ', "Condition": { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/a" } }';
    expect(
      ruleIds('a.iam-policy.json', policyOf(`${allow('"kms:Sign"', alias)}, ${allow('"kms:UpdateAlias"')}`)),
    ).toHaveLength(1);
    const own = policyOf(`${allow('"kms:Sign"', TEAM, A)}, ${allow('"kms:TagResource"', '', A)}`);
    expect(ruleIds('a.key-policy.json', own)).toEqual(['kms-tag-abac-write']);
  });
});

describe('leaves alone', () => {
  test.each([
    [
      'tagging under a condition',
      'a.iam-policy.json',
      `${allow('"kms:Sign"', TEAM)}, ${allow('"kms:TagResource"', TEAM)}`,
    ],
    ['tagging alone', 'a.iam-policy.json', `${allow('"kms:Sign"')}, ${allow('"kms:TagResource"')}`],
    [
      'aliases beside a test of tags',
      'a.iam-policy.json',
      `${allow('"kms:Sign"', TEAM)}, ${allow('"kms:CreateAlias"')}`,
    ],
    [
      'tests of the caller',
      'a.iam-policy.json',
      `${allow('"kms:Sign"', TEAM.replace('Resource', 'Principal'))}, ${allow('"kms:TagResource"')}`,
    ],
    ['another principal', 'a.key-policy.json', `${allow('"kms:Sign"', TEAM, A)}, ${allow('"kms:TagResource"', '', B)}`],
    [
      'a Deny',
      'a.iam-policy.json',
      `${allow('"kms:Sign"', TEAM)}, ${allow('"kms:TagResource"').replace('Allow', 'Deny')}`,
    ],
  ])('%s', (_, file, statements) => {
    expect(ruleIds(file, policyOf(statements))).toEqual([]);
  });
});
