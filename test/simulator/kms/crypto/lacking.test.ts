import type * as crypto from 'node:crypto';
import { createECDH, publicEncrypt } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { keySpecs } from '../../../../simulator/facts/key-specs.ts';
import { latticeSpecs } from '../../../../simulator/kms/crypto/encoding.ts';
import { utf8 } from '../keys.ts';
import { hex } from './given.ts';

const lacking = vi.hoisted(() => ({ on: false }));

/** On demand as the cryptography of editors is: without secp256k1 and without lattices. */
vi.mock('node:crypto', async (original) => {
  const real = await original<typeof crypto>();
  const unknown = ['06052b8104000a', '06096086480165030403', '06096086480165030404'];
  const refuse = (given: object): void => {
    const { key, format } = Object(given);
    const text = format === 'der' ? Buffer.from(key).toString('hex') : JSON.stringify(key ?? '');
    if (lacking.on && [...unknown, 'secp256k1'].some((each) => text.includes(each))) throw new Error('unsupported');
  };
  return {
    ...real,
    getCurves: () => real.getCurves().filter((name) => !lacking.on || name !== 'secp256k1'),
    createECDH(name: string) {
      if (lacking.on && name === 'secp256k1') throw new Error('Invalid EC curve name');
      return real.createECDH(name);
    },
    createPrivateKey(key: crypto.PrivateKeyInput) {
      refuse(key);
      return real.createPrivateKey(key);
    },
    createPublicKey(key: crypto.PublicKeyInput) {
      refuse(key);
      return real.createPublicKey(key);
    },
  };
});

/** All that the service answers about keys of specs that Node may lack. */
async function answers(): Promise<readonly unknown[]> {
  vi.resetModules();
  const { Lab } = await import('../lab.ts');
  const lab = new Lab();
  const found: unknown[] = [];
  for (const { name: KeySpec, uses, dataKeyPair } of keySpecs) {
    if (!/^ML_|SECG/.test(KeySpec)) continue;
    const [{ usage: KeyUsage, algorithms } = { usage: '', algorithms: [] }] = uses;
    const { arn: KeyId } = await lab.key({ KeySpec, KeyUsage });
    const algorithm = algorithms[0]?.name ?? '';
    found.push((await lab.call('GetPublicKey', { KeyId })).PublicKey);
    if (KeyUsage === 'SIGN_VERIFY') {
      const input = { KeyId, Message: utf8('a message'), SigningAlgorithm: algorithm };
      const { Signature } = await lab.call('Sign', input);
      found.push(Signature, await lab.outcome('Verify', { ...input, Signature }));
      found.push(await lab.outcome('Verify', { ...input, Signature: Signature.subarray(1) }));
    } else {
      const made = await lab.call('Encapsulate', { KeyId, EncapsulationAlgorithm: algorithm });
      const { SharedSecretCiphertextBlob } = made;
      const input = { KeyId, SharedSecretCiphertextBlob, EncapsulationAlgorithm: algorithm };
      found.push(made, await lab.call('Decapsulate', input));
    }
    if (!dataKeyPair) continue;
    const { arn } = await lab.key();
    found.push(await lab.call('GenerateDataKeyPair', { KeyId: arn, KeyPairSpec: KeySpec }));
  }
  // A key from elsewhere, without its public half, which PKCS #8 leaves open.
  const { arn: KeyId } = await lab.key({ KeySpec: 'ECC_SECG_P256K1', KeyUsage: 'SIGN_VERIFY', Origin: 'EXTERNAL' });
  const pkcs8 = hex(`303e020100301006072a8648ce3d020106052b8104000a042730250201010420${'17'.repeat(32)}`);
  for (const material of [pkcs8, pkcs8.subarray(1), hex(pkcs8.toString('hex').replaceAll('17', '00'))]) {
    const wrapping = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' };
    const { PublicKey, ImportToken } = await lab.call('GetParametersForImport', { KeyId, ...wrapping });
    const key = { key: Buffer.from(PublicKey), format: 'der', type: 'spki', oaepHash: 'sha256' } as const;
    const EncryptedKeyMaterial = publicEncrypt(key, material);
    const ExpirationModel = 'KEY_MATERIAL_DOES_NOT_EXPIRE';
    const input = { KeyId, ImportToken, EncryptedKeyMaterial, ExpirationModel };
    found.push(await lab.outcome('ImportKeyMaterial', input));
  }
  const { PublicKey } = await lab.call('GetPublicKey', { KeyId });
  found.push(PublicKey);
  return found.map(plain);
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}

it('what Node lacks changes no answer', async () => {
  lacking.on = true;
  const without = await answers();
  const { nodeHasCurve, nodeHasLattice } = await import('../../../../simulator/kms/crypto/available.ts');
  expect([nodeHasCurve('secp256k1'), ...Object.keys(latticeSpecs).map(nodeHasLattice)]).not.toContain(true);
  expect(nodeHasCurve('prime256v1')).toBe(true);
  lacking.on = false;
  expect(await answers()).toEqual(without);
  const publicKey = createECDH('secp256k1');
  publicKey.setPrivateKey('17'.repeat(32), 'hex');
  expect(without.slice(-4, -1)).toEqual(['ok', 'IncorrectKeyMaterialException: ', 'IncorrectKeyMaterialException: ']);
  expect(without.at(-1)).toMatch(new RegExp(`${publicKey.getPublicKey('hex')}$`));
});
