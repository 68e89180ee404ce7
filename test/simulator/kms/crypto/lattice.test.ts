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
import { giving, hex } from './given.ts';

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

const sha256 = (bytes: Uint8Array): string => crypto.createHash('sha256').update(bytes).digest('hex');

/** Seed, and the SHA-256 of the published public key. */
describe('public keys of NIST ACVP-Server, ML-DSA-keyGen-FIPS204 and ML-KEM-keyGen-FIPS203', () => {
  it.each([
    [
      'ML_DSA_44',
      'd71361c000f9a7bc99dfb425bcb6bb27c32c36ab444ff3708b2d93b4e66d5b5b',
      '451a808c522218fadbdab146fc12004b0741c7d069f238f43ad77216159f6a34',
    ],
    [
      'ML_DSA_44',
      '93ef2e6ef1fb08999d142abe0295482370d3f43bdb254a78e2b0d5168eca065f',
      '6995b20ecd5cde41719035028a712ccf35b1adf53b913030423d9d6fa188d673',
    ],
    [
      'ML_DSA_65',
      '70cefb9aed5b68e018b079da8284b9d5cad5499ed9c265ff73588005d85c225c',
      '646b26b8d09dbc9e865b6a006c693a3127b065e62fab5fbe8b159c416462feb6',
    ],
    [
      'ML_DSA_87',
      '38359fbcd79582cffe609e137ee2efe8a8dbcbad18ba92bb433ab4f09b49299d',
      'ea374a09356e5f89be784f28f4ef938e8976cb5c4db00fbacb257663491748d4',
    ],
    [
      'ML_KEM_512',
      'bba3c0f5df044cdf4d9caa53ca15fde26f34eb3541555cfc54ca9c31b964d0c80a64fdd51a8d91b3166c4958a94efc3166a4f5df680980b878db8371b7624c96',
      'b0df180452d9338a6f34130fb530c90695d9df66101dbef1f27af75988a98fd7',
    ],
    [
      'ML_KEM_768',
      'e34a701c4c87582f42264ee422d3c684d97611f2523efe0c998af05056d693dca85768f3486bd32a01bf9a8f21ea938e648eae4e5448c34c3eb88820b159eedd',
      '7799c9d8eef172aa78c073514f2f039c240de8c5cb61bca82ba0bc46041ce279',
    ],
  ])('%s', (spec, seed, digest) => {
    for (const by of [libraryLattices, ...(nodeLacks ? [] : [nodeLattices])])
      expect(sha256(by.publicKey(spec, hex(seed)))).toBe(digest);
  });
});

/** By SHA-256: the key of the seed 2a2a…, and its deterministic signature of "Hello world". */
describe('signatures of Wycheproof, mldsa_44_sign_seed_test.json and mldsa_87_sign_seed_test.json', () => {
  it.each([
    [
      'ML_DSA_44',
      'd87f8ca136ac1aa55e2d6c4521680efb3a378cbb9bc0bfb446e9c60893931ea3',
      '8cd6fc03daa72e87210a4e721523e84c14f27733789075e65736744d4787fdd5',
    ],
    [
      'ML_DSA_87',
      'd43128fa8a8c785c1d44c9e7db538dbf9dd88fe6c8ad911a344bcec1017c6d54',
      '1ad45bd0419e694375bd38ec11d8e0c228ab9ffac2fce4adbe6218d9c949e293',
    ],
  ])('%s', async (spec, publicKey, signature) => {
    const key = await latticeKey(spec, new Uint8Array(32).fill(0x2a));
    expect(sha256(key.publicBytes)).toBe(publicKey);
    const signed = { message: utf8('Hello world'), isMu: false };
    const made = await latticeSign(key, signed, giving(new Uint8Array(32)));
    expect(sha256(made)).toBe(signature);
    expect(await latticeVerify(key, signed, made)).toBe(true);
  });
});

it('ML-KEM-768 with the first seeds of the KATs of NIST, as SymCrypt tests it', async () => {
  const seed =
    '7c9935a0b07694aa0c6d10e4db6b1add2fd81a25ccb148032dcd739936737f2d8626ed79d451140800e03b59b956f8210e556067407d13dc90fa9e8b872bfb8f';
  const key = await latticeKey('ML_KEM_768', hex(seed));
  const sha3 = (bytes: Uint8Array) => crypto.createHash('sha3-256').update(bytes).digest('hex');
  expect(sha3(key.publicBytes)).toBe('f57262661358cde8d3ebf990e5fd1d5b896c992ccfaadb5256b68bbf5943b132');
  const randomness = hex('147c03f7a5bebba406c8fae1874d7f13c80efe79a3a9a874cc09fe76f6997615');
  const { ciphertext, sharedSecret } = await encapsulate(key, giving(randomness));
  expect(sha3(ciphertext)).toBe('6e777e2cf8054659136a971d9e70252f301226930c19c470ee0688163a63c15b');
  expect(Buffer.from(sharedSecret)).toEqual(hex('e7184a0975ee3470878d2d159ec83129c8aec253d4ee17b4810311d198cd0368'));
  expect(await decapsulate(key, ciphertext)).toEqual(sharedSecret);
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
