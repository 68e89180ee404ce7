import { describe, expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const admin = (principal: string, more = ''): string =>
  `{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": "kms:PutKeyPolicy", "Resource": "*"${more} }`;
const A = '"arn:aws:iam::111122223333:role/A"';
const B = '"arn:aws:iam::111122223333:user/B"';
const ROOT = '"arn:aws:iam::111122223333:root"';
const use = (principal: string): string =>
  `{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": "kms:Decrypt", "Resource": "*" }`;

const SESSION = '"arn:aws:sts::111122223333:assumed-role/A/alice"';
const FEDERATED = '"arn:aws:sts::111122223333:federated-user/bob"';

test('reports administrators that are sessions alone, and adds the account', () => {
  const text = policyOf(`
    ${admin(SESSION)}
    //${' '.repeat(41)}${'^'.repeat(SESSION.length)} kms-lockout-session-only: only sessions may change the key policy; \`arn:aws:sts::111122223333:assumed-role/A/alice\` is there only while
  `);
  check('a.key-policy.json', text);
  const mended = fixed('a.key-policy.json', text, 'let the account manage the key');
  expect(ruleIds('a.key-policy.json', mended)).toEqual([]);
  expect(ruleIds('a.key-policy.json', policyOf(`${admin(`[${SESSION}, ${FEDERATED}]`)}, ${use(A)}`))).toHaveLength(1);
});

describe('leaves alone', () => {
  test.each([
    ['the role besides', `${admin(SESSION)}, ${admin(A)}`],
    ['the account besides', admin(`[${SESSION}, ${ROOT}]`)],
    ['a user alone', admin(B)],
    ['sessions that use', `${admin(ROOT)}, ${use(SESSION)}`],
  ])('%s', (_, statements) => {
    expect(ruleIds('a.key-policy.json', policyOf(statements))).toEqual([]);
  });
});
