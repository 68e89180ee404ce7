import { expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const CAPITALS = 'AB'.repeat(48);
const pcr = (value: string, operator = 'StringEquals'): string =>
  `"${operator}": { "kms:RecipientAttestation:PCR8": "${value}" }`;

test('reports capitals where they count', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "StringNotEquals": { "kms:RecipientAttestation:PCR8": "${CAPITALS}" }
        //                                                    ${'^'.repeat(98)} kms-pcr-string-equals-case: \`StringNotEquals\` compares capitals, and hashes are mostly written in small letters; the same hash in small letters does not match; use \`StringNotEqualsIgnoreCase\`
      `),
  );
});

test.each([
  pcr(CAPITALS.toLowerCase()),
  pcr('1'.repeat(96)),
  pcr(CAPITALS, 'StringEqualsIgnoreCase'),
  pcr(CAPITALS, 'StringLike'),
  `"StringEquals": { "kms:EncryptionContext:hash": "${CAPITALS}" }`,
])('leaves alone %s', (members) => {
  expect(found(members)).toEqual([]);
});

test('the fix ignores capitals', () => {
  expect(titles(pcr(CAPITALS))).toEqual(['change to `StringEqualsIgnoreCase` (safe)']);
  expect(mended(pcr(CAPITALS), 'change to `StringEqualsIgnoreCase`')).toEqual({
    StringEqualsIgnoreCase: { 'kms:RecipientAttestation:PCR8': CAPITALS },
  });
});
