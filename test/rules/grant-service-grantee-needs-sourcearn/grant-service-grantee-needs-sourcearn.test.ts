import { expect, test } from 'vitest';
import { check, fixed, ruleIds } from '../harness.ts';

const source = '"Constraints": { "SourceArn": "arn:aws:dynamodb:us-east-1:111122223333:table/Orders" }';

test('reports what is missing', () => {
  check(
    'a.kms-grants.json',
    `[
      { "GranteeServicePrincipal": "dynamodb.us-east-1.amazonaws.com" },
      //                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ grant-service-grantee-needs-sourcearn: the grant to a service has no \`SourceArn\` and nobody who may retire it; AWS KMS rejects the request; add the constraint \`SourceArn\` and add \`RetiringPrincipal\` or \`RetiringServicePrincipal\`
      { "GranteeServicePrincipal": "a.b.c", ${source} },
      //                           ^^^^^^^ grant-service-grantee-needs-sourcearn: the grant to a service has nobody who may retire it; AWS KMS
      { "GranteeServicePrincipal": "a.b.c", "RetiringPrincipal": "d", "Constraints": { "EncryptionContextSubset": {} } }
      //                           ^^^^^^^ grant-service-grantee-needs-sourcearn: the grant to a service has no \`SourceArn\`; AWS KMS
    ]`,
  );
});

test('offers to let the service retire it', () => {
  const text = `{
    "GranteeServicePrincipal": "a.b.c",
    //                         ^^^^^^^ grant-service-grantee-needs-sourcearn
    ${source}
  }`;
  expect(JSON.parse(fixed('a.kms-grant.json', text, 'let `a.b.c` retire it'))).toEqual({
    GranteeServicePrincipal: 'a.b.c',
    RetiringServicePrincipal: 'a.b.c',
    ...JSON.parse(`{ ${source} }`),
  });
});

test.each([
  ['a grant that has both', `{ "GranteeServicePrincipal": "a.b.c", "RetiringServicePrincipal": "d", ${source} }`],
  ['a grant to a role', '{ "GranteePrincipal": "arn:aws:iam::111122223333:role/Orders" }'],
  ['an empty grantee', '{ "GranteeServicePrincipal": "" }'],
  [
    'constraints of a template',
    '{ "GranteeServicePrincipal": "a", "RetiringPrincipal": "d", "Constraints": { "Ref": "C" } }',
  ],
  ['members of a template', '{ "GranteeServicePrincipal": "a", "${More}": "" }'],
  [
    'slips in the names',
    '{ "GranteeServicePrincipal": "a", "Retiringprincipal": "d", "Constraints": { "sourceArn": "" } }',
  ],
  ['the output of ListGrants', '{ "Grants": [{ "GranteeServicePrincipal": "a.b.c" }] }'],
])('leaves %s alone', (_, text) => {
  expect(ruleIds('a.kms-grant.json', text)).toEqual([]);
});
