import { describe, expect, test } from 'vitest';
import { fromValue } from '../../../simulator/json/node.ts';
import { readPolicy } from '../../../simulator/policy/document.ts';
import { check, ruleIds } from '../harness.ts';

const ACCOUNT = 'arn:aws:iam::111122223333';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** A key policy with its account and a Deny. */
const denying = (deny: object) => ({
  keyPolicy: readPolicy(
    fromValue({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: `${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' },
        { Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*', ...deny },
      ],
    }),
    [],
  ),
});

const found = (grant: object, deny: object, more: object = {}): number =>
  ruleIds(
    'a.kms-grant.json',
    JSON.stringify({ KeyId: KEY, GranteePrincipal: `${ACCOUNT}:role/Orders`, Operations: ['Decrypt'], ...grant }),
    { facts: { ...denying(deny), ...more } },
  ).length;

test('reports an operation that is denied', () => {
  check(
    'a.kms-grant.json',
    `{
      "KeyId": "${KEY}",
      "GranteePrincipal": "${ACCOUNT}:role/Orders",
      "Operations": ["Encrypt", "Decrypt"]
      //                        ^^^^^^^^^ grant-shadowed-by-deny: the key policy denies the grantee \`Decrypt\`, by its statement 2; an explicit deny wins over a grant; change the key policy, or leave it out of the grant
    }`,
    { facts: denying({}) },
  );
});

test('reports once where all are denied', () => {
  check(
    'a.kms-grant.json',
    `{
      "KeyId": "${KEY}",
      "GranteePrincipal": "${ACCOUNT}:role/Orders",
      "Operations": ["Encrypt", "Decrypt"]
    //^^^^^^^^^^^^ grant-shadowed-by-deny: the key policy denies the grantee all of them, by its statement \`Stop\`; an explicit deny wins over a grant, so the grant allows nothing; change the key policy, or do without the grant
    }`,
    { facts: denying({ Sid: 'Stop', Action: 'kms:*' }) },
  );
});

const prod = { Constraints: { EncryptionContextSubset: { stage: 'prod' } } };
const onStage = (operator: string, value: string) => ({
  Condition: { [operator]: { 'kms:EncryptionContext:Stage': value } },
});
const service = {
  GranteePrincipal: undefined,
  GranteeServicePrincipal: 'dynamodb.us-east-1.amazonaws.com',
  Constraints: { SourceArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders' },
};
const principals = (...AWS: string[]) => ({ Principal: { AWS } });
const sparing = (...AWS: string[]) => ({ Principal: undefined, NotPrincipal: { AWS } });

describe('reports', () => {
  test.each<[string, object, object, object?]>([
    ['the role itself', {}, principals(`${ACCOUNT}:role/Orders`)],
    ['its account', {}, principals(`${ACCOUNT}:root`)],
    ['a user', { GranteePrincipal: `${ACCOUNT}:user/Ana` }, principals(`${ACCOUNT}:user/Ana`)],
    ['an account', { GranteePrincipal: 'arn:aws:iam::444455556666:root' }, {}],
    [
      'another account',
      { GranteePrincipal: 'arn:aws:iam::444455556666:role/A' },
      { Condition: { StringNotEquals: { 'kms:CallerAccount': '111122223333' } } },
    ],
    ['all but another role', {}, sparing(`${ACCOUNT}:root`, `${ACCOUNT}:role/Other`)],
    [
      'all but other roles by a condition',
      {},
      { Condition: { ArnNotEquals: { 'aws:PrincipalArn': `${ACCOUNT}:role/Other` } } },
    ],
    ['the encryption context', prod, onStage('StringEquals', 'prod')],
    ['another encryption context', prod, onStage('StringNotEquals', 'test')],
    [
      'an encryption context that is exact',
      { Constraints: { EncryptionContextEquals: { a: 'b' } } },
      { Condition: { Null: { 'kms:EncryptionContext:stage': 'true' } } },
    ],
    ['a service', service, { Condition: { ArnNotLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } } }],
    [
      'the spec of the key',
      {},
      { Condition: { StringEquals: { 'kms:KeySpec': 'RSA_2048' } } },
      { keySpec: 'RSA_2048' },
    ],
    ['a key by its id', { KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab' }, {}, { account: '111122223333' }],
    ['what AWS KMS lists', { GrantId: '1' }, {}],
  ])('%s', (_, grant, deny, more) => {
    expect(found(grant, deny, more)).toBe(1);
  });
});

describe('leaves alone', () => {
  test.each<[string, object, object, object?]>([
    ['another operation', {}, { Action: 'kms:Encrypt' }],
    ['another role', {}, principals(`${ACCOUNT}:role/Other`)],
    ['one session of the role', {}, principals('arn:aws:sts::111122223333:assumed-role/Orders/session')],
    [
      'all but the role',
      {},
      sparing(`${ACCOUNT}:root`, `${ACCOUNT}:role/Orders`, 'arn:aws:sts::111122223333:assumed-role/Orders/a'),
    ],
    [
      'all but a role of the account',
      { GranteePrincipal: 'arn:aws:iam::444455556666:root' },
      { Condition: { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/A' } } },
    ],
    ['what an encryption context decides', {}, onStage('StringEquals', 'prod')],
    ['another encryption context', prod, onStage('StringEquals', 'test')],
    ['another pair of it', prod, { Condition: { StringNotEquals: { 'kms:EncryptionContext:order': '42' } } }],
    ['a way in', {}, { Condition: { StringNotEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } } }],
    ['an address', {}, { Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }],
    ['another key', {}, { Resource: 'arn:aws:kms:us-east-1:111122223333:key/other' }],
    ['a spec that is not known', {}, { Condition: { StringEquals: { 'kms:KeySpec': 'RSA_2048' } } }],
    ['a key of which nothing is known', { KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab' }, {}],
    [
      'a Region that is not known',
      { KeyId: 'abcd' },
      { Condition: { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } } },
      { account: '111122223333' },
    ],
    ['a placeholder in the policy', {}, principals('${Role}')],
    ['a placeholder in the grant', { GranteePrincipal: `${ACCOUNT}:role/\${Role}` }, {}],
    ['RetireGrant', { Operations: ['RetireGrant'] }, { Action: 'kms:RetireGrant' }],
    ['no policy', {}, {}, { keyPolicy: undefined }],
  ])('%s', (_, grant, deny, more) => {
    expect(found(grant, deny, more)).toBe(0);
  });

  test('grants on several keys', () => {
    const on = (KeyId: string) => ({ KeyId, GranteePrincipal: `${ACCOUNT}:role/Orders`, Operations: ['Decrypt'] });
    expect(ruleIds('a.kms-grants.json', JSON.stringify([on(KEY), on('other')]), { facts: denying({}) })).toEqual([]);
  });
});
