import { expect, test } from 'vitest';
import { fixed, ruleIds } from '../harness.ts';

const both = `{
  "RetiringPrincipal": "arn:aws:iam::111122223333:role/KeyAdmin",
  "RetiringServicePrincipal": "dynamodb.us-east-1.amazonaws.com"
//^^^^^^^^^^^^^^^^^^^^^^^^^^ grant-retiring-both: the grant has both a \`RetiringPrincipal\` and a \`RetiringServicePrincipal\`; AWS KMS takes one
}`;

test('reports two, and offers to remove either', () => {
  expect(JSON.parse(fixed('a.kms-grant.json', both, 'remove `RetiringServicePrincipal`'))).toEqual({
    RetiringPrincipal: 'arn:aws:iam::111122223333:role/KeyAdmin',
  });
  expect(JSON.parse(fixed('a.kms-grant.json', both, 'remove `RetiringPrincipal`'))).toEqual({
    RetiringServicePrincipal: 'dynamodb.us-east-1.amazonaws.com',
  });
});

test.each([
  ['one', '{ "RetiringPrincipal": "a" }'],
  ['none', '{ "Operations": ["Decrypt"] }'],
  ['a second one that is empty', '{ "RetiringPrincipal": "a", "RetiringServicePrincipal": null }'],
  ['the output of ListGrants', '{ "GrantId": "1", "RetiringPrincipal": "a", "RetiringServicePrincipal": "b" }'],
])('leaves %s alone', (_, text) => {
  expect(ruleIds('a.kms-grant.json', text)).toEqual([]);
});
