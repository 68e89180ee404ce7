import { describe, expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

describe('reports', () => {
  test('keys that do not exist, with what follows', () => {
    check(
      'a.key-policy.json',
      withCondition(`
        "StringEquals": { "kms:ViaServices": "s3.us-east-1.amazonaws.com" },
        //                ^^^^^^^^^^^^^^^^^ cond-key-unknown: AWS KMS has no condition key \`kms:ViaServices\`; it is never in a request, so the statement never applies; write \`kms:ViaService\`
        "StringNotEquals": { "KMS:Whatever": "x", "kms:RecipientAttestation:PCR32": "x" }
        //                   ^^^^^^^^^^^^^^ cond-key-unknown: so the condition restricts nothing; use one that exists
//                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cond-key-unknown
      `),
    );
  });

  test.each(['a.iam-policy.json', 'a.scp.json', 'a.rcp.json', 'a.vpce-policy.json'])('in %s', (file) => {
    expect(found('"StringEquals": { "kms:Origin": "AWS_KMS" }', { file })).toEqual(['cond-key-unknown']);
  });
});

describe('leaves alone', () => {
  test.each([
    '"StringEquals": { "kms:viaservice": "s3.us-east-1.amazonaws.com" }',
    '"StringEquals": { "kms:EncryptionContext:x:y": "z" }',
    '"StringEquals": { "kms:RecipientAttestation:PCR31": "z" }',
    '"StringEquals": { "kms:CustomerMasterKeySpec": "RSA_2048" }',
    '"StringEquals": { "s3:ViaServices": "z" }',
    '"StringEquals": { "kms:${Key}": "z" }',
    '"StringEquals": { "kms:EncryptionContextEquals": "z" }',
  ])('%s', (members) => {
    expect(found(members)).toEqual([]);
  });
});

describe('fixes', () => {
  test('the key that was meant', () => {
    expect(
      mended(`"Bool": { "kms:GrantIsForAWSResourc": "true" }`, 'change to `kms:GrantIsForAWSResource`', {
        action: '"kms:CreateGrant"',
      }),
    ).toEqual({ Bool: { 'kms:GrantIsForAWSResource': 'true' } });
  });

  test('is safe for a slip of the keyboard alone, and not offered where the key is taken', () => {
    expect(titles('"StringEquals": { "kms:CalerAccount": "111122223333" }')).toEqual([
      'change to `kms:CallerAccount` (safe)',
    ]);
    expect(titles('"StringEquals": { "kms:CallAcount": "111122223333" }')).toEqual(['change to `kms:CallerAccount`']);
    expect(
      titles('"StringEquals": { "kms:CalerAccount": "111122223333", "kms:calleraccount": "111122223333" }'),
    ).toEqual([]);
  });
});
