import { expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports `IfExists` on keys that say who or from where', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "StringEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5", "kms:EncryptionContext:stage": "prod" },
//                                ^^^^^^^^^^^^^^^^^^^^ cond-ifexists-weakens: \`StringEqualsIfExists\` lets in requests without \`aws:PrincipalOrgID\`; only those that have the key are tested; use \`StringEquals\` if the key is meant to be there
//                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cond-ifexists-weakens
        "IpAddressIfExists": { "aws:SourceIp": "203.0.113.0/24" }
//                             ^^^^^^^^^^^^^^ cond-ifexists-weakens: use \`IpAddress\`
      `),
  );
});

test.each([
  '"StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }',
  '"StringEqualsIfExists": { "kms:CallerAccount": "111122223333", "aws:RequestTag/team": "x", "s3:prefix": "x" }',
  '"StringEqualsIfExists": { "aws:SourceVpce": "vpce-0a1b2c3d" }, "Null": { "aws:SourceVpce": "false" }',
  '"StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});

test('leaves a `Deny` alone', () => {
  expect(found('"StringEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }', { effect: 'Deny' })).toEqual([]);
});

test('offers the plain operator', () => {
  const members = '"StringEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }';
  expect(mended(members, 'change to `StringEquals`')).toEqual({
    StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
  });
  expect(titles(members)).toEqual(['change to `StringEquals`']);
});
