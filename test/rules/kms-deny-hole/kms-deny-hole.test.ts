import { expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check, ruleIds } from '../harness.ts';

const deny = (...actions: readonly string[]) => ({ effect: 'Deny', action: JSON.stringify(actions) });

test('reports one value more, and tests for any', () => {
  const text = withCondition(
    `"ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] }
    //                                 ^^^^^^^^^^^^^^^^^^^^^ kms-deny-hole: the \`Deny\` does not apply to requests that name one more value for \`kms:GrantOperations\`; \`ForAllValues:StringEquals\` holds only while all of them are in the list; use \`ForAnyValue:StringEquals\``,
    deny('kms:CreateGrant'),
  );
  check('a.key-policy.json', text);
  const members = '"ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] }';
  const title = 'change to `ForAnyValue:StringEquals`';
  expect(titles(members, deny('kms:CreateGrant'))).toEqual([title]);
  expect(mended(members, title, deny('kms:CreateGrant'))).toEqual({
    'ForAnyValue:StringEquals': { 'kms:GrantOperations': ['Decrypt'] },
  });
});

test('reports the id of the key in place of its alias', () => {
  const text = withCondition(
    `"StringEquals": { "kms:RequestAlias": "alias/prod" }
    //                    ^^^^^^^^^^^^^^^^^^ kms-deny-hole: the \`Deny\` does not apply to requests that name the key by its id or ARN; they have no \`kms:RequestAlias\`, though they use the same key; deny requests without \`kms:RequestAlias\` as well, or test something else`,
    deny('kms:Decrypt'),
  );
  check('a.key-policy.json', text);
});

test.each([
  ['the model left out', '"StringEquals": { "kms:ExpirationModel": "KEY_MATERIAL_EXPIRES" }', 'kms:ImportKeyMaterial'],
  ['no date', '"NumericGreaterThan": { "kms:ValidTo": "1893456000" }', 'kms:ImportKeyMaterial'],
  ['no constraint', '"StringEquals": { "kms:GrantConstraintType": "EncryptionContextSubset" }', 'kms:CreateGrant'],
  ['no pair', '"StringEquals": { "kms:EncryptionContext:Stage": "Restricted" }', 'kms:CreateGrant'],
  ['no key', '"ForAnyValue:StringEquals": { "kms:EncryptionContextKeys": "Stage" }', 'kms:CreateGrant'],
  ['one more tag', '"ForAllValues:StringEquals": { "aws:TagKeys": ["Owner"] }', 'kms:TagResource'],
])('reports %s', (_, members, action) => {
  expect(found(members, deny(action))).toEqual(['kms-deny-hole']);
});

test.each([
  [
    'the encryption context as the guide of AWS has it',
    '"StringEquals": { "kms:EncryptionContext:Stage": "Restricted" }',
    'kms:GenerateDataKey',
  ],
  [
    'an encryption context with just these keys',
    '"ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["Stage"] }',
    'kms:Decrypt',
  ],
  ['any value of a list', '"ForAnyValue:StringEquals": { "kms:GrantOperations": ["Decrypt"] }', 'kms:CreateGrant'],
  ['none of a list', '"ForAllValues:StringNotEquals": { "kms:GrantOperations": ["Decrypt"] }', 'kms:CreateGrant'],
  ['all other aliases', '"StringNotEquals": { "kms:RequestAlias": "alias/prod" }', 'kms:Decrypt'],
  ['an alias, if there is one', '"StringEqualsIfExists": { "kms:RequestAlias": "alias/prod" }', 'kms:Decrypt'],
  [
    'material that does not expire',
    '"StringEquals": { "kms:ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE" }',
    'kms:ImportKeyMaterial',
  ],
  ['an early date', '"NumericLessThan": { "kms:ValidTo": "1893456000" }', 'kms:ImportKeyMaterial'],
  ['the bypass of the safety check', '"Bool": { "kms:BypassPolicyLockoutSafetyCheck": "true" }', 'kms:PutKeyPolicy'],
  [
    'a named grantee',
    '"StringEquals": { "kms:GranteePrincipal": "arn:aws:iam::111122223333:role/A" }',
    'kms:CreateGrant',
  ],
  ['a service', '"StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" }', 'kms:Decrypt'],
])('leaves %s alone', (_, members, action) => {
  expect(found(members, deny(action))).toEqual([]);
  expect(found(members, { action: `"${action}"` })).toEqual([]);
});

test('leaves a condition on the context alone that also denies decrypting', () => {
  const members = '"StringEquals": { "kms:EncryptionContext:Stage": "Restricted" }';
  expect(found(members, deny('kms:CreateGrant', 'kms:Decrypt'))).toEqual([]);
});

test('leaves a hole alone that another statement closes', () => {
  const statement = (condition: string): string =>
    `{ "Effect": "Deny", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*", "Condition": ${condition} }`;
  const alias = statement('{ "StringEquals": { "kms:RequestAlias": "alias/prod" } }');
  const without = statement('{ "Null": { "kms:RequestAlias": "true" } }');
  expect(ruleIds('a.key-policy.json', `{ "Version": "2012-10-17", "Statement": [${alias}, ${without}] }`)).toEqual([]);
});
