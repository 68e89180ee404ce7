import { describe, expect, it } from 'vitest';
import { findKeySpec } from '../../../simulator/facts/key-specs.ts';
import { keyStates, outcomeIn } from '../../../simulator/facts/key-states.ts';
import { kmsOperations } from '../../../simulator/facts/operations.ts';
import type { KeyState, KmsOperation, Origin } from '../../../simulator/facts/types.ts';
import { seededRandom } from '../../../simulator/kms/environment.ts';
import { KmsKey } from '../../../simulator/kms/key.ts';
import { Materials, newMaterial } from '../../../simulator/kms/material.ts';
import { isOperationName } from '../../../simulator/kms/service.ts';
import { CALLER, KEY_ARN, keyOf, NOW, PLACE } from './keys.ts';
import { DAY, Lab } from './lab.ts';

const ID = '1234abcd-12ab-34cd-56ef-1234567890ab';

function specFor({ keyUsages, keyTypes, name }: KmsOperation): string {
  if (name === 'GetPublicKey') return 'ECC_NIST_P256';
  if (keyTypes?.includes('symmetric') || !keyUsages || keyUsages.includes('ENCRYPT_DECRYPT'))
    return 'SYMMETRIC_DEFAULT';
  if (keyUsages.includes('ENCAPSULATE_DECAPSULATE')) return 'ML_KEM_512';
  return keyUsages.includes('GENERATE_VERIFY_MAC') ? 'HMAC_256' : 'ECC_NIST_P256';
}

function keyIn(operation: KmsOperation, state: KeyState, origin: Origin): KmsKey {
  const spec = specFor(operation);
  const usage = operation.keyUsages?.[0] ?? findKeySpec(spec)?.uses[0]?.usage ?? 'ENCRYPT_DECRYPT';
  return new KmsKey({
    ...PLACE,
    id: ID,
    spec,
    usage,
    origin,
    manager: 'CUSTOMER',
    created: NOW,
    state,
    policy: keyOf(KEY_ARN).policy,
    materials: new Materials(newMaterial(ID, spec, seededRandom(spec))),
  });
}

const bytes = (length: number) => new Uint8Array(length);

/** A request for each operation that goes through as far as its state allows. */
const inputs: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  RevokeGrant: { KeyId: ID, GrantId: '0'.repeat(64) },
  RetireGrant: { KeyId: ID, GrantId: '0'.repeat(64) },
  ListRetirableGrants: { RetiringPrincipal: CALLER },
  CreateGrant: { KeyId: ID, GranteePrincipal: CALLER, Operations: ['Decrypt'] },
  CreateAlias: { AliasName: 'alias/new', TargetKeyId: ID },
  UpdateAlias: { AliasName: 'alias/other', TargetKeyId: ID },
  DeleteAlias: { AliasName: 'alias/key' },
  ReEncrypt: { SourceKeyId: ID, DestinationKeyId: ID, CiphertextBlob: bytes(1) },
  Decrypt: { KeyId: ID, CiphertextBlob: bytes(1) },
  Encrypt: { KeyId: ID, Plaintext: bytes(1) },
  GenerateDataKey: { KeyId: ID, KeySpec: 'AES_256' },
  GenerateDataKeyWithoutPlaintext: { KeyId: ID, KeySpec: 'AES_256' },
  GenerateDataKeyPair: { KeyId: ID, KeyPairSpec: 'ECC_NIST_P256' },
  GenerateDataKeyPairWithoutPlaintext: { KeyId: ID, KeyPairSpec: 'ECC_NIST_P256' },
  GenerateMac: { KeyId: ID, Message: bytes(1), MacAlgorithm: 'HMAC_SHA_256' },
  VerifyMac: { KeyId: ID, Message: bytes(1), MacAlgorithm: 'HMAC_SHA_256', Mac: bytes(32) },
  Sign: { KeyId: ID, Message: bytes(1), SigningAlgorithm: 'ECDSA_SHA_256' },
  Verify: { KeyId: ID, Message: bytes(1), SigningAlgorithm: 'ECDSA_SHA_256', Signature: bytes(8) },
  DeriveSharedSecret: { KeyId: ID, KeyAgreementAlgorithm: 'ECDH', PublicKey: bytes(8) },
  Encapsulate: { KeyId: ID, EncapsulationAlgorithm: 'ML_KEM' },
  Decapsulate: { KeyId: ID, EncapsulationAlgorithm: 'ML_KEM', SharedSecretCiphertextBlob: bytes(768) },
  PutKeyPolicy: { KeyId: ID, Policy: keyOf(KEY_ARN).policy.text },
  ReplicateKey: { KeyId: ID, ReplicaRegion: 'eu-west-1' },
  UpdatePrimaryRegion: { KeyId: ID, PrimaryRegion: 'eu-west-1' },
  UpdateKeyDescription: { KeyId: ID, Description: 'x' },
  TagResource: { KeyId: ID, Tags: [{ TagKey: 'a', TagValue: 'b' }] },
  UntagResource: { KeyId: ID, TagKeys: ['a'] },
  GetParametersForImport: { KeyId: ID, WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' },
  ImportKeyMaterial: {
    KeyId: ID,
    ImportToken: bytes(1),
    EncryptedKeyMaterial: bytes(1),
    ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
  },
};

