import { describe, expect, it } from 'vitest';
import { kmsOperations } from '../../../simulator/facts/operations.ts';
import { operations } from '../../../simulator/kms/operations.ts';
import { operationNames } from '../../../simulator/kms/service.ts';
import { Lab } from './lab.ts';

/** Source: botocore's service model of KMS (Apache-2.0), written down here a second time. */
const texts: readonly (readonly [operation: string, member: string, least: number, most: number])[] = [
  ['DescribeKey', 'KeyId', 1, 2048],
  ['CreateKey', 'Description', 0, 8192],
  ['CreateKey', 'Policy', 1, 131_072],
  ['GetKeyPolicy', 'PolicyName', 1, 128],
  ['ListKeys', 'Marker', 1, 1024],
  ['CreateAlias', 'AliasName', 1, 256],
  ['CreateAlias', 'TargetKeyId', 1, 2048],
  ['UpdateKeyDescription', 'Description', 0, 8192],
  ['DeleteImportedKeyMaterial', 'KeyMaterialId', 64, 64],
  ['ImportKeyMaterial', 'KeyMaterialDescription', 0, 256],
  ['CreateGrant', 'GranteePrincipal', 1, 256],
  ['CreateGrant', 'RetiringPrincipal', 1, 256],
  ['CreateGrant', 'Name', 1, 256],
  ['RetireGrant', 'GrantToken', 1, 8192],
  ['RetireGrant', 'GrantId', 1, 128],
  ['RevokeGrant', 'GrantId', 1, 128],
  ['ListGrants', 'GrantId', 1, 128],
];
const bytes: readonly (readonly [operation: string, member: string, most: number])[] = [
  ['Encrypt', 'Plaintext', 4096],
  ['Decrypt', 'CiphertextBlob', 6144],
  ['ReEncrypt', 'CiphertextBlob', 6144],
  ['Sign', 'Message', 4096],
  ['Verify', 'Message', 4096],
  ['Verify', 'Signature', 6144],
  ['GenerateMac', 'Message', 4096],
  ['VerifyMac', 'Mac', 6144],
  ['DeriveSharedSecret', 'PublicKey', 8192],
  ['Decapsulate', 'SharedSecretCiphertextBlob', 6144],
  ['ImportKeyMaterial', 'ImportToken', 6144],
  ['ImportKeyMaterial', 'EncryptedKeyMaterial', 6144],
];
const numbers: readonly (readonly [operation: string, member: string, least: number, most: number])[] = [
  ['GenerateDataKey', 'NumberOfBytes', 1, 1024],
  ['GenerateDataKeyWithoutPlaintext', 'NumberOfBytes', 1, 1024],
  ['GenerateRandom', 'NumberOfBytes', 1, 1024],
  ['ScheduleKeyDeletion', 'PendingWindowInDays', 1, 365],
  ['EnableKeyRotation', 'RotationPeriodInDays', 90, 2560],
  ['ListKeys', 'Limit', 1, 1000],
  ['ListKeyPolicies', 'Limit', 1, 1000],
  ['ListKeyRotations', 'Limit', 1, 1000],
  ['ListAliases', 'Limit', 1, 100],
  ['ListResourceTags', 'Limit', 1, 50],
  ['ListGrants', 'Limit', 1, 100],
  ['ListRetirableGrants', 'Limit', 1, 100],
];
const choices: readonly (readonly [operation: string, member: string])[] = [
  ['CreateKey', 'KeySpec'],
  ['CreateKey', 'KeyUsage'],
  ['CreateKey', 'Origin'],
  ['Encrypt', 'EncryptionAlgorithm'],
  ['Sign', 'SigningAlgorithm'],
  ['Sign', 'MessageType'],
  ['GenerateMac', 'MacAlgorithm'],
  ['GenerateDataKey', 'KeySpec'],
  ['GenerateDataKeyPair', 'KeyPairSpec'],
  ['DeriveSharedSecret', 'KeyAgreementAlgorithm'],
  ['Encapsulate', 'EncapsulationAlgorithm'],
  ['Decapsulate', 'EncapsulationAlgorithm'],
  ['GetParametersForImport', 'WrappingAlgorithm'],
  ['GetParametersForImport', 'WrappingKeySpec'],
  ['ImportKeyMaterial', 'ExpirationModel'],
  ['ImportKeyMaterial', 'ImportType'],
  ['ListKeyRotations', 'IncludeKeyMaterial'],
];

