import { expect, test } from 'vitest';
import { fixed, policyOf, ruleIds } from '../harness.ts';

const FILE = 'a.key-policy.json';
const LOGS =
  '{ "Effect": "Allow", "Principal": { "Service": "logs.us-east-1.amazonaws.com" }, "Action": "kms:Encrypt*", "Resource": "*" }';
const ORG = '"StringNotEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }';

const deny = (conditions = ORG, action = '"kms:*"', principal = '"*"'): string =>
  `{ "Effect": "Deny", "Principal": ${principal}, "Action": ${action}, "Resource": "*", "Condition": { ${conditions} } }`;

test('reports the organization, and excepts services', () => {
  const text = policyOf(`
    ${LOGS},
    { "Effect": "Deny", "Principal": { "AWS": "*" }, "Action": "kms:*", "Resource": "*",
      "Condition": { "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } }
    //                                            ^^^^^^^^^^^^^^^^^^^^ kms-wildcard-org-only: the \`Deny\` also stops \`logs.us-east-1.amazonaws.com\`, to which the policy allows \`kms:Encrypt\`; a service that calls as itself is of no organization, and the condition holds without \`aws:PrincipalOrgID\`; add \`"Bool": { "aws:PrincipalIsAWSService": "false" }\`
  `);
  const mended = fixed(FILE, text, 'except services');
  expect(JSON.parse(mended).Statement[1].Condition.Bool).toEqual({ 'aws:PrincipalIsAWSService': 'false' });
  expect(ruleIds(FILE, mended)).toEqual([]);
});

test.each([
  ['an exception by tag', deny(`${ORG}, "StringNotLike": { "aws:PrincipalTag/team": "audit" }`)],
  ['a path in the organization', deny('"ForAllValues:StringNotLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*" }')],
])('reports %s', (_, statement) => {
  expect(ruleIds(FILE, policyOf(`${LOGS}, ${statement}`))).toEqual(['kms-wildcard-org-only']);
});

test.each([
  ['no service', deny()],
  ['a service by itself', LOGS],
  ['other actions than those of the service', `${LOGS}, ${deny(ORG, '"kms:ScheduleKeyDeletion"')}`],
  ['services that are excepted', `${LOGS}, ${deny(`${ORG}, "Bool": { "aws:PrincipalIsAWSService": "false" }`)}`],
  [
    'services of the own organization',
    `${LOGS}, ${deny(`${ORG}, "StringNotEquals": { "aws:SourceOrgID": "o-a1b2c3d4e5" }`)}`,
  ],
  [
    'a condition that services do not meet',
    `${LOGS}, ${deny(`${ORG}, "StringEquals": { "aws:PrincipalTag/team": "x" }`)}`,
  ],
  ['the members of an organization', `${LOGS}, ${deny(ORG.replace('Not', ''))}`],
  ['one role', `${LOGS}, ${deny(ORG, '"kms:*"', '{ "AWS": "arn:aws:iam::111122223333:role/A" }')}`],
  ['an Allow for the organization', `${LOGS}, ${deny(ORG.replace('Not', '')).replace('Deny', 'Allow')}`],
])('leaves %s alone', (_, statements) => {
  expect(ruleIds(FILE, policyOf(statements))).toEqual([]);
});
