import { describe, expect, test } from 'vitest';
import { outcome, titles } from './offers.ts';

const KEY_POLICY = 'file:///orders.key-policy.json';
const IAM_POLICY = 'file:///orders.iam-policy.json';

const policy = (statements: string): string => `{
  "Version": "2012-10-17",
  "Statement": ${statements}
}
`;
const account = `{
      "Sid": "Let IAM policies decide",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::999988887777:root" },
      "Action": "kms:*",
      "Resource": "*"
    }`;
const lone = account.replaceAll('\n  ', '\n');
const lend = `{
      "Sid": "Lend the key to AWS services",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::999988887777:role/Application" },
      "Action": ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
      "Resource": "*",
      "Condition": { "Bool": { "kms:GrantIsForAWSResource": "true" } }
    }`;

const TITLE = 'Add a statement: grants for AWS services';

describe('a statement for somebody', () => {
  test('goes to the end, for the account that the policy names', () => {
    expect(outcome(KEY_POLICY, policy(`[¦\n    ${account}\n  ]`), TITLE)).toBe(
      policy(`[\n    ${account},\n    ${lend}\n  ]`),
    );
  });

  test('makes a list of a lone one', () => {
    expect(outcome(KEY_POLICY, policy(`¦${lone}`), TITLE)).toBe(policy(`[\n    ${account},\n    ${lend}\n  ]`));
  });

  test('is the first of an empty list', () => {
    const made = outcome(IAM_POLICY, policy('[¦]'), 'Add a statement: list keys');
    expect(made).toBe(
      policy(`[
    {
      "Sid": "ListKeys",
      "Effect": "Allow",
      "Action": ["kms:ListKeys", "kms:ListAliases"],
      "Resource": "*"
    }
  ]`),
    );
  });

  test('keeps comments, tabs and Windows line ends', () => {
    const text = policy(`[¦\n    ${account} // the account\n  ]`).replaceAll('  ', '\t').replaceAll('\n', '\r\n');
    const made = outcome(KEY_POLICY, text, TITLE);
    expect(made).toBe(
      policy(`[\n    ${account}, // the account\n    ${lend}\n  ]`).replaceAll('  ', '\t').replaceAll('\n', '\r\n'),
    );
  });

  test('stands on one line where all of the policy does', () => {
    const made = outcome(KEY_POLICY, `¦${JSON.stringify(JSON.parse(policy(`[${account}]`)))}`, TITLE);
    expect(made).not.toContain('\n');
    expect(JSON.parse(made)).toEqual(JSON.parse(policy(`[${account}, ${lend}]`)));
  });

  test('keeps the escapes of the output of get-key-policy', () => {
    const inner = policy(`[\n    ${account}\n  ]`);
    const output = (text: string): string => JSON.stringify({ Policy: text, PolicyName: 'default' }, null, 4);
    const made = outcome(KEY_POLICY, `¦${output(inner)}`, TITLE);
    expect(made).toBe(output(policy(`[\n    ${account},\n    ${lend}\n  ]`)));
  });

  test('gets a Sid of its own', () => {
    const made = outcome(KEY_POLICY, policy(`[¦${account}, ${lend.replace('Application', 'Other')}]`), TITLE);
    expect(made).toContain('"Sid": "Lend the key to AWS services 2"');
  });

  test('is offered for whom and what people add most', () => {
    expect(titles(KEY_POLICY, policy(`[¦${account}]`), 'add-statement')).toEqual([
      'Add a statement: administrators',
      'Add a statement: users',
      'Add a statement: grants for AWS services',
      'Add a statement: another account',
      'Add a statement: CloudTrail',
      'Add a statement: CloudWatch Logs',
      'Add a statement: S3 event notifications',
      'Add a statement: SNS to SQS',
    ]);
    expect(titles(IAM_POLICY, policy('[¦]'), 'add-statement')).toEqual([
      'Add a statement: use a key',
      'Add a statement: use a key through a service',
      'Add a statement: grants for AWS services',
      'Add a statement: list keys',
    ]);
  });

  test.each([
    ['in a text that is being written', KEY_POLICY, policy(`[¦${account}, { "Sid": ]`)],
    ['without a place for it', KEY_POLICY, '{ ¦"Version": "2012-10-17" }'],
    ['in a text that is longer than AWS takes', KEY_POLICY, `¦${policy('[]')}${' '.repeat(70_000)}`],
    ['in other kinds of policies', 'file:///orders.scp.json', policy('[¦]')],
    ['in a string that is not whole', KEY_POLICY, '{ ¦"Policy": "{ \\"Statement\\": [", "PolicyName": "default" }'],
  ])('is not offered %s', (_, uri, text) => {
    expect(titles(uri, text, 'add-statement')).toEqual([]);
  });

  test('is offered unasked between statements alone', () => {
    const unasked = { isAsked: false };
    expect(titles(KEY_POLICY, policy(`[¦\n ${account}]`), 'add-statement', unasked)).not.toEqual([]);
    expect(
      titles(KEY_POLICY, policy(`[\n ${account.replace('"Allow"', '"¦Allow"')}]`), 'add-statement', unasked),
    ).toEqual([]);
    expect(titles(KEY_POLICY, `¦${policy(`[${account}]`)}`, 'add-statement', unasked)).toEqual([]);
  });
});

describe('the account', () => {
  const admin = account.replace(':root', ':role/Admin').replace('Let IAM policies decide', 'Administer');

  test('is added where no statement lets it in', () => {
    const made = outcome(KEY_POLICY, policy(`[\n    ${admin}¦\n  ]`), 'Add the account, so that IAM policies count');
    expect(JSON.parse(made).Statement[1]).toEqual({
      Sid: 'Enable IAM policies',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::999988887777:root' },
      Action: 'kms:*',
      Resource: '*',
    });
  });

  test('is that of the configuration, where one is told', () => {
    const title = 'Add the account, so that IAM policies count';
    const partner = lend.replace('role/Application', 'role/Partner');
    const own = admin.replaceAll('999988887777', '222233334444');
    const made = outcome(KEY_POLICY, policy(`[¦${partner}, ${own}]`), title, { facts: { account: '222233334444' } });
    expect(made).toContain('222233334444:root');
  });

  test.each([
    ['it is there', account],
    ['everyone is let in', account.replace('{ "AWS": "arn:aws:iam::999988887777:root" }', '"*"')],
    ['somebody is a placeholder', account.replace('arn:aws:iam::999988887777:root', '${Admin}')],
  ])('is not added where %s', (_, statement) => {
    expect(titles(KEY_POLICY, policy(`[¦${statement}]`), 'add-account')).toEqual([]);
  });
});