const lab = new Lab();
/** What is said about one member, whatever else is missing. */
async function saidOf(operation: string, member: string, value: unknown): Promise<string> {
  const input: Record<string, unknown> = { [member]: value };
  const said = await lab.outcome(operation as 'ListKeys', input);
  const at = `at '${member.charAt(0).toLowerCase()}${member.slice(1)}'`;
  return said.split('; ').find((each) => each.includes(at)) ?? '';
}

describe('limits', () => {
  it.each(texts)('%s takes a %s of %i to %i characters', async (operation, member, least, most) => {
    const fill = (length: number) => 'a'.repeat(length);
    expect(await saidOf(operation, member, fill(most))).not.toContain('Member must have length');
    expect(await saidOf(operation, member, fill(most + 1))).toContain(
      `failed to satisfy constraint: Member must have length less than or equal to ${most}`,
    );
    if (least > 0)
      expect(await saidOf(operation, member, fill(least - 1))).toContain(
        `failed to satisfy constraint: Member must have length greater than or equal to ${least}`,
      );
  });

  it.each(bytes)('%s takes a %s of at most %i bytes, and does not repeat it', async (operation, member, most) => {
    const at = `${member.charAt(0).toLowerCase()}${member.slice(1)}`;
    const failed = `Value at '${at}' failed to satisfy constraint: Member must have length`;
    expect(await saidOf(operation, member, new Uint8Array(most))).not.toContain(failed);
    expect(await saidOf(operation, member, new Uint8Array(most + 1))).toContain(
      `${failed} less than or equal to ${most}`,
    );
    expect(await saidOf(operation, member, new Uint8Array(0))).toContain(`${failed} greater than or equal to 1`);
  });

  it.each(numbers)('%s takes a %s from %i to %i', async (operation, member, least, most) => {
    for (const value of [least, most]) expect(await saidOf(operation, member, value)).toBe('');
    expect(await saidOf(operation, member, least - 1)).toContain(
      `Member must have value greater than or equal to ${least}`,
    );
    expect(await saidOf(operation, member, most + 1)).toContain(`Member must have value less than or equal to ${most}`);
  });

  it.each(choices)('%s knows the values of %s', async (operation, member) => {
    expect(await saidOf(operation, member, 'NONSENSE')).toMatch(
      /Value 'NONSENSE' at '\w+' failed to satisfy constraint: Member must satisfy enum value set: \[\w+(, \w+)*\]/,
    );
  });
});

describe('the tables of the operations', () => {
  it('are those of the facts', () => {
    expect([...operationNames].sort()).toEqual(kmsOperations.map(({ name }) => name).sort());
    for (const [name, { name: own }] of Object.entries(operations)) expect(own).toBe(name);
  });

  it('have grant tokens and dry runs where the API has them', () => {
    for (const { name, acceptsDryRun, acceptsGrantTokens } of kmsOperations) {
      const definition = Object.entries(operations).find(([each]) => each === name)?.[1];
      if (!definition) continue;
      expect([name, 'DryRun' in definition.members, 'GrantTokens' in definition.members]).toEqual([
        name,
        acceptsDryRun,
        acceptsGrantTokens,
      ]);
    }
  });
});

