import { expect, test } from 'vitest';
import { kmsOperations } from '../../../simulator/facts/operations.ts';
import { parametersOf } from '../../../simulator/scenario/parameters.ts';

const names = (operation: string | undefined, step: 'can' | 'call'): string[] =>
  parametersOf(operation, step).map(({ name }) => name);

test('an access check has the parameters that condition keys follow from', () => {
  expect(names('CreateGrant', 'can')).toEqual([
    'Constraints',
    'Operations',
    'GranteePrincipal',
    'GranteeServicePrincipal',
    'RetiringPrincipal',
    'RetiringServicePrincipal',
  ]);
  expect(names('kms:PutKeyPolicy', 'can')).toEqual(['BypassPolicyLockoutSafetyCheck']);
  expect(names('CreateKey', 'can')).toEqual(
    expect.arrayContaining(['KeySpec', 'KeyUsage', 'Origin', 'MultiRegion', 'Tags']),
  );
  expect(names('ReplicateKey', 'can')).toEqual(['ReplicaRegion', 'Tags']);
  expect(names('UntagResource', 'can')).toEqual(['TagKeys']);
  expect(names('ReEncryptFrom', 'can')).toEqual(['EncryptionAlgorithm']);
  expect(names('GenerateDataKey', 'can')).toEqual([]);
});

test('it names aliases, since policies speak of them', () => {
  for (const operation of ['CreateAlias', 'UpdateAlias', 'DeleteAlias'])
    expect(names(operation, 'can')).toEqual(['AliasName']);
});

test('a call names what it works on besides', () => {
  expect(names('Encrypt', 'call')).toEqual([
    'KeyId',
    'EncryptionContext',
    'GrantTokens',
    'DryRun',
    'EncryptionAlgorithm',
  ]);
  expect(names('ReEncrypt', 'call')).toEqual(
    expect.arrayContaining(['SourceKeyId', 'DestinationKeyId', 'SourceEncryptionContext']),
  );
  expect(names('CreateAlias', 'call')).toEqual(['TargetKeyId', 'AliasName']);
  expect(names('DeleteAlias', 'call')).toEqual(['AliasName']);
});

test('each says which condition keys look at it', () => {
  expect(parametersOf('Sign', 'can')).toEqual([
    { name: 'MessageType', conditionKeys: ['kms:MessageType'] },
    { name: 'SigningAlgorithm', conditionKeys: ['kms:SigningAlgorithm'] },
  ]);
});

test('what is no operation has none', () => {
  for (const text of [undefined, '', 'Decypt', '*', 'kms:', '__proto__']) expect(names(text, 'call'), text).toEqual([]);
  for (const { name } of kmsOperations) expect(new Set(names(name, 'call')).size).toBe(names(name, 'call').length);
});
