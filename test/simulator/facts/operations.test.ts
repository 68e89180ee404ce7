import { describe, expect, test } from 'vitest';
import { actionNames, findAction } from '../../../simulator/facts/actions.ts';
import { supportsConditionKey } from '../../../simulator/facts/condition-keys.ts';
import { findOperation, kmsOperations, operationsOf } from '../../../simulator/facts/operations.ts';

describe('the operations', () => {
  test('there are 56, each once', () => {
    expect(kmsOperations).toHaveLength(56);
    expect(new Set(kmsOperations.map((operation) => operation.name)).size).toBe(56);
  });

  test('every permission is an action', () => {
    for (const { name, permissions } of kmsOperations) {
      expect(permissions.length, name).toBeGreaterThan(0);
      for (const { action } of permissions) expect(findAction(action)?.name, name).toBe(action);
    }
  });

  test('every action but SynchronizeMultiRegionKey belongs to an operation', () => {
    const unused = actionNames.filter((name) => operationsOf(name).length === 0);
    expect(unused).toEqual(['SynchronizeMultiRegionKey']);
  });

  test('a permission is decided on a kind of resource that its action has', () => {
    const kinds = { alias: 'alias', none: 'none', 'replica-region': 'none' };
    for (const { name, permissions } of kmsOperations) {
      for (const { action, on } of permissions) {
        const kind = on === 'alias' || on === 'none' || on === 'replica-region' ? kinds[on] : 'key';
        expect(findAction(action)?.resources, `${name} ${action} on ${on}`).toContain(kind);
      }
    }
  });

  test('names are found in any case', () => {
    expect(findOperation('reencrypt')?.name).toBe('ReEncrypt');
    expect(findOperation('ReEncryptFrom')).toBeUndefined();
    expect(operationsOf('TAGRESOURCE').map((operation) => operation.name)).toEqual([
      'CreateKey',
      'ReplicateKey',
      'TagResource',
    ]);
  });

  test('operations on two resources ask for a permission on each', () => {
    const asked = (name: string) => findOperation(name)?.permissions.map(({ action, on }) => `${action} on ${on}`);
    expect(asked('ReEncrypt')).toEqual(['ReEncryptFrom on source-key', 'ReEncryptTo on destination-key']);
    expect(asked('CreateAlias')).toEqual(['CreateAlias on alias', 'CreateAlias on key']);
    expect(asked('UpdateAlias')).toEqual(['UpdateAlias on alias', 'UpdateAlias on previous-key', 'UpdateAlias on key']);
    expect(asked('DeleteAlias')).toEqual(['DeleteAlias on alias', 'DeleteAlias on key']);
    expect(asked('ReplicateKey')).toEqual([
      'ReplicateKey on key',
      'CreateKey on replica-region',
      'TagResource on new-key',
    ]);
    expect(asked('UpdatePrimaryRegion')).toEqual(['UpdatePrimaryRegion on key', 'UpdatePrimaryRegion on replica-key']);
    expect(asked('CreateKey')).toEqual(['CreateKey on none', 'TagResource on new-key']);
    expect(findOperation('RetireGrant')?.permissions).toEqual([
      { action: 'RetireGrant', on: 'key', decidedBy: 'grant' },
    ]);
  });

  test('an encryption context goes with seven operations', () => {
    const carrying = kmsOperations.filter((operation) => operation.encryptionContext).map(({ name }) => name);
    expect(carrying).toEqual([
      'Decrypt',
      'Encrypt',
      'GenerateDataKey',
      'GenerateDataKeyPair',
      'GenerateDataKeyPairWithoutPlaintext',
      'GenerateDataKeyWithoutPlaintext',
      'ReEncrypt',
    ]);
  });

  test('an alias is accepted where kms:RequestAlias can be used, and nowhere else', () => {
    for (const { name, permissions, acceptsAlias } of kmsOperations) {
      const [first] = permissions;
      expect(supportsConditionKey(first?.action ?? '', 'kms:RequestAlias'), name).toBe(acceptsAlias);
    }
  });

  test('dry runs and grant tokens', () => {
    const named = (of: (typeof kmsOperations)[number][]) => of.map(({ name }) => name);
    const dryRun = named(kmsOperations.filter((operation) => operation.acceptsDryRun));
    const tokens = named(kmsOperations.filter((operation) => operation.acceptsGrantTokens));
    const both =
      `CreateGrant Decapsulate Decrypt DeriveSharedSecret Encapsulate Encrypt GenerateDataKey GenerateDataKeyPair
      GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext GenerateMac ReEncrypt Sign Verify VerifyMac`.split(
        /\s+/,
      );
    expect(dryRun).toEqual([...both, 'RetireGrant', 'RevokeGrant'].sort());
    expect(tokens).toEqual([...both, 'DescribeKey', 'GetPublicKey'].sort());
  });
});

// The cross-account column of the API reference, by action; `own` is ListRetirableGrants, `-` is no API operation.
const crossAccount = `
  CancelKeyDeletion no | ConnectCustomKeyStore no | CreateAlias no | CreateCustomKeyStore no | CreateGrant yes | CreateKey no
  Decapsulate yes | Decrypt yes | DeleteAlias no | DeleteCustomKeyStore no | DeleteImportedKeyMaterial no
  DeriveSharedSecret yes | DescribeCustomKeyStores no | DescribeKey yes | DisableKey no | DisableKeyRotation no
  DisconnectCustomKeyStore no | EnableKey no | EnableKeyRotation no | Encapsulate yes | Encrypt yes | GenerateDataKey yes
  GenerateDataKeyPair yes | GenerateDataKeyPairWithoutPlaintext yes | GenerateDataKeyWithoutPlaintext yes
  GenerateMac yes | GenerateRandom no | GetKeyLastUsage no | GetKeyPolicy no | GetKeyRotationStatus yes
  GetParametersForImport no | GetPublicKey yes | ImportKeyMaterial no | ListAliases no | ListGrants yes
  ListKeyPolicies no | ListKeyRotations no | ListKeys no | ListResourceTags no | ListRetirableGrants own
  PutKeyPolicy no | ReEncryptFrom yes | ReEncryptTo yes | ReplicateKey no | RetireGrant yes | RevokeGrant yes
  RotateKeyOnDemand no | ScheduleKeyDeletion no | Sign yes | SynchronizeMultiRegionKey - | TagResource no
  UntagResource no | UpdateAlias no | UpdateCustomKeyStore no | UpdateKeyDescription no | UpdatePrimaryRegion no
  Verify yes | VerifyMac yes`;

describe('use across accounts', () => {
  const rows = crossAccount.split(/[|\n]/).map((cell) => cell.trim().split(' '));
  const table = rows.filter((row): row is [string, string] => row.length === 2);

  test('the table covers every action', () => {
    expect(table.map(([action]) => action).sort()).toEqual(actionNames);
  });

  test.each(table)('%s: %s', (action, expected) => {
    const found = new Set(operationsOf(action).map((operation) => operation.crossAccount));
    const spelt = expected === 'own' ? 'own-principal' : expected;
    expect([...found]).toEqual(expected === '-' ? [] : [spelt]);
  });
});
