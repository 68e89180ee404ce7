import * as crypto from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodeHasLattice } from '../../../../simulator/kms/crypto/available.ts';
import { BareKey } from '../../../../simulator/kms/crypto/bare-key.ts';
import { latticePkcs8, latticeSpecs, pkcs8Of, spki, spkiOf } from '../../../../simulator/kms/crypto/encoding.ts';
import {
  decapsulate,
  encapsulate,
  latticeKey,
  latticeSign,
  latticeVerify,
} from '../../../../simulator/kms/crypto/lattice.ts';
import { nodeLattices } from '../../../../simulator/kms/crypto/lattice-node.ts';
import { libraryLattices } from '../../../../simulator/kms/crypto/library.ts';
import { seededRandom } from '../../../../simulator/kms/environment.ts';
import { utf8 } from '../keys.ts';
import { giving } from './given.ts';

const specs = Object.keys(latticeSpecs);
const dsa = specs.filter((spec) => spec.startsWith('ML_DSA'));
const kem = specs.filter((spec) => spec.startsWith('ML_KEM'));
const ciphertextBytes: Readonly<Record<string, number>> = { ML_KEM_512: 768, ML_KEM_768: 1088, ML_KEM_1024: 1568 };
const seedOf = (spec: string, seed = spec) => seededRandom(seed).bytes(latticeSpecs[spec]?.seedBytes ?? 0);
const counting = (length: number) => Uint8Array.from({ length }, (_, index) => index);

/** Why a test of Node's own lattices is left out. */
const needsNode = 'Node before 24.7 has neither ML-DSA nor ML-KEM';
const nodeLacks = specs.some((spec) => !nodeHasLattice(spec));

/** The output of SHAKE128 over nothing, read piece by piece. */
function stream(length: number) {
  const all = crypto.createHash('shake128', { outputLength: length }).digest();
  let at = 0;
  return (count: number): Buffer => {
    at += count;
    return all.subarray(at - count, at);
  };
}

/**
 * A hundred keys and what is done with them, hashed together so that no megabytes of vectors are needed. Sources:
 * C2SP/CCTV, ML-DSA/accumulated, also in Go's crypto/mldsa; for ML-KEM-768 Go's crypto/mlkem, TestAccumulated. For
 * ML-KEM-512 and 1024 the values are those on which PQClean, kyber-py and CIRCL agree.
 */
describe('accumulated vectors', () => {
  it.each([
    ['ML_DSA_44', 'd51148e1f9f4fa1a723a6cf42e25f2a99eb5c1b378b3d2dbbd561b1203beeae4'],
    ['ML_DSA_65', '8358a1843220194417cadbc2651295cd8fc65125b5a5c1a239a16dc8b57ca199'],
    ['ML_DSA_87', '8c3ad714777622b8f21ce31bb35f71394f23bc0fcf3c78ace5d608990f3b061b'],
  ])('%s', (spec, expected) => {
    const read = stream(100 * 32);
    const all = crypto.createHash('shake128', { outputLength: 32 });
    const signed = { message: new Uint8Array(), isMu: false };
    for (let i = 0; i < 100; i++) {
      const seed = read(32);
      const publicKey = libraryLattices.publicKey(spec, seed);
      const signature = libraryLattices.sign(spec, seed, signed, new Uint8Array(32));
      all.update(publicKey).update(signature);
      if (i < 5) expect(libraryLattices.verify(spec, publicKey, signed, signature)).toBe(true);
      if (nodeLacks) continue;
      expect(Buffer.from(nodeLattices.publicKey(spec, seed))).toEqual(Buffer.from(publicKey));
      expect(nodeLattices.verify(spec, publicKey, signed, signature)).toBe(true);
    }
    expect(all.digest('hex')).toBe(expected);
  });

  const kemRows = [
    ['ML_KEM_512', '86b1b4703b8ffef6f7f3290c6dbce4ad954498a0673ded401a94828e8c519a59'],
    ['ML_KEM_768', '1114b1b6699ed191734fa339376afa7e285c9e6acf6ff0177d346696ce564415'],
    ['ML_KEM_1024', '800018fec3e2723f73f1d657fe239b4d5d8782efaade297e8cd448e54cc2ac00'],
  ] as const;
  const ways = [['library', libraryLattices] as const, ...(nodeLacks ? [] : [['Node', nodeLattices] as const])];
  it.each(ways.flatMap(([name, by]) => kemRows.map((row) => [...row, name, by] as const)))(
    '%s %s, keys and decapsulation by %s',
    (spec, expected, _, by) => {
      const length = ciphertextBytes[spec] ?? 0;
      const read = stream(100 * (64 + 32 + length));
      const all = crypto.createHash('shake128', { outputLength: 32 });
      for (let i = 0; i < 100; i++) {
        const seed = read(64);
        const publicKey = by.publicKey(spec, seed);
        const { ciphertext, sharedSecret } = libraryLattices.encapsulate(spec, publicKey, read(32));
        all.update(publicKey).update(ciphertext).update(sharedSecret);
        expect(Buffer.from(by.decapsulate(spec, seed, ciphertext))).toEqual(Buffer.from(sharedSecret));
        // A ciphertext that nobody made: the secret of the implicit rejection.
        all.update(by.decapsulate(spec, seed, read(length)));
      }
      expect(all.digest('hex')).toBe(expected);
    },
  );
});

