import { describe, expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

const ROLE = '"arn:aws:iam::111122223333:role/A"';
const allow = (action: string, more = '', principal = ROLE): string =>
  `{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": ${action}, "Resource": "*"${more} }`;
const ATTESTED = ', "Condition": { "StringEqualsIgnoreCase": { "kms:RecipientAttestation:PCR0": "00" } }';
const VIA = ', "Condition": { "StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" } }';

test('reports the principal in the statement without attestation', () => {
  check(
    'a.key-policy.json',
    policyOf(`
    ${allow('["kms:Decrypt", "kms:GenerateDataKey"]', ATTESTED)},
    { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/A" }, "Action": "kms:Generate*", "Resource": "*" }
    //                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-enclave-unattested-path: \`arn:aws:iam::111122223333:role/A\` may call \`kms:GenerateDataKey\` here without the attestation that another statement asks for; a request that meets either
  `),
  );
});

test('reports it under other conditions, and before the other statement', () => {
  const text = policyOf(`${allow('"kms:Decrypt"', VIA)}, ${allow('"kms:Decrypt"', ATTESTED)}`);
  expect(ruleIds('a.key-policy.json', text)).toEqual(['kms-enclave-unattested-path']);
});

describe('leaves alone', () => {
  test.each([
    ['attested statements', `${allow('"kms:Decrypt"', ATTESTED)}, ${allow('"kms:*"', ATTESTED)}`],
    ['other actions', `${allow('"kms:Decrypt"', ATTESTED)}, ${allow('["kms:DescribeKey", "kms:Encrypt"]')}`],
    ['other principals', `${allow('"kms:Decrypt"', ATTESTED)}, ${allow('"kms:Decrypt"', '', '"111122223333"')}`],
    ['no enclave', `${allow('"kms:Decrypt"')}, ${allow('"kms:Decrypt"', VIA)}`],
    ['a Deny', `${allow('"kms:Decrypt"', ATTESTED)}, ${allow('"kms:Decrypt"').replace('Allow', 'Deny')}`],
  ])('%s', (_, statements) => {
    expect(ruleIds('a.key-policy.json', policyOf(statements))).toEqual([]);
  });
});
