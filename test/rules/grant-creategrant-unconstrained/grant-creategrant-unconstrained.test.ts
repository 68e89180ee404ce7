import { describe, expect, test } from 'vitest';
import { check, ruleIds } from '../harness.ts';

test('reports the operation', () => {
  check(
    'a.kms-grant.json',
    `{
      "GranteePrincipal": "arn:aws:iam::111122223333:role/Orders",
      "Operations": ["Decrypt", "CreateGrant"]
      //                        ^^^^^^^^^^^^^ grant-creategrant-unconstrained: the grantee can pass the grant on to anybody; no constraint goes over to the grants that are made from it; add a constraint on the encryption context, or leave \`CreateGrant\` out
    }`,
  );
});

test('reports it where the constraints are empty', () => {
  const text = '{ "Operations": ["CreateGrant"], "Constraints": {} }';
  expect(ruleIds('a.kms-grant.json', text)).toEqual(['grant-creategrant-unconstrained']);
});

describe('leaves alone', () => {
  test.each([
    ['other operations', '{ "Operations": ["Decrypt"] }'],
    ['a constraint', '{ "Operations": ["CreateGrant"], "Constraints": { "EncryptionContextSubset": { "a": "b" } } }'],
    ['a resource', '{ "Operations": ["CreateGrant"], "Constraints": { "SourceArn": "arn:aws:s3:::orders" } }'],
    ['what is filled in later', '{ "Operations": ["CreateGrant"], "Constraints": "${Constraints}" }'],
  ])('%s', (_, text) => {
    expect(ruleIds('a.kms-grant.json', text)).toEqual([]);
  });
});