describe('what a key encrypts at most', () => {
  it.each([
    ['RSA_2048', 'RSAES_OAEP_SHA_1', 214],
    ['RSA_3072', 'RSAES_OAEP_SHA_1', 342],
    ['RSA_4096', 'RSAES_OAEP_SHA_1', 470],
    ['RSA_2048', 'RSAES_OAEP_SHA_256', 190],
    ['RSA_3072', 'RSAES_OAEP_SHA_256', 318],
    ['RSA_4096', 'RSAES_OAEP_SHA_256', 446],
  ])('%s with %s: %i bytes', async (KeySpec, EncryptionAlgorithm, most) => {
    const { arn: KeyId } = await lab.key({ KeySpec, KeyUsage: 'ENCRYPT_DECRYPT' });
    const encrypt = (length: number) => ({ KeyId, Plaintext: new Uint8Array(length), EncryptionAlgorithm });
    const { CiphertextBlob } = await lab.call('Encrypt', encrypt(most));
    expect((await lab.call('Decrypt', { KeyId, CiphertextBlob, EncryptionAlgorithm })).Plaintext).toHaveLength(most);
    expect(await lab.outcome('Encrypt', encrypt(most + 1))).toBe(
      `ValidationException: Algorithm ${EncryptionAlgorithm} and key spec ${KeySpec} cannot encrypt data larger than ${most} bytes.`,
    );
  });
});

it('a request carries ten grant tokens at most', async () => {
  const { arn: KeyId } = await lab.key();
  const input = (count: number) => ({ KeyId, GrantTokens: Array.from({ length: count }, () => 'token') });
  expect(await lab.outcome('DescribeKey', input(10))).toBe('InvalidGrantTokenException: ');
  expect(await lab.outcome('DescribeKey', input(11))).toContain(
    "Value at 'grantTokens' failed to satisfy constraint: Member must have length less than or equal to 10",
  );
});

describe('pages', () => {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

  async function full(): Promise<{ readonly lab: Lab; readonly KeyId: string }> {
    const own = new Lab();
    const { arn: KeyId } = await own.key();
    for (const index of numbers(110)) await own.key({ Description: `${index}` });
    for (const { arn } of own.world.keys)
      for (const index of numbers(2))
        await own.call('CreateAlias', { AliasName: `alias/${arn.slice(-12)}/${index}`, TargetKeyId: arn });
    const Tags = numbers(50).map((index) => ({ TagKey: `key${index}`, TagValue: 'v' }));
    await own.call('TagResource', { KeyId, Tags });
    await own.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
    own.wait(90 * 120);
    return { lab: own, KeyId };
  }

  it('have the usual sizes, and together are everything once', async () => {
    const { lab: own, KeyId } = await full();
    const lists = [
      ['ListKeys', 'Keys', {}, 111, 100, 1000],
      ['ListAliases', 'Aliases', {}, 222, 50, 100],
      ['ListResourceTags', 'Tags', { KeyId }, 50, 50, 50],
      ['ListKeyRotations', 'Rotations', { KeyId }, 120, 100, 1000],
      ['ListKeyPolicies', 'PolicyNames', { KeyId }, 1, 100, 1000],
    ] as const;
    for (const [name, member, input, count, usual, most] of lists) {
      const page = async (more: object) => Object(await own.call(name, { ...input, ...more } as never));
      expect((await page({}))[member], name).toHaveLength(Math.min(count, usual));
      expect((await page({ Limit: most }))[member], name).toHaveLength(Math.min(count, most));
      for (const Limit of [1, 7, most]) {
        const all: unknown[] = [];
        for (let Marker: string | undefined, isMore = true; isMore; ) {
          const answer = await page({ Limit, ...(Marker === undefined ? {} : { Marker }) });
          all.push(...answer[member]);
          isMore = answer.Truncated;
          expect(answer.NextMarker !== undefined).toBe(isMore);
          Marker = answer.NextMarker;
        }
        expect(all, name).toHaveLength(count);
        expect(new Set(all.map((each) => JSON.stringify(each))).size, name).toBe(count);
      }
      expect(await own.outcome(name, { ...input, Marker: 'nonsense' } as never)).toBe('InvalidMarkerException: ');
    }
  });
});
