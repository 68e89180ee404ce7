import { expect, test } from 'vitest';
import { found, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const role = { principal: '{ "AWS": "arn:aws:iam::111122223333:role/Orders" }' };
const user = {
  principal: '{ "AWS": ["arn:aws:iam::111122223333:role/Orders", "arn:aws:iam::111122223333:user/Ann"] }',
};
const OWN = '"StringEquals": { "kms:EncryptionContext:user": "${aws:username}" }';

test('reports the variable', () => {
  check(
    'a.key-policy.json',
    withCondition(
      `
        "StringEquals": { "kms:EncryptionContext:user": "\${aws:username}" }
        //                                              ^^^^^^^^^^^^^^^^^ kms-username-for-roles: sessions of roles have no \`\${aws:username}\`; without a value for the variable the comparison fails; use \`\${aws:PrincipalTag/…}\` or \`\${aws:userid}\`
      `,
      role,
    ),
  );
});

test('reports the condition key', () => {
  check(
    'a.key-policy.json',
    withCondition(
      `
        "StringLike": { "aws:username": "ann-*" }
        //              ^^^^^^^^^^^^^^ kms-username-for-roles: sessions of roles have no \`aws:username\`; it is missing, so the statement never applies; test \`aws:PrincipalTag/…\` or \`aws:userid\`
      `,
      role,
    ),
  );
});

test.each([
  '"StringEquals": { "kms:EncryptionContext:user": "${aws:username, \'nobody\'}" }',
  '"StringEquals": { "kms:EncryptionContext:user": "${aws:userid}" }',
  '"StringNotEquals": { "kms:EncryptionContext:user": "${aws:username}" }',
  '"StringNotEquals": { "aws:username": "ann" }',
  '"StringEqualsIfExists": { "aws:username": "ann" }',
])('leaves alone %s', (members) => {
  expect(found(members, role)).toEqual([]);
});

test('leaves alone statements that name anybody else', () => {
  expect(found(OWN, user)).toEqual([]);
  expect(found(OWN)).toEqual([]);
  expect(found(OWN, { principal: '"*"' })).toEqual([]);
});

test('the fix asks for a tag', () => {
  expect(titles(OWN, role)).toEqual(['use a tag of the role or session']);
});
