import { describe, expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const rcp = { file: 'a.rcp.json', effect: 'Deny', principal: '"*"', action: '"kms:*"' };

describe('reports', () => {
  test('a perimeter that shuts out services', () => {
    check(
      'a.rcp.json',
      withCondition(
        `
        "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }
//                                   ^^^^^^^^^^^^^^^^^^^^ rcp-missing-guard: the \`Deny\` shuts out AWS services that call as themselves; their requests have no \`aws:PrincipalOrgID\`, and the negated condition holds without it; add \`"BoolIfExists": { "aws:PrincipalIsAWSService": "false" }\`
      `,
        rcp,
      ),
    );
  });

  test('one that shuts out users and roles', () => {
    check(
      'a.rcp.json',
      withCondition(
        `
        "StringNotEquals": { "aws:SourceOrgID": "o-a1b2c3d4e5" }
//                           ^^^^^^^^^^^^^^^^^ rcp-missing-guard: the \`Deny\` shuts out users and roles
      `,
        rcp,
      ),
    );
  });

  test('a network', () => {
    expect(found('"NotIpAddress": { "aws:SourceIp": "203.0.113.0/24" }', rcp)).toEqual(['rcp-missing-guard']);
  });
});

describe('leaves alone', () => {
  test.each([
    '"StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o" }, "BoolIfExists": { "aws:PrincipalIsAWSService": "false" }',
    '"StringNotEqualsIfExists": { "aws:SourceOrgID": "o" }, "Null": { "aws:SourceAccount": "false" }',
    '"StringNotEqualsIfExists": { "aws:SourceOrgID": "o" }, "Bool": { "aws:PrincipalIsAWSService": "true" }',
    '"StringNotEquals": { "aws:PrincipalOrgID": "o" }, "Null": { "aws:PrincipalOrgID": "false" }',
    '"StringNotEquals": { "aws:PrincipalOrgID": "o" }, "StringNotLike": { "aws:PrincipalServiceName": "s3*" }',
    '"StringEquals": { "aws:PrincipalOrgID": "o" }',
    '"StringNotEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" }',
  ])('%s', (members) => {
    expect(found(members, rcp)).toEqual([]);
  });

  test.each(['a.key-policy.json', 'a.scp.json'])('%s', (file) => {
    expect(found('"StringNotEquals": { "aws:PrincipalOrgID": "o" }', { ...rcp, file })).toEqual([]);
  });
});

test('fixes add the guard', () => {
  const ofCaller = '"StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }';
  expect(titles(ofCaller, rcp)).toEqual(['leave AWS services out of it']);
  expect(mended(ofCaller, 'leave AWS services out of it', rcp)).toMatchObject({
    BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
  });
  const ofService = '"StringNotEqualsIfExists": { "aws:SourceOrgID": "o-a1b2c3d4e5" }';
  expect(mended(ofService, 'leave users and roles out of it', rcp)).toMatchObject({
    Null: { 'aws:SourceAccount': 'false' },
  });
});
