import { expect, test } from 'vitest';
import { found, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports a variable in the name', () => {
  check(
    'a.iam-policy.json',
    withCondition(`
        "StringEquals": { "kms:EncryptionContext:\${aws:username}": "x" }
        //                                       ^^^^^^^^^^^^^^^ kms-variable-in-context-key: \`\${aws:username}\` stands for nothing in the name of a condition key; no request has such a key, so the statement never applies; write the key of the pair, and the variable as its value
      `),
  );
});

test.each([
  '"StringEquals": { "kms:EncryptionContext:user": "${aws:username}" }',
  '"StringEquals": { "kms:EncryptionContext:${Key}": "x" }',
  '"StringEquals": { "kms:EncryptionContext:{{ key }}": "x" }',
  '"StringEquals": { "aws:PrincipalTag/${aws:username}": "x" }',
])('leaves alone %s', (members) => {
  expect(found(members)).toEqual([]);
});
