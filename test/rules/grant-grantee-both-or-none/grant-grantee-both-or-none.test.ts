import { describe, expect, test } from 'vitest';
import { check, fixed, fixTitles, ruleIds } from '../harness.ts';

const both = `{
  "GranteePrincipal": "arn:aws:iam::111122223333:role/Orders",
  "GranteeServicePrincipal": "dynamodb.us-east-1.amazonaws.com",
//^^^^^^^^^^^^^^^^^^^^^^^^^ grant-grantee-both-or-none: the grant has both
  "Operations": ["Decrypt"]
}`;

test('reports two grantees', () => {
  check('a.kms-grant.json', both);
});

test('reports a grant to nobody', () => {
  check(
    'a.kms-grants.json',
    `[
  { "Operations": ["Decrypt"] }
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ grant-grantee-both-or-none: the grant is for nobody; AWS KMS rejects a request without a grantee; add \`GranteePrincipal\`
]`,
  );
});

describe('leaves alone', () => {
  test.each([
    ['one grantee', '{ "GranteePrincipal": "a", "Operations": [] }'],
    ['a service', '{ "GranteeServicePrincipal": "a", "Operations": [] }'],
    ['a second one that is empty', '{ "GranteePrincipal": "a", "GranteeServicePrincipal": "" }'],
    ['a slip in the name', '{ "granteePrincipal": "a", "Operations": [] }'],
    ['what a template brings in', '{ "{{ grantee }}": "", "Operations": [] }'],
    ['what has not begun', '{}'],
    ['a text that breaks off', '{ "Operations": ["Decrypt"], "Gra'],
    ['the output of ListGrants', '{ "Grants": [{ "Operations": ["Decrypt"] }] }'],
  ])('%s', (_, text) => {
    expect(ruleIds('a.kms-grant.json', text)).toEqual([]);
  });
});

test('offers to remove either', () => {
  const plain = both.replace(/\/\/.*\n/, '');
  expect(fixTitles('a.kms-grant.json', plain)).toEqual([
    'remove `GranteePrincipal`',
    'remove `GranteeServicePrincipal`',
  ]);
  expect(JSON.parse(fixed('a.kms-grant.json', both, 'remove `GranteePrincipal`'))).toEqual({
    GranteeServicePrincipal: 'dynamodb.us-east-1.amazonaws.com',
    Operations: ['Decrypt'],
  });
});
