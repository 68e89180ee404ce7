import { expect, test } from 'vitest';
import { found, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const HASH = 'ab'.repeat(48);
const ZEROS = '0'.repeat(96);
const pcr = (value: string, operator = 'StringEqualsIgnoreCase', key = 'PCR0'): string =>
  `"${operator}": { "kms:RecipientAttestation:${key}": ${value} }`;

test('reports what is no hash', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "StringEqualsIgnoreCase": { "kms:RecipientAttestation:PCR0": ["${HASH}", "abc"] }
        //                                                           ${' '.repeat(HASH.length)}     ^^^^^ kms-pcr-value: \`abc\` is no SHA-384 hash, which has 96 hexadecimal digits; no attestation has it, so it does nothing in the list; take the value from the build of the enclave
      `),
  );
});

test.each(['PCR0', 'PCR1', 'PCR2', 'ImageSha384'])('reports zeros in %s', (key) => {
  check(
    'a.iam-policy.json',
    withCondition(`
        "StringEquals": {
          "kms:RecipientAttestation:${key}": "${ZEROS}"
        //${' '.repeat('"kms:RecipientAttestation:'.length + key.length + '": '.length)}${'^'.repeat(98)} kms-pcr-value: \`kms:RecipientAttestation:${key}\` is all zeros in debug mode alone; every enclave in debug mode attests zeros, whatever code it runs
        }
      `),
  );
});

test.each([
  pcr(`"${HASH}"`),
  pcr(`"${HASH.toUpperCase()}"`),
  pcr('"abc*"', 'StringLike'),
  pcr('"abc*"', 'StringEquals'),
  pcr('"${Hash}"'),
  pcr('"false"', 'Null'),
  pcr(`"${ZEROS}"`, 'StringNotEquals'),
  pcr(`"${ZEROS}"`, 'StringEquals', 'PCR8'),
  pcr(`"${ZEROS}"`, 'StringEquals', 'NitroTPMPCR1'),
  '"StringEquals": { "kms:EncryptionContext:PCR0": "abc" }',
])('leaves alone %s', (members) => {
  expect(found(members)).toEqual([]);
});
