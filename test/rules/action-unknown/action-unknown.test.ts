import { describe, expect, test } from 'vitest';
import { check, fixed, fixTitles, policyOf, ruleIds } from '../harness.ts';

const statement = (action: string, effect = 'Allow'): string =>
  policyOf(`
    {
      "Effect": "${effect}",
      "Principal": { "AWS": "111122223333" },
${action}
      "Resource": "*"
    }
  `);

describe('reports', () => {
  test('a lone action', () => {
    const text = statement(`
      "Action": "kms:Decypt",
      //             ^^^^^^ action-unknown: AWS KMS has no action \`kms:Decypt\`; the entry allows nothing; write \`kms:Decrypt\`
    `);
    check('a.key-policy.json', text);
  });

  test('each wrong action of a list', () => {
    const text = statement(`
      "Action": [
        "kms:Decrypt",
        "kms:GenerateDataKeys",
        //   ^^^^^^^^^^^^^^^^ action-unknown: write \`kms:GenerateDataKey\`
        "KMS:Frobnicate"
        //   ^^^^^^^^^^ action-unknown: AWS KMS has no action \`KMS:Frobnicate\`; the entry allows nothing; name an action that exists
      ],`);
    check('a.key-policy.json', text);
  });

  test('what a `Deny` does not deny', () => {
    const text = statement(
      `
      "Action": "kms:Decypt",
      //             ^^^^^^ action-unknown: the entry denies nothing
      `,
      'Deny',
    );
    check('a.key-policy.json', text);
  });

  test('what a `NotAction` does not except', () => {
    const text = statement(
      `
      "NotAction": "kms:Decypt",
      //                ^^^^^^ action-unknown: the entry excepts nothing
      `,
      'Deny',
    );
    check('a.key-policy.json', text);
  });

  test('a prefix with no action behind it, spaces and a second colon', () => {
    const text = statement(`
      "Action": [
        "kms:",
       //^^^^ action-unknown: name an action that exists
        "kms: Decrypt",
        //   ^^^^^^^^ action-unknown: write \`kms:Decrypt\`
        "kms:Sign:x"
        //   ^^^^^^ action-unknown: write \`kms:Sign\`
      ],`);
    check('a.key-policy.json', text);
  });

  test.each(['a.iam-policy.json', 'a.scp.json'])('in %s, in a statement without a list', (file) => {
    check(
      file,
      `
      {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Deny", "Action": "kms:ScheduleKeyDeletions", "Resource": "*" }
        //                                              ^^^^^^^^^^^^^^^^^^^^ action-unknown: the entry denies nothing
      }`,
    );
  });

  test.each(['a.rcp.json', 'a.vpce-policy.json'])('in %s, beside actions of other services', (file) => {
    const text = policyOf(`
      { "Effect": "Deny", "Principal": "*", "Action": ["s3:*", "kms:Decypt"], "Resource": "*" }
      //                                                            ^^^^^^ action-unknown
    `);
    check(file, text);
  });

  test('in a text of unknown kind that may be several', () => {
    const text = policyOf(`
      { "Effect": "Allow", "Action": ["kms:Decrypt", "kms:Encypt"], "Resource": "*" }
      //                                                  ^^^^^^ action-unknown
    `);
    check('policy.json', text);
  });

  test('around broken JSON and letters that are not ASCII', () => {
    const text = statement(`
      "Sid": "Schlüssel für Bücher 🔑", "Action": ["kms:Decypt" "kms:Encypt"],
      //                                                ^^^^^^ action-unknown
      //                                                       | json-syntax: a comma is missing here
      //                                                             ^^^^^^ action-unknown
    `);
    check('a.key-policy.json', text);
  });

  test('with comments, where they are allowed', () => {
    const text = statement(`
      /* to read */ "Action": "kms:Decypt", // to do
      //                           ^^^^^^ action-unknown
    `);
    check('a.key-policy.json', text, { languageId: 'jsonc' });
  });
});