/** What an operation answers for reasons of its own once the state lets it through. */
const beyondTheState = [
  /^ok$/,
  /^(InvalidCiphertext|KMSInvalidMac|KMSInvalidSignature|InvalidImportToken)Exception: $/,
  /^ValidationException: $/,
  /^NotFoundException: $/,
  /No available key material pending rotation/,
  /is not a multi-region primary key/,
];

describe('every operation in every key state', () => {
  const withState = kmsOperations.filter(
    ({ name, keyStates: row }) => row && isOperationName(name) && name !== 'ListAliases',
  );
  it.each(withState.map((operation) => [operation.name, operation] as const))('%s', async (name, operation) => {
    for (const { name: state, origins } of keyStates)
      for (const origin of origins) {
        const outcome = outcomeIn(operation, state, origin);
        if (outcome === undefined || outcome === 'n/a') continue;
        const lab = new Lab();
        const key = keyIn(operation, state, origin);
        key.deletion = state === 'PendingDeletion' ? NOW + 30 * DAY : undefined;
        lab.world.add(key);
        lab.world.putAlias(key, { name: 'alias/key', created: NOW, updated: NOW });
        const other = new KmsKey({ ...keyIn(operation, 'Enabled', 'AWS_KMS').identity, ...rest(key), id: OTHER });
        lab.world.add(other);
        lab.world.putAlias(other, { name: 'alias/other', created: NOW, updated: NOW });
        if (!isOperationName(name)) throw new Error(name);
        const input = inputs[name] ?? { KeyId: ID };
        const came = await lab.outcome(name, input as never);
        const where = `${name} ${state} ${origin}: ${came}`;
        if (typeof outcome !== 'string' && 'error' in outcome) {
          const message = outcome.message?.replace('<arn>', key.arn).replace('<origin>', origin) ?? '';
          expect(came, where).toBe(`${outcome.error}: ${message}`);
        } else
          expect(
            beyondTheState.some((pattern) => pattern.test(came)),
            where,
          ).toBe(true);
      }
  });

  const OTHER = '0987dcba-09fe-87dc-65ba-ab0987654321';
  const rest = ({ policy, materials }: KmsKey) => ({ policy, materials, state: 'Enabled' as const });
});

it('an alias moves away from a key that is pending deletion, and not to one', async () => {
  const lab = new Lab();
  const [from, to] = [await lab.key(), await lab.key()];
  await lab.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: from.arn });
  await lab.call('ScheduleKeyDeletion', { KeyId: from.arn });
  expect(await lab.outcome('UpdateAlias', { AliasName: 'alias/a', TargetKeyId: to.arn })).toBe('ok');
  expect(await lab.outcome('UpdateAlias', { AliasName: 'alias/a', TargetKeyId: from.arn })).toBe(
    `KMSInvalidStateException: ${from.arn} is pending deletion.`,
  );
});