describe('encodings', () => {
  it.each([
    ['RFC 9881, C.1.1.1', 'ML_DSA_44', 'MDQCAQAwCwYJYIZIAWUDBAMRBCKAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f'],
    ['RFC 9881, C.1.2.1', 'ML_DSA_65', 'MDQCAQAwCwYJYIZIAWUDBAMSBCKAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f'],
    ['RFC 9881, C.1.3.1', 'ML_DSA_87', 'MDQCAQAwCwYJYIZIAWUDBAMTBCKAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f'],
    [
      'RFC 9935, C.1.1.1',
      'ML_KEM_512',
      'MFQCAQAwCwYJYIZIAWUDBAQBBEKAQAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=',
    ],
    [
      'RFC 9935, C.1.2.1',
      'ML_KEM_768',
      'MFQCAQAwCwYJYIZIAWUDBAQCBEKAQAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=',
    ],
    [
      'RFC 9935, C.1.3.1',
      'ML_KEM_1024',
      'MFQCAQAwCwYJYIZIAWUDBAQDBEKAQAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=',
    ],
  ])('%s: the private key of %s', async (_, spec, base64) => {
    const key = await latticeKey(spec, counting(latticeSpecs[spec]?.seedBytes ?? 0));
    expect(Buffer.from(pkcs8Of(key)).toString('base64')).toBe(base64);
  });

  // RFC 9881, C.2: how the public key of the first of these begins.
  it('the public key of ML_DSA_44', async () => {
    const key = await latticeKey('ML_DSA_44', counting(32));
    expect(Buffer.from(spkiOf(key)).toString('base64')).toMatch(
      /^MIIFMjALBglghkgBZQMEAxEDggUhANeytHJUquDbReeTDUqY0sl9jxOX0Xidr6FwJLMW6b7JT8mUbULxm3mnQTu6oz5xSctC7VEVaTrAQfrLmIretf4OHYYxGEmVtZLDl9IpTi4U/,
    );
  });

  it.skipIf(nodeLacks)(`are Node's (${needsNode})`, async () => {
    for (const spec of specs) {
      const key = await latticeKey(spec, seedOf(spec));
      const read = crypto.createPrivateKey({ key: latticePkcs8(spec, seedOf(spec)), format: 'der', type: 'pkcs8' });
      expect(read.asymmetricKeyType).toBe(latticeSpecs[spec]?.nodeName);
      expect(crypto.createPublicKey(read).export({ format: 'der', type: 'spki' })).toEqual(Buffer.from(spkiOf(key)));
    }
  });
});

