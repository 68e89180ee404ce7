import { describe, expect, test } from 'vitest';
import { messages } from '../found.ts';
import { check, fixed, fixTitles, ruleIds } from '../harness.ts';

const KEY = '"KeyId": "1234abcd-12ab-34cd-56ef-1234567890ab"';
const ROLE = '"GranteePrincipal": "arn:aws:iam::111122223333:role/Orders"';
const grant = (more: string): string => `{ ${KEY}, ${ROLE}, ${more} }`;
const decrypt = grant('"Operations": ["Decrypt"]');
const listed = (grantee: string): string => {
  const entry = { KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab', GranteePrincipal: grantee, Operations: ['Decrypt'] };
  return JSON.stringify({ Grants: ['1', '2'].map((GrantId) => ({ ...entry, GrantId, CreationDate: 1.5 })) });
};

test('reports a grant that says the same in another order, and removes it', () => {
  const text = `[
      { ${KEY}, "GranteePrincipal": "arn:aws:iam::111122223333:role/A", "Name": "", "Operations": ["Decrypt", "Encrypt"] },
      {
    //^… grant-duplicate: the grant is the same as an earlier one; each counts towards the quota of the key; remove it
        "Operations": ["Encrypt", "Decrypt"], "GranteePrincipal": "arn:aws:iam::111122223333:role/A", ${KEY}
      }
  ]`;
  check('a.kms-grants.json', text);
  expect(JSON.parse(fixed('a.kms-grants.json', text, 'remove the grant'))).toHaveLength(1);
});

test('does not count what is no member of a grant', () => {
  const noted = grant('"Operations": ["Decrypt"], "_comment": "once more"');
  expect(ruleIds('a.kms-grants.json', `[${decrypt}, ${noted}]`)).toHaveLength(1);
});

test('says of a name that no other grant is made', () => {
  const named = grant('"Name": "orders", "Operations": ["Decrypt"]');
  expect(messages('grant-duplicate', 'a.kms-grants.json', `[${named}, ${named}]`)).toEqual([
    'the grant is the same as an earlier one; the request makes no other grant; remove it',
  ]);
});

test('mends nothing in the output of ListGrants', () => {
  const text = listed('arn:aws:iam::111122223333:role/Orders');
  expect(messages('grant-duplicate', 'a.kms-grants.json', text)).toEqual([
    'the grant is the same as an earlier one; each counts towards the quota of the key; revoke or retire one of them',
  ]);
  expect(fixTitles('a.kms-grants.json', text)).toEqual([]);
});

describe('leaves alone', () => {
  test.each([
    ['one grant', decrypt],
    ['another name', `[${decrypt}, ${grant('"Name": "b", "Operations": ["Decrypt"]')}]`],
    ['other operations', `[${decrypt}, ${grant('"Operations": ["Decrypt", "Encrypt"]')}]`],
    [
      'another constraint',
      `[${decrypt}, ${grant('"Operations": ["Decrypt"], "Constraints": { "EncryptionContextSubset": { "a": "b" } }')}]`,
    ],
    ['no key', `[{ ${ROLE}, "Operations": ["Decrypt"] }, { ${ROLE}, "Operations": ["Decrypt"] }]`],
    ['a dry run', `[${decrypt}, ${grant('"Operations": ["Decrypt"], "DryRun": true')}]`],
    ['a misspelt member', `[${decrypt}, ${grant('"Operations": ["Decrypt"], "Constraint": {}')}]`],
    ['a member of a template', `[${decrypt}, ${grant('"Operations": ["Decrypt"], "Fn::If": []')}]`],
    ['templates', `[${grant('"Operations": ["${x}"]')}, ${grant('"Operations": ["${x}"]')}]`],
    ['grants of services', listed('dynamodb.us-east-1.amazonaws.com')],
    ['grants of their roles', listed('arn:aws:iam::111122223333:role/aws-service-role/a.amazonaws.com/A')],
    ['grants of their sessions', listed('arn:aws:sts::111122223333:assumed-role/aws:ec2-infrastructure/i-0a1b')],
  ])('%s', (_, text) => {
    expect(ruleIds('a.kms-grants.json', text)).toEqual([]);
  });
});
