import { expect, test } from 'vitest';
import { found, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const VIA = '"StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" }';

test('reports keys that exclude each other', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com", "aws:SourceAccount": "111122223333" }
        //                                                                ^^^^^^^^^^^^^^^^^^^ kms-sourcearn-with-viaservice: no request has both \`aws:SourceAccount\` and \`kms:ViaService\`; the one is there when a service calls as itself, the other when it calls for a user or role, so the statement never applies; keep the one that is meant, or write two statements
      `),
  );
});

test.each(['aws:SourceArn', 'AWS:sourceorgid', 'aws:SourceOrgPaths'])('reports %s, in a `Deny`, too', (key) => {
  const members = `${VIA}, "Null": { "${key}": "false" }`;
  expect(found(members, { effect: 'Deny', principal: '"*"' })).toEqual(['kms-sourcearn-with-viaservice']);
});

test.each([
  VIA,
  '"StringEquals": { "aws:SourceAccount": "111122223333" }',
  `${VIA}, "StringEqualsIfExists": { "aws:SourceAccount": "111122223333" }`,
  '"StringNotEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" }, "Null": { "aws:SourceArn": "false" }',
  `${VIA}, "IpAddress": { "aws:SourceIp": "203.0.113.0/24" }`,
  // AWS documents both for applications that call Identity Center, which passes their calls on.
  '"StringLike": { "kms:ViaService": "sso.*.amazonaws.com" }, "StringEquals": { "aws:SourceOrgID": "o-exampleorgid" }',
])('leaves alone %s', (members) => {
  expect(found(members)).toEqual([]);
});

test('leaves services alone, of which another rule speaks', () => {
  const members = `${VIA}, "Null": { "aws:SourceArn": "false" }`;
  expect(found(members, { principal: '{ "Service": "s3.amazonaws.com" }' })).toEqual([]);
});