describe('Node and the library', () => {
  it.skipIf(nodeLacks).each(dsa)(`%s: each verifies what the other signed (${needsNode})`, async (spec) => {
    const seed = seedOf(spec);
    const message = utf8('a message');
    const publicKey = libraryLattices.publicKey(spec, seed);
    const key = { key: latticePkcs8(spec, seed), format: 'der', type: 'pkcs8' } as const;
    const byNode = crypto.sign(null, message, key);
    for (const by of [libraryLattices, nodeLattices]) {
      const bySelf = libraryLattices.sign(spec, seed, { message, isMu: false }, counting(32));
      for (const signature of [byNode, bySelf]) {
        expect(by.verify(spec, publicKey, { message, isMu: false }, signature)).toBe(true);
        const tampered = Buffer.from(signature);
        tampered[9] = (tampered[9] ?? 0) ^ 1;
        for (const wrong of [tampered, signature.subarray(1), new Uint8Array()])
          expect(by.verify(spec, publicKey, { message, isMu: false }, wrong)).toBe(false);
      }
    }
    expect(() => nodeLattices.verify(spec, publicKey, { message, isMu: true }, byNode)).toThrow(TypeError);
  });

  it.skipIf(nodeLacks).each(kem)(`%s: each opens what the other encapsulated (${needsNode})`, (spec) => {
    const seed = seedOf(spec);
    const publicKey = nodeLattices.publicKey(spec, seed);
    const encapsulateByNode: (key: object) => { sharedKey: Buffer; ciphertext: Buffer } = Reflect.get(
      crypto,
      'encapsulate',
    );
    const byNode = encapsulateByNode({ key: spki(spec, publicKey), format: 'der', type: 'spki' });
    expect(Buffer.from(libraryLattices.decapsulate(spec, seed, byNode.ciphertext))).toEqual(
      Buffer.from(byNode.sharedKey),
    );
    const ours = libraryLattices.encapsulate(spec, publicKey, counting(32));
    expect(Buffer.from(nodeLattices.decapsulate(spec, seed, ours.ciphertext))).toEqual(Buffer.from(ours.sharedSecret));
  });
});

describe('ML-DSA', () => {
  it.each(dsa)('%s: the same signature of a message and of its mu, from the same randomness', async (spec) => {
    const key = await latticeKey(spec, seedOf(spec));
    const message = utf8('a message');
    const shake = (...parts: readonly Uint8Array[]) =>
      crypto.createHash('shake256', { outputLength: 64 }).update(Buffer.concat(parts)).digest();
    const mu = shake(shake(key.publicBytes), Uint8Array.of(0, 0), message);
    const sign = (signed: { readonly message: Uint8Array; readonly isMu: boolean }) =>
      latticeSign(key, signed, giving(counting(32)));
    const raw = await sign({ message, isMu: false });
    expect(await sign({ message: mu, isMu: true })).toEqual(raw);
    expect(await latticeVerify(key, { message: mu, isMu: true }, raw)).toBe(true);
    expect(await latticeVerify(key, { message: mu, isMu: false }, raw)).toBe(false);
    expect(await latticeVerify(key, { message: mu, isMu: true }, raw.subarray(1))).toBe(false);
    const sizes: Readonly<Record<string, readonly [number, number]>> = {
      ML_DSA_44: [1312, 2420],
      ML_DSA_65: [1952, 3309],
      ML_DSA_87: [2592, 4627],
    };
    expect([key.publicBytes.length, raw.length]).toEqual(sizes[spec]);
  });
});

describe('ML-KEM', () => {
  it.each(kem)('%s: encapsulates with the randomness that it is given', async (spec) => {
    const key = await latticeKey(spec, seedOf(spec));
    const one = await encapsulate(key, giving(counting(32)));
    expect(await encapsulate(key, giving(counting(32)))).toEqual(one);
    expect(await encapsulate(key, seededRandom('other'))).not.toEqual(one);
    expect(await decapsulate(key, one.ciphertext)).toEqual(one.sharedSecret);
  });
});

it('keys are neither printed nor written to JSON', async () => {
  const key = new BareKey('ML_DSA_44', utf8('secret'), utf8('public'));
  expect(JSON.stringify(key)).not.toContain('115,');
  expect(Object.values(key)).toEqual(['ML_DSA_44', utf8('public')]);
});
