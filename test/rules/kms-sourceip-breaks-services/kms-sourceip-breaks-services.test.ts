import { expect, test } from 'vitest';
import { found, mended, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const deny = { effect: 'Deny', principal: '"*"', action: '["kms:Decrypt", "kms:GenerateDataKey*"]' };
const ELSEWHERE = '"NotIpAddress": { "aws:SourceIp": ["203.0.113.0/24"] }';

test('reports a `Deny` by address', () => {
  check(
    'a.key-policy.json',
    withCondition(
      `
        "NotIpAddress": { "aws:SourceIp": "203.0.113.0/24" }
        //                ^^^^^^^^^^^^^^ kms-sourceip-breaks-services: the \`Deny\` also stops services of AWS that use the key for somebody; their requests come from an address of the service; add \`"Bool": { "aws:ViaAWSService": "false" }\` if services may use the key
      `,
      deny,
    ),
  );
});

test.each([
  `${ELSEWHERE}, "Bool": { "aws:ViaAWSService": "false" }`,
  `${ELSEWHERE}, "Null": { "kms:ViaService": "true" }`,
  `${ELSEWHERE}, "StringNotEquals": { "aws:SourceVpce": "vpce-1a2b3c4d" }`,
  `${ELSEWHERE}, "StringEquals": { "\${Key}": "x" }`,
  '"IpAddress": { "aws:SourceIp": "203.0.113.0/24" }',
])('leaves alone %s', (members) => {
  expect(found(members, deny)).toEqual([]);
});

test('leaves alone what services do not need, what is allowed, and other kinds of policy', () => {
  expect(found(ELSEWHERE, { ...deny, action: '"kms:PutKeyPolicy"' })).toEqual([]);
  expect(found(ELSEWHERE, { ...deny, effect: 'Allow' })).toEqual([]);
  expect(found(ELSEWHERE, { ...deny, file: 'a.rcp.json' })).toEqual([]);
});

test('the fix excepts services', () => {
  expect(mended(ELSEWHERE, 'except requests of services', deny)).toEqual({
    NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] },
    Bool: { 'aws:ViaAWSService': 'false' },
  });
});
