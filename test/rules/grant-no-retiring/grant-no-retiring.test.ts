import { expect, test } from 'vitest';
import { check, ruleIds } from '../harness.ts';

const GRANTEE = '"GranteePrincipal": "arn:aws:iam::111122223333:role/Orders"';

test('reports a grant that nobody was chosen to end', () => {
  check(
    'a.kms-grant.json',
    `{
      ${GRANTEE},
      "Operations": ["Decrypt"]
    //^^^^^^^^^^^^ grant-no-retiring: nobody but its account can end the grant; it has no retiring principal, and its grantee may not retire it; add \`RetiringPrincipal\`, or the operation \`RetireGrant\`
    }`,
  );
});

test('is off unless it is switched on', () => {
  const text = `{ ${GRANTEE}, "Operations": ["Decrypt"] }`;
  expect(ruleIds('a.kms-grant.json', text, { about: 'grant-op-unknown' })).toEqual([]);
  expect(ruleIds('a.kms-grant.json', `{ "Grants": [${text}] }`)).toEqual(['grant-no-retiring']);
});

test.each([
  `${GRANTEE}, "Operations": ["Decrypt", "RetireGrant"]`,
  `${GRANTEE}, "Operations": ["Decrypt"], "RetiringPrincipal": "arn:aws:iam::111122223333:role/Admin"`,
  `${GRANTEE}, "Operations": ["Decrypt"], "RetiringServicePrincipal": "dynamodb.us-east-1.amazonaws.com"`,
  `${GRANTEE}, "Operations": ["Decrypt"], "RetiringPrincipl": "arn:aws:iam::111122223333:role/Admin"`,
  `${GRANTEE}, "Operations": ["Decrypt"], "Fn::If": []`,
  `${GRANTEE}, "Operations": ["Decrypt", "\${Operation}"]`,
  `${GRANTEE}, "Operations": ["Decrypt", { "Ref": "Operation" }]`,
  `${GRANTEE}, "Operations": []`,
  `${GRANTEE}`,
  '"GranteePrincipal": "dynamodb.us-east-1.amazonaws.com", "Operations": ["Decrypt"]',
  '"GranteeServicePrincipal": "dynamodb.us-east-1.amazonaws.com", "Operations": ["Decrypt"]',
])('leaves { %s } alone', (members) => {
  expect(ruleIds('a.kms-grant.json', `{ ${members} }`)).toEqual([]);
});
