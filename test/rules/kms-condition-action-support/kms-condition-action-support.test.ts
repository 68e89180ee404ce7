import { describe, expect, test } from 'vitest';
import { kmsActions } from '../../../simulator/facts/actions.ts';
import { kmsConditionKeys, supportsConditionKey } from '../../../simulator/facts/condition-keys.ts';
import { found, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const SPEC = '"StringEquals": { "kms:DataKeyPairSpec": "RSA_2048" }';

describe('reports', () => {
  test('actions without the key, and names those that have it', () => {
    check(
      'a.key-policy.json',
      withCondition(
        `
        "StringEquals": { "kms:MessageType": "DIGEST", "kms:ViaService": "s3.us-east-1.amazonaws.com" }
        //                ^^^^^^^^^^^^^^^^^ kms-condition-action-support: requests for \`kms:Decrypt\` never have \`kms:MessageType\`; so the statement does not allow them; only \`kms:Sign\`, \`kms:Verify\` have it; put the others into a statement of their own
      `,
        { action: '["kms:Sign", "kms:Decrypt"]' },
      ),
    );
  });

  test('two registers of one attestation document once', () => {
    const members = '"StringLike": { "kms:RecipientAttestation:PCR0": "a*", "kms:RecipientAttestation:PCR1": "b*" }';
    expect(found(members, { action: '"kms:Encrypt"' })).toEqual(['kms-condition-action-support']);
  });

  test('each action that the Service Authorization Reference lists without the key', () => {
    const action = kmsActions.find(({ name }) => name === 'Encrypt')?.name ?? '';
    const lacking = kmsConditionKeys.filter(({ name }) => !name.includes('${') && !supportsConditionKey(action, name));
    const own = lacking.filter(({ name }) => name !== 'kms:GrantIsForAWSResource');
    expect(own.length).toBeGreaterThan(10);
    for (const { name } of own)
      expect(found(`"Null": { "${name}": "false" }`, { action: `"kms:${action}"` }), name).toEqual([
        'kms-condition-action-support',
      ]);
  });
});

describe('leaves alone', () => {
  test.each([
    ['"kms:*"', SPEC],
    ['"kms:GenerateDataKey*"', SPEC],
    ['["kms:GenerateDataKeyPair", "kms:GenerateDataKeyPairWithoutPlaintext"]', SPEC],
    ['"kms:Decrypt"', '"StringEquals": { "kms:KeySpec": "RSA_2048", "kms:CustomerMasterKeySpec": "RSA_2048" }'],
    ['"kms:Decrypt"', '"StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }'],
    ['"kms:Encapsulate"', SPEC],
    ['"s3:GetObject"', SPEC],
    ['"kms:Decrypt"', '"StringNotEquals": { "kms:DataKeyPairSpec": "RSA_2048" }'],
    ['"kms:DescribeKey"', '"StringEquals": { "kms:EncryptionContext:a": "b" }'],
  ])('%s with %s', (action, members) => {
    expect(found(members, { action })).toEqual([]);
  });
});
