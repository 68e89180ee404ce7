import { describe, expect, test } from 'vitest';
import { conditionKeys } from '../../../simulator/facts/condition-keys.ts';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

describe('reports', () => {
  test('a value that the API does not have', () => {
    check(
      'a.key-policy.json',
      withCondition(`
        "StringEquals": { "kms:KeySpec": "AES_256", "kms:KeyUsage": ["ENCRYPT", "SIGN_VERIFY"] }
        //                               ^^^^^^^^^ kms-enum-value: \`AES_256\` is no value of \`kms:KeySpec\`; no request has it, so the statement never applies; write \`SYMMETRIC_DEFAULT\`
        //                                                           ^^^^^^^^^ kms-enum-value: \`ENCRYPT\` is no value of \`kms:KeyUsage\`; no request has it, so it does nothing in the list
      `),
    );
  });

  test('a pattern that covers none, and capitals', () => {
    check(
      'a.scp.json',
      withCondition(
        `
        "StringNotLike": { "kms:KeyOrigin": "HSM_*" },
        //                                  ^^^^^^^ kms-enum-value: write one of \`AWS_KMS\`, \`EXTERNAL\`, \`AWS_CLOUDHSM\`, \`EXTERNAL_KEY_STORE\`
        "StringEquals": { "kms:messagetype": "raw" }
        //                                   ^^^^^ kms-enum-value: \`raw\` is no value of \`kms:MessageType\`; no request has it, so the \`Deny\` never applies; write \`RAW\`
      `,
        { effect: 'Deny' },
      ),
    );
  });
});

describe('leaves alone', () => {
  test.each([
    '"StringLike": { "kms:SigningAlgorithm": "RSASSA_*" }',
    '"StringEquals": { "kms:SigningAlgorithm": "RSASSA_*" }',
    '"StringEqualsIgnoreCase": { "kms:MessageType": "raw" }',
    '"StringEquals": { "kms:KeySpec": "${Spec}" }',
    '"Null": { "kms:KeySpec": "false" }',
    '"ForAllValues:StringEquals": { "kms:GrantOperations": "x" }',
    '"StringEquals": { "kms:EncryptionContext:KeySpec": "x" }',
    '"StringEquals": { "aws:PrincipalType": "x" }',
  ])('%s', (members) => {
    expect(found(members)).toEqual([]);
  });

  test('every value that AWS documents', () => {
    for (const { name, values = [], multivalued } of conditionKeys)
      if (!multivalued) expect(found(`"StringEquals": { "${name}": ${JSON.stringify(values)} }`), name).toEqual([]);
  });
});

describe('fixes', () => {
  test('write the value as the API does, safely where only its spelling differs', () => {
    const members = '"StringEquals": { "kms:SigningAlgorithm": "rsassa-pss-sha512" }';
    expect(titles(members)).toContain('change to `RSASSA_PSS_SHA_512` (safe)');
    expect(mended(members, 'change to `RSASSA_PSS_SHA_512`')).toEqual({
      StringEquals: { 'kms:SigningAlgorithm': 'RSASSA_PSS_SHA_512' },
    });
    expect(titles('"StringEquals": { "kms:KeySpec": "AES_256" }')).toEqual(['change to `SYMMETRIC_DEFAULT`']);
  });
});
