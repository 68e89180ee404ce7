import { describe, expect, test } from 'vitest';
import { actionNames, findAction } from '../../../simulator/facts/actions.ts';
import { kmsGrantKeys } from '../../../simulator/facts/condition-keys/kms-grants.ts';
import { kmsRequestKeys } from '../../../simulator/facts/condition-keys/kms-requests.ts';
import {
  conditionKeys,
  conditionKeysOf,
  findConditionKey,
  globalConditionKeys,
  kmsConditionKeys,
  supportsConditionKey,
} from '../../../simulator/facts/condition-keys.ts';
import { generatedConditionKeys } from '../../../simulator/facts/generated/iam-data.ts';

describe('the rows', () => {
  test('every generated key is found, with the type of the generated data', () => {
    for (const { name, type, multivalued } of generatedConditionKeys) {
      expect(findConditionKey(name)?.key, name).toMatchObject({ name, type, multivalued });
    }
  });

  test('every text of ours belongs to a generated key, and every kms key has one', () => {
    const generated = generatedConditionKeys.map(({ name }) => name).filter((name) => name.startsWith('kms:'));
    expect([...kmsRequestKeys, ...kmsGrantKeys].map(({ name }) => name).sort()).toEqual([...generated].sort());
    expect(kmsConditionKeys).toHaveLength(generated.length);
  });

  test('sentences are sentences, and names differ by more than case', () => {
    for (const { name, summary, present } of conditionKeys) {
      expect(summary, name).toMatch(/^[A-Z].+\.$/);
      expect(present, name).toMatch(/^(Present|Use) .+\.$/);
    }
    expect(new Set(conditionKeys.map(({ name }) => name.toLowerCase())).size).toBe(conditionKeys.length);
  });

  test('multivalued keys are those that AWS names', () => {
    expect(
      conditionKeys
        .filter((key) => key.multivalued)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([
      'aws:CalledVia',
      'aws:PrincipalOrgPaths',
      'aws:PrincipalServiceNamesList',
      'aws:ResourceOrgPaths',
      'aws:SourceOrgPaths',
      'aws:TagKeys',
      'aws:VpceOrgPaths',
      'kms:EncryptionContextKeys',
      'kms:GrantOperations',
      'kms:ResourceAliases',
    ]);
  });

  test('every condition key of an action is a row', () => {
    for (const action of actionNames) {
      for (const name of conditionKeysOf(action)) expect(findConditionKey(name)?.key.name, action).toBe(name);
    }
  });

  test('deprecated keys lead to keys that exist', () => {
    const deprecated = conditionKeys.filter((key) => key.deprecated !== undefined);
    expect(deprecated.map(({ name, deprecated: old }) => `${name} -> ${old?.use}`)).toEqual([
      'kms:CustomerMasterKeySpec -> kms:KeySpec',
      'kms:CustomerMasterKeyUsage -> kms:KeyUsage',
      'aws:ARN -> aws:PrincipalArn',
      'aws:SourceOwner -> aws:SourceAccount',
    ]);
    for (const key of deprecated) expect(findConditionKey(key.deprecated?.use ?? '')).toBeDefined();
  });

  test('values come from the tables of what they name', () => {
    expect(findConditionKey('kms:KeySpec')?.key.values).toHaveLength(20);
    expect(findConditionKey('kms:GrantOperations')?.key.values).toHaveLength(19);
    expect(findConditionKey('kms:SigningAlgorithm')?.key.values).toHaveLength(13);
    expect(findConditionKey('kms:EncryptionAlgorithm')?.key.values).toHaveLength(4);
    expect(findConditionKey('kms:KeyOrigin')?.key.values).toHaveLength(4);
  });
});

describe('finding a key', () => {
  test('ignores case', () => {
    expect(findConditionKey('KMS:viaservice')?.key.name).toBe('kms:ViaService');
    expect(findConditionKey('aws:principalarn')?.key.name).toBe('aws:PrincipalArn');
    expect(findConditionKey('AWS:SourceIP')?.key.name).toBe('aws:SourceIp');
  });

  test.each([
    ['kms:EncryptionContext:Stage', 'kms:EncryptionContext:${EncryptionContextKey}', 'Stage'],
    ['KMS:ENCRYPTIONCONTEXT:aws:s3:arn', 'kms:EncryptionContext:${EncryptionContextKey}', 'aws:s3:arn'],
    ['aws:PrincipalTag/team', 'aws:PrincipalTag/${TagKey}', 'team'],
    ['aws:ResourceTag/dp:exclude', 'aws:ResourceTag/${TagKey}', 'dp:exclude'],
    ['kms:RecipientAttestation:PCR3', 'kms:RecipientAttestation:PCR${PcrId}', '3'],
    ['kms:RecipientAttestation:PCR31', 'kms:RecipientAttestation:PCR${PcrId}', '31'],
    ['kms:recipientattestation:nitrotpmpcr23', 'kms:RecipientAttestation:NitroTPMPCR${PcrId}', '23'],
  ])('%s fills in a template', (name, template, variable) => {
    const found = findConditionKey(name);
    expect(found?.key.name).toBe(template);
    expect(found?.variable).toBe(variable);
  });

  test.each([
    'kms:EncryptionContext',
    'kms:EncryptionContext:',
    'kms:EncryptionContextEquals',
    'kms:ViaServices',
    'aws:PrincipalTag',
    'aws:PrincipalTag/',
    'kms:RecipientAttestation:PCR32',
    'kms:RecipientAttestation:PCR03',
    'kms:RecipientAttestation:NitroTPMPCR24',
    's3:prefix',
  ])('%s is no key', (name) => {
    expect(findConditionKey(name)).toBeUndefined();
  });
});

describe('which action supports which key', () => {
  test('the keys of an action include those of its resource type', () => {
    expect(conditionKeysOf('disablekey')).toEqual([
      'aws:ResourceTag/${TagKey}',
      'kms:CallerAccount',
      'kms:KeyOrigin',
      'kms:KeySpec',
      'kms:KeyUsage',
      'kms:MultiRegion',
      'kms:MultiRegionKeyType',
      'kms:ResourceAliases',
      'kms:TrailingDaysWithoutKeyUsage',
      'kms:ViaService',
    ]);
    expect(conditionKeysOf('ListKeys')).toEqual([]);
    expect(conditionKeysOf('Decypt')).toEqual([]);
  });

  test('every action on a key supports the conditions on keys', () => {
    for (const name of actionNames) {
      const onKey = findAction(name)?.resources.includes('key') ?? false;
      expect(supportsConditionKey(name, 'kms:ResourceAliases'), name).toBe(onKey);
      expect(supportsConditionKey(name, 'kms:KeySpec'), name).toBe(onKey || name === 'CreateKey');
      expect(supportsConditionKey(name, 'kms:CustomerMasterKeySpec'), name).toBe(onKey || name === 'CreateKey');
    }
  });

  test('encryption context conditions work for ten actions', () => {
    const supporting = actionNames.filter((name) => supportsConditionKey(name, 'kms:EncryptionContext:Stage'));
    expect(supporting).toEqual([
      'CreateGrant',
      'Decrypt',
      'Encrypt',
      'GenerateDataKey',
      'GenerateDataKeyPair',
      'GenerateDataKeyPairWithoutPlaintext',
      'GenerateDataKeyWithoutPlaintext',
      'ReEncryptFrom',
      'ReEncryptTo',
      'RetireGrant',
    ]);
  });

  test('global keys always work, unknown keys never', () => {
    for (const { name } of globalConditionKeys) expect(supportsConditionKey('ListKeys', name), name).toBe(true);
    expect(supportsConditionKey('GenerateRandom', 'aws:PrincipalTag/team')).toBe(true);
    expect(supportsConditionKey('Decrypt', 'kms:EncryptionContextEquals')).toBe(false);
    expect(supportsConditionKey('Decrypt', 'kms:GrantIsForAWSResource')).toBe(false);
    expect(supportsConditionKey('GenerateRandom', 'kms:RecipientAttestation:PCR0')).toBe(true);
  });
});
