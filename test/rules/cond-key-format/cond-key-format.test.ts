import { describe, expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports keys that are not written as such', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "StringEquals": { "CallerAccount": "111122223333", "kms: CallerAccount": "111122223333" },
//                        ^^^^^^^^^^^^^^^ cond-key-format: \`CallerAccount\` does not say whose condition key it is; no request has such a key, so the statement never applies; write it as \`service:Name\`
//                                                         ^^^^^^^^^^^^^^^^^^^^ cond-key-format: the condition key \`kms: CallerAccount\` has a space in it
        "StringNotEquals": { "aws:": "x", ":ViaService": "x" },
//                           ^^^^^^ cond-key-format: \`aws:\` has no name after its colon; no request has such a key, so the condition restricts nothing
//                                        ^^^^^^^^^^^^^ cond-key-format: has no service before its colon
        "StringLike": { "aws:PrincipalTag:team": "x", "aws:PrincipalTag/\${aws:username}": "x" }
//                      ^^^^^^^^^^^^^^^^^^^^^^^ cond-key-format: has the wrong separator before its last part
//                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cond-key-format: has a policy variable in it; no request has such a key, so the statement never applies; variables work in values alone
      `),
  );
});

describe('leaves alone', () => {
  test.each([
    '"StringEquals": { "aws:PrincipalTag": "x" }',
    '"StringEquals": { "aws:PrincipalTag/a b:c": "x" }',
    '"StringEquals": { "kms:EncryptionContext:a b/c": "x" }',
    '"StringEquals": { "<OIDC_provider>:sub": "x" }',
    '"StringEquals": { "token.actions.githubusercontent.com:sub": "x" }',
    '"StringEquals": { "Fn::Transform": "x" }',
    '"kms:ViaService": { "StringEquals": "x" }',
  ])('%s', (members) => {
    expect(found(members)).toEqual([]);
  });
});

describe('fixes', () => {
  test('put the service in front', () => {
    expect(titles('"StringEquals": { "CallerAccount": "111122223333" }')).toEqual(['change to `kms:CallerAccount`']);
    expect(titles('"StringEquals": { ":PrincipalOrgID": "o-a1b2c3d4e5" }')).toEqual(['change to `aws:PrincipalOrgID`']);
  });

  test('put the right separator', () => {
    expect(mended('"StringEquals": { "aws:PrincipalTag:team": "x" }', 'change to `aws:PrincipalTag/team`')).toEqual({
      StringEquals: { 'aws:PrincipalTag/team': 'x' },
    });
  });

  test('are not guessed', () => {
    expect(titles('"StringEquals": { "team": "x" }')).toEqual([]);
  });
});
