import { expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import { found, withCondition } from '../conditions.ts';
import { check, findings } from '../harness.ts';

const VIA = '"StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" }';
const principal = '{ "Service": ["s3.amazonaws.com", "logs.us-east-1.amazonaws.com"] }';

test('reports what services never are', () => {
  check(
    'a.key-policy.json',
    withCondition(
      `
        "StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" }
        //                ^^^^^^^^^^^^^^^^ kms-viaservice-with-service-principal: requests of service principals do not have this \`kms:ViaService\`; these services call for users and roles, not for other services, so the statement never applies; limit a service principal with \`aws:SourceArn\` and \`aws:SourceAccount\`
      `,
      { principal },
    ),
  );
});

test('reports a `Deny` as a warning', () => {
  const text = withCondition(VIA, { principal, effect: 'Deny' });
  const own = findings(new SourceDocument({ uri: 'a.key-policy.json', text })).filter(
    ({ rule }) => rule.id === 'kms-viaservice-with-service-principal',
  );
  expect(own.map(({ severity, finding }) => [severity, finding.why?.includes('`Deny` never')])).toEqual([
    ['warning', true],
  ]);
});

test.each([
  '{ "Service": "s3.amazonaws.com", "AWS": "111122223333" }',
  '{ "Service": "${Service}" }',
  '{ "AWS": "arn:aws:iam::111122223333:role/a" }',
  '"*"',
  '{ "Service": [] }',
])('leaves alone %s', (each) => {
  expect(found(VIA, { principal: each })).toEqual([]);
});

test.each([
  '"StringNotEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" }',
  '"StringEqualsIfExists": { "kms:ViaService": "s3.us-east-1.amazonaws.com" }',
  '"StringEquals": { "aws:SourceAccount": "111122223333" }',
])('leaves alone %s', (members) => {
  expect(found(members, { principal })).toEqual([]);
});

// AWS documents both for applications that it manages: they call Identity Center, which passes their calls on.
test.each([
  '"StringLike": { "kms:ViaService": "sso.*.amazonaws.com" }, "Bool": { "aws:PrincipalIsAWSService": "true" }',
  '"StringEquals": { "kms:ViaService": ["s3.us-east-1.amazonaws.com", "identitystore.us-east-1.amazonaws.com"] }',
  '"StringLike": { "kms:ViaService": "*" }',
  '"StringLike": { "kms:ViaService": "*.us-east-1.amazonaws.com" }',
  '"StringEquals": { "kms:ViaService": "${Service}.us-east-1.amazonaws.com" }',
  '"Null": { "kms:ViaService": "false" }',
])('leaves alone %s, which Identity Center may be', (members) => {
  expect(found(members, { principal })).toEqual([]);
});
