import { describe, expect, test } from 'vitest';
import { mended, messages, titles } from '../found.ts';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const statement = (principal: string): string =>
  policyOf(`
    { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*",
      ${principal}
    }`);

const ofAws = (text: string): string => statement(`"Principal": { "AWS": ${JSON.stringify(text)} }`);

describe('reports', () => {
  test('a bare text, and where it should go', () => {
    const text = statement(`"Principal": "arn:aws:iam::111122223333:role/App"
      //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ principal-format: stands where only \`"*"\` may; AWS rejects the policy; put it into an object`);
    check('a.key-policy.json', text);
    const result = fixed('a.key-policy.json', text, 'change to `{ "AWS": "arn:aws:iam::111122223333:role/App" }`');
    expect(JSON.parse(result).Statement[0].Principal).toEqual({ AWS: 'arn:aws:iam::111122223333:role/App' });
    expect(ruleIds('a.key-policy.json', result)).toEqual([]);
  });

  test('a member of another name', () => {
    const text = statement(`"Principal": { "aws": "111122223333", "Group": "x", "Service": "s3.amazonaws.com" }
      //             ^^^^^ principal-format: \`aws\` is no kind of principal; AWS rejects the policy; write \`AWS\`
      //                                    ^^^^^^^ principal-format: \`Group\` is no kind of principal`);
    check('a.key-policy.json', text);
    expect(fixed('a.key-policy.json', text, 'change to `AWS`')).toContain('{ "AWS": "111122223333"');
    expect(titles('principal-format', 'a.key-policy.json', text)).toEqual(['change to `AWS` (safe)']);
  });

  test('a name that is taken is not offered', () => {
    const text = statement('"Principal": { "AWS": "111122223333", "aws": "444455556666" }');
    expect(ruleIds('a.key-policy.json', text)).toEqual(['principal-format']);
    expect(titles('principal-format', 'a.key-policy.json', text)).toEqual([]);
  });

  test('at the characters that are wrong', () => {
    check(
      'a.key-policy.json',
      statement(`"Principal": { "AWS": [
        "arn:aws:iam::1111222233:root",
        //            ^^^^^^^^^^ principal-format: names the account \`1111222233\`, and accounts have twelve digits
        "arn:aws:iam:us-east-1:111122223333:role/App"
        //           ^^^^^^^^^ principal-format: names the Region \`us-east-1\`, and what belongs to IAM has none
      ] }`),
    );
  });

  test.each([
    ['', 'the principal is empty'],
    ['foo', 'names no principal'],
    ['s3.amazonaws.com', 'put it under `Service`'],
    ['AKIAIOSFODNN7EXAMPLE', 'an access key id names no principal'],
    ['arn:aws:iam::111122223333:policy/p', 'is nobody who calls AWS'],
    ['arn:aws:iam::111122223333:roles/App', 'write `role/App`'],
    ['arn:aws:sts::111122223333:assumed-role/App', 'names no session'],
    ['arn:aws:sts::111122223333:assumed-role/path/App/s', 'has the path of the role in it'],
    ['arn:aws:iam::111122223333:role/a b', 'cannot stand in a name of IAM'],
    ['arn:aws:s3:::bucket', 'is nobody who calls AWS'],
    ['arn:awss:iam::${Account}:root', 'is no partition of AWS'],
  ])('%s', (text, message) => {
    const [found, ...others] = messages('principal-format', 'a.key-policy.json', ofAws(text));
    expect(found).toContain(message);
    expect(others).toEqual([]);
  });
});

describe('leaves alone', () => {
  test.each([
    '*',
    '111122223333',
    'arn:aws:iam::111122223333:root',
    'arn:aws-cn:iam::111122223333:role/a/b/App',
    'arn:aws:iam::111122223333:user/me@example.com',
    'arn:aws:sts::111122223333:assumed-role/App/session',
    'arn:aws:sts::111122223333:federated-user/me',
    'arn:aws:iam::${AWS::AccountId}:root',
    '${Principal}',
    '<role-arn>',
    'AROAEXAMPLEID12345678',
    'arn:aws:iam::111122223333:role/*',
    'arn:aws:iam::111122223333:group/x',
    'arn:aws:sts::111122223333:role/x',
    'arn:aws:iam::${aws:PrincipalAccount}:root',
  ])('%s', (text) => {
    expect(ruleIds('a.key-policy.json', ofAws(text))).toEqual([]);
  });

  test.each([
    '"Principal": "*"',
    '"Principal": "${Principal}"',
    '"Principal": { "Service": "x" }',
    '"Principal": { "Federated": "x" }',
    '"Principal": { "Fn::If": ["a", { "AWS": "111122223333" }, { "AWS": "444455556666" }] }',
  ])('%s', (principal) => {
    expect(ruleIds('a.key-policy.json', statement(principal))).toEqual([]);
  });
});

describe('fixes', () => {
  test.each([
    ['1111-2222-3333', 'change to `111122223333` (safe)'],
    ['arn:aws:iam:111122223333:role/App', 'change to `arn:aws:iam::111122223333:role/App` (safe)'],
    [' arn:aws:iam::111122223333:root ', 'change to `arn:aws:iam::111122223333:root` (safe)'],
    ['arn:aws:iam::111122223333:Root', 'change to `arn:aws:iam::111122223333:root`'],
    ['s3.amazonaws.com', 'change to `{ "Service": "s3.amazonaws.com" }`'],
  ])('%s', (text, title) => {
    expect(titles('principal-format', 'a.key-policy.json', ofAws(text))).toContain(title);
    const result = mended('principal-format', 'a.key-policy.json', ofAws(text), title.replace(' (safe)', ''));
    expect(ruleIds('a.key-policy.json', result)).toEqual([]);
  });

  test('a resource control policy is not offered a principal that it cannot have', () => {
    expect(ruleIds('a.rcp.json', statement('"Principal": "111122223333"'))).toEqual(['principal-format']);
    expect(titles('principal-format', 'a.rcp.json', statement('"Principal": "111122223333"'))).toEqual([]);
  });
});