describe('leaves alone', () => {
  test.each([
    'kms:decrypt',
    'KMS:GENERATEDATAKEY',
    'kms:*',
    '*',
    'kms:Describe*',
    'kms:Foo*',
    'kms:GenerateDataKey?',
    's3:GetObjekt',
    'iam:PassRoll',
    '${Action}',
    'kms:${Operation}',
    'kms:{{ operation }}',
    '{{resolve:ssm:action}}',
    'kms:${Token[TOKEN.12]}',
    'kms:<operation>',
    'kms:__OPERATION__',
    'kms:Encapsulate',
    'kms:Decapsulate',
    'kms:DeriveSharedSecret',
    'kms:GetKeyLastUsage',
    'kms:RotateKeyOnDemand',
    'kms:ReEncryptFrom',
    'kms:UpdateCustomKeyStore',
    'kms:SynchronizeMultiRegionKey',
    'kms:RotateKey',
    'kms:describe-key',
    'kms:ViaService',
  ])('%s', (action) => {
    expect(ruleIds('a.key-policy.json', statement(`"Action": ${JSON.stringify(action)},`))).toEqual([]);
  });

  test('the actions that the console gives to key administrators', () => {
    const verbs = [
      'Create*',
      'Describe*',
      'Enable*',
      'List*',
      'Put*',
      'Update*',
      'Revoke*',
      'Disable*',
      'Get*',
      'Delete*',
    ];
    const names = ['TagResource', 'UntagResource', 'ScheduleKeyDeletion', 'CancelKeyDeletion', 'ImportKeyMaterial'];
    const actions = [...verbs, ...names, 'ReplicateKey', 'UpdatePrimaryRegion'].map((name) => `kms:${name}`);
    expect(ruleIds('a.key-policy.json', statement(`"Action": ${JSON.stringify(actions)},`))).toEqual([]);
  });

  test('what a later member of the same name overrides', () => {
    const text = statement(`
      "Action": "kms:Decypt",
    //^^^^^^^^ json-duplicate-key
      "Action": "kms:Decrypt",`);
    check('a.key-policy.json', text);
  });

  test('policies of other services', () => {
    const text = policyOf('{ "Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "*" }');
    expect(ruleIds('policy.json', text)).toEqual([]);
  });
});

describe('fixes', () => {
  test('change the slip and nothing else', () => {
    const text = statement(`
      "Action": ["kms:Encrypt", "kms:Decypt"],
      //                             ^^^^^^ action-unknown
`);
    expect(fixed('a.key-policy.json', text, 'change to `kms:Decrypt`')).toBe(
      statement(`
      "Action": ["kms:Encrypt", "kms:Decrypt"],
`),
    );
  });

  test.each([
    ['kms:Decypt', ['change to `kms:Decrypt` (safe)']],
    ['kms:Dcerypt', ['change to `kms:Decrypt` (safe)']],
    ['kms:ListGrant', ['change to `kms:ListGrants` (safe)']],
    ['kms:De crypt', ['change to `kms:Decrypt` (safe)']],
    ['kms:ReEncrypt ', ['change to `kms:ReEncrypt*` (safe)']],
    ['kms:PutPolicy', ['change to `kms:PutKeyPolicy`']],
    ['kms:GetKeyRotation', ['change to `kms:GetKeyRotationStatus`']],
    ['kms:DeleteKeyMaterial', ['change to `kms:DeleteImportedKeyMaterial`']],
    ['kms:GenerateKey', ['change to `kms:GenerateDataKey`', 'change to `kms:GenerateMac`']],
    ['kms:GetKeyPolicies', ['change to `kms:GetKeyPolicy`', 'change to `kms:ListKeyPolicies`']],
    ['kms:Frobnicate', []],
  ])('%s: only a single slip is mended without asking', (action, titles) => {
    expect(fixTitles('a.key-policy.json', statement(`"Action": ${JSON.stringify(action)},`))).toEqual(titles);
  });

  test('stay between the escapes in the output of get-key-policy', () => {
    const policy = String.raw`
      {
        "Policy": "{\n  \"Statement\" : [ { \"Effect\" : \"Allow\", \"Action\" : \"kms:Decypt\", \"Resource\" : \"*\", \"Principal\" : { \"AWS\" : \"111122223333\" } } ], \"Version\" : \"2012-10-17\"\n}",
        //                                                                             ^^^^^^ action-unknown
        "PolicyName": "default"
      }`;
    expect(fixed('answer.json', policy, 'change to `kms:Decrypt`')).toContain(
      String.raw`\"Action\" : \"kms:Decrypt\", \"Resource\"`,
    );
  });
});
