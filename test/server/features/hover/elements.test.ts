import { describe, expect, test } from 'vitest';
import { hover, pointedAt, statement } from './harness.ts';

const KEY = 'orders.key-policy.json';

test('an element says what it is, whether it is needed and what can stand instead', () => {
  expect(hover(KEY, statement('"Prin$0cipal": "*"'))).toBe(`**\`Principal\`** · element of a statement

Who the statement is about: accounts, users, roles, sessions or services, never groups. In a key policy the account (\`…:root\`) hands the decision to IAM policies of that account, and \`"*"\` means every AWS identity in every account. In an RCP only \`"*"\` is possible.

| | |
|:---|:---|
| Needed | yes |
| Instead | \`NotPrincipal\`, never both |`);
});

test.each(['Version', 'Id', 'Statement'])('%s is an element of the policy', (name) => {
  expect(hover(KEY, `{ "$0${name}": [] }`)).toContain(`**\`${name}\`** · element of a policy`);
});

test.each(['Sid', 'Effect', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'])(
  '%s is an element of a statement',
  (name) => {
    expect(hover(KEY, statement(`"$0${name}": 1`))).toContain(`**\`${name}\`** · element of a statement`);
    expect(hover(KEY, `{ "$0${name}": 1 }`)).toBeUndefined();
  },
);

test('where an element is not allowed the hover says so', () => {
  expect(hover('a.iam-policy.json', statement('"Principal$0": "*"'))).toContain('not allowed in this kind of policy');
});

test.each([
  ['"Effect": "De$0ny"', 'and also for the root user'],
  ['"Effect": "Al$0low"', 'unless a Deny of any policy matches too'],
])('%s', (member, sentence) => {
  expect(hover(KEY, statement(member))).toContain(sentence);
});

test.each([
  ['2012-10-17', 'Policy variables such as `${aws:username}` are replaced.'],
  ['2008-10-17', 'Policy variables are plain text in it.'],
])('the version %s', (version, sentence) => {
  expect(hover(KEY, `{ "Version": "$0${version}", "Statement": [] }`)).toContain(sentence);
});

describe('the document as a whole, on its opening brace', () => {
  test.each([
    ['a.key-policy.json', 'The policy of one KMS key.'],
    ['a.iam-policy.json', 'What an identity may do'],
    ['a.scp.json', 'The most that identities'],
    ['a.rcp.json', 'The most that keys'],
    ['a.vpce-policy.json', 'What may pass through the VPC endpoint.'],
  ])('%s', (file, sentence) => {
    expect(hover(file, '$0{ "Statement": [] }')).toContain(sentence);
    expect(pointedAt(file, '$0{ "Statement": [] }')).toBe('{');
  });
});

test('of other documents nothing is said', () => {
  expect(hover('package.json', '{ "$0Version": "2012-10-17" }')).toBeUndefined();
});
