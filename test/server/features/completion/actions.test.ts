import { describe, expect, test } from 'vitest';
import { actionNames } from '../../../../simulator/facts/actions.ts';
import { labels, offered, statement, taken } from './harness.ts';

const KEY = 'a.key-policy.json';
const USUAL = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*', 'kms:DescribeKey'];

describe('actions', () => {
  test.each(['"Action": "$0"', '"Action": ["$0"]', '"Action": $0', '"NotAction": "$0"', '"Action": [$0]'])(
    'the usual ones come first: %s',
    (members) => {
      expect(labels(KEY, statement(members))?.slice(0, 5)).toEqual(USUAL);
    },
  );

  test('a key policy is only offered what a key policy can allow', () => {
    const found = labels(KEY, statement('"Action": "$0"'));
    expect(found).toContain('kms:PutKeyPolicy');
    for (const absent of ['kms:ListKeys', 'kms:CreateKey', 'kms:GenerateRandom', 'kms:ListAliases'])
      expect(found).not.toContain(absent);
  });

  test.each(['a.iam-policy.json', 'a.scp.json', 'a.rcp.json', 'a.vpce-policy.json'])('%s is offered all', (file) => {
    const found = labels(file, statement('"Action": "$0"')) ?? [];
    for (const name of actionNames) expect(found).toContain(`kms:${name}`);
  });

  test('the patterns that AWS documents, each action once', () => {
    const found = labels(KEY, statement('"Action": "$0"')) ?? [];
    expect(found).toEqual(expect.arrayContaining(['kms:*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*']));
    expect(new Set(found).size).toBe(found.length);
  });

  test('what a list has already is not offered, what stands in it at the cursor is', () => {
    const found = labels(KEY, statement('"Action": ["kms:Decrypt", "kms:encrypt", "kms:Sign$0"]'));
    expect(found).not.toContain('kms:Decrypt');
    expect(found).not.toContain('kms:Encrypt');
    expect(found).toContain('kms:Sign');
  });

  test('what an Allow on a key cannot give comes last', () => {
    const last = labels(KEY, statement('"Effect": "Allow", "Action": "$0"'))?.slice(-2);
    expect(last).toEqual(['kms:RetireGrant', 'kms:SynchronizeMultiRegionKey']);
  });

  test("a service principal brings its recipe's actions to the top", () => {
    const found = labels(KEY, statement('"Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": ["$0"]'));
    expect(found?.slice(0, 3)).toEqual(['kms:GenerateDataKey*', 'kms:DescribeKey', 'kms:Decrypt']);
  });

  test('say what kind of access they are', () => {
    const found = offered(KEY, statement('"Action": "$0"'));
    expect(found?.find(({ offer }) => offer.label === 'kms:CreateGrant')?.offer.note).toBe(
      'Permissions management, Write',
    );
    expect(found?.find(({ offer }) => offer.label === 'kms:ReEncrypt*')?.offer.note).toBe('2 actions');
  });

  test('replace the whole string inside its quotes', () => {
    expect(taken(KEY, statement('"Action": "kms:De$0scribeKey"'), 'kms:Decrypt')).toBe(
      statement('"Action": "kms:Decrypt"'),
    );
  });
});
