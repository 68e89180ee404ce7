import { describe, expect, test } from 'vitest';
import { grantOperationNames } from '../../../simulator/facts/grant-operations.ts';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const grant = (value: string, operator = 'ForAllValues:StringEquals'): string =>
  `"${operator}": { "kms:GrantOperations": ${value} }`;
const around = { action: '"kms:CreateGrant"' };

test('reports what no grant can allow', () => {
  check(
    'a.key-policy.json',
    withCondition(
      `
        "ForAllValues:StringEquals": { "kms:GrantOperations": "kms:Decrypt" },
        //                                                    ^^^^^^^^^^^^^ kms-grantoperations-value: operations of grants have no \`kms:\`, as \`kms:Decrypt\` does; no request has this value, so the condition never holds; write \`Decrypt\`
        "ForAnyValue:StringEquals": { "kms:GrantOperations": ["Encrypt", "PutKeyPolicy", "ReEncrypt"] }
        //                                                               ^^^^^^^^^^^^^^ kms-grantoperations-value: no grant can allow \`PutKeyPolicy\`; no request has this value, so it does nothing in the list; name an operation of grants
        //                                                                               ^^^^^^^^^^^ kms-grantoperations-value: write \`ReEncryptFrom\` or \`ReEncryptTo\`
      `,
      around,
    ),
  );
});

describe('leaves alone', () => {
  test.each([
    grant(JSON.stringify(grantOperationNames)),
    grant('"GenerateDataKey*"', 'ForAllValues:StringLike'),
    grant('"ReEncrypt*"'),
    grant('"${Operation}"'),
    grant('"decrypt"', 'ForAllValues:StringEqualsIgnoreCase'),
    '"StringEquals": { "kms:GrantConstraintType": "Decrypt" }',
  ])('%s', (members) => {
    expect(found(members, around)).toEqual([]);
  });
});

describe('fixes', () => {
  test('write the operation as CreateGrant takes it', () => {
    expect(titles(grant('"decrypt"'), around)).toEqual(['change to `Decrypt` (safe)']);
    expect(mended(grant('["kms:Decrypt"]'), 'change to `Decrypt`', around)).toEqual({
      'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] },
    });
  });

  test('are choices where it is a guess', () => {
    expect(titles(grant('"kms:ReEncrypt*"', 'ForAllValues:StringLike'), around)).toEqual([
      'change to `ReEncryptFrom`',
      'change to `ReEncryptTo`',
    ]);
    expect(titles(grant('"Decypt"'), around)).toEqual(['change to `Decrypt`']);
  });
});
