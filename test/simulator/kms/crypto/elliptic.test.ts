import { createHmac, createPrivateKey, createPublicKey } from 'node:crypto';
import { getPublicKey, hashes, sign, verify } from '@noble/secp256k1';
import { describe, expect, it } from 'vitest';
import { nodeHasCurve } from '../../../../simulator/kms/crypto/available.ts';
import { BareKey } from '../../../../simulator/kms/crypto/bare-key.ts';
import { bytesOf, curveOf, multiply, nodeTimesBase, pointOf } from '../../../../simulator/kms/crypto/curves.ts';
import { der, derInteger, readDer, SEQUENCE } from '../../../../simulator/kms/crypto/der.ts';
import { ellipticKey, newScalar, signDigest, verifyDigest } from '../../../../simulator/kms/crypto/elliptic.ts';
import { pkcs8Of, readSecp256k1Scalar, spkiOf } from '../../../../simulator/kms/crypto/encoding.ts';
import { digestOf } from '../../../../simulator/kms/crypto/hash.ts';
import { timesBaseOfSecp256k1 } from '../../../../simulator/kms/crypto/library.ts';
import { seededRandom } from '../../../../simulator/kms/environment.ts';
import { utf8 } from '../keys.ts';
import { Lab } from '../lab.ts';
import { giving, hex, keyWith } from './given.ts';

const numberIn = (text: string): bigint => BigInt(`0x${text}`);
const signature = (r: string, s: string) => der(SEQUENCE, derInteger(numberIn(r)), derInteger(numberIn(s)));

/** Private key, k, r and s. RFC 6979 derives k from the rest; the service draws it. */
const known = [
  [
    'RFC 6979, A.2.5, SHA-256, "sample"',
    'ECC_NIST_P256',
    'sha256',
    'sample',
    'C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721',
    'A6E3C57DD01ABE90086538398355DD4C3B17AA873382B0F24D6129493D8AAD60',
    'EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716',
    'F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8',
  ],
  [
    'RFC 6979, A.2.6, SHA-384, "sample"',
    'ECC_NIST_P384',
    'sha384',
    'sample',
    '6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5',
    '94ED910D1A099DAD3254E9242AE85ABDE4BA15168EAF0CA87A555FD56D10FBCA2907E3E83BA95368623B8C4686915CF9',
    '94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46',
    '99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8',
  ],
  [
    'RFC 6979, A.2.7, SHA-512, "sample"',
    'ECC_NIST_P521',
    'sha512',
    'sample',
    '0FAD06DAA62BA3B25D2FB40133DA757205DE67F5BB0018FEE8C86E1B68C7E75CAA896EB32F1F47C70855836A6D16FCC1466F6D8FBEC67DB89EC0C08B0E996B83538',
    '1DAE2EA071F8110DC26882D4D5EAE0621A3256FC8847FB9022E2B7D28E6F10198B1574FDD03A9053C08A1854A168AA5A57470EC97DD5CE090124EF52A2F7ECBFFD3',
    'C328FAFCBD79DD77850370C46325D987CB525569FB63C5D3BC53950E6D4C5F174E25A1EE9017B5D450606ADD152B534931D7D4E8455CC91F9B15BF05EC36E377FA',
    '617CCE7CF5064806C467F678D3B4080D6F1CC50AF26CA209417308281B68AF282623EAA63E5B5C0723D8B8C37FF0777B1A20F8CCB1DCCC43997F1EE0E44DA4A67A',
  ],
  [
    'the example of RFC 6979 for secp256k1 that wallets share (trezor-crypto, "Satoshi Nakamoto")',
    'ECC_SECG_P256K1',
    'sha256',
    'Satoshi Nakamoto',
    '0000000000000000000000000000000000000000000000000000000000000001',
    '8F8A276C19F4149656B280621E358CCE24F5F52542772691EE69063B74F15D15',
    '934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8',
    '2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5',
  ],
] as const;

describe('ECDSA', () => {
  it.each(known)('%s', async (_, spec, hash, text, d, k, r, s) => {
    const { n, bytes } = curveOf(spec);
    const key = await ellipticKey(spec, numberIn(d));
    const digest = digestOf(hash, utf8(text));
    const signed = await signDigest(spec, key, digest, giving(bytesOf(numberIn(k) - 1n, bytes + 8)));
    // Wallets take the smaller one of s and n - s; KMS takes s as it comes.
    const other = (n - numberIn(s)).toString(16);
    expect([signature(r, s).toString('hex'), signature(r, other).toString('hex')]).toContain(
      Buffer.from(signed).toString('hex'),
    );
    if (spec !== 'ECC_SECG_P256K1') expect(signed).toEqual(signature(r, s));
    expect(await verifyDigest(spec, key, digest, signature(r, s))).toBe(true);
    expect(await verifyDigest(spec, key, digest, signature(r, other))).toBe(true);
    expect(await verifyDigest(spec, key, digest, signature(s, r))).toBe(false);
  });

  // Wycheproof, ecdsa_secp256k1_sha256_test.json: the encodings are those that it has of one signature.
  const wycheproof = new BareKey(
    'ECC_SECG_P256K1',
    Buffer.alloc(32),
    hex(
      '04b838ff44e5bc177bf21189d0766082fc9d843226887fc9760371100b7ee20a6ff0c9d75bfba7b31a6bca1974496eeb56de357071955d83c4b1badaa0b21832e9',
    ),
  );
  const r = '022100813ef79ccefa9a56f7ba805f0e478584fe5f0dd5f567bc09b5123ccbc9832365';
  const s = '02206ff18a52dcc0336f7af62400a6dd9b810732baf1ff758000d6f613a556eb31ba';

  it.each([
    [5, `3046${r}022100900e75ad233fcc908509dbff5922647db37c21f4afd3203ae8dc4ae7794b0f87`, true],
    [6, `30440220${r.slice(6)}${s}`, false],
    [7, `3045${r}${s}`, true],
    [8, `308145${r}${s}`, false],
    [9, `30820045${r}${s}`, false],
    [10, `3046${r}${s}`, false],
    [11, `3044${r}${s}`, false],
    [12, `30850100000045${r}${s}`, false],
    [13, `3089010000000000000045${r}${s}`, false],
    [14, `30847fffffff${r}${s}`, false],
    [16, `3084ffffffff${r}${s}`, false],
    [18, `3088ffffffffffffffff${r}${s}`, false],
  ])('of Wycheproof, %i', async (_, text, isValid) => {
    const digest = digestOf('sha256', utf8('123400'));
    expect(await verifyDigest('ECC_SECG_P256K1', wycheproof, digest, hex(text))).toBe(isValid);
  });

  it('takes no r or s out of range, and nothing but two numbers', async () => {
    const { n } = curveOf('ECC_SECG_P256K1');
    const digest = digestOf('sha256', utf8('x'));
    const over = n.toString(16);
    for (const pair of [signature('0', '1'), signature('1', '0'), signature(over, '1'), signature('1', over)])
      expect(await verifyDigest('ECC_SECG_P256K1', wycheproof, digest, pair)).toBe(false);
    for (const text of [
      '',
      '30',
      '3000',
      '3003020101',
      '300602010102010100',
      '3009020101020101020101',
      '04060201010201',
    ])
      expect(await verifyDigest('ECC_SECG_P256K1', wycheproof, digest, hex(text))).toBe(false);
  });
});

describe('secp256k1, by Node and by the library', () => {
  const spec = 'ECC_SECG_P256K1';
  const on = curveOf(spec);
  const scalars = [
    1n,
    2n,
    3n,
    on.n - 1n,
    ...Array.from({ length: 20 }, (_, i) => newScalar(spec, seededRandom(`${i}`))),
  ];

  it.skipIf(!nodeHasCurve('secp256k1'))('has the same points', () => {
    for (const scalar of scalars) expect(Buffer.from(timesBaseOfSecp256k1(scalar))).toEqual(nodeTimesBase(on, scalar));
  });

  it('has the base point of SEC 2, and multiples that are sums', () => {
    const base = pointOf(timesBaseOfSecp256k1(1n));
    expect(base.x).toBe(numberIn('79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798'));
    expect(base.y).toBe(numberIn('483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8'));
    for (const scalar of scalars) expect(multiply(base, scalar, on)).toEqual(pointOf(timesBaseOfSecp256k1(scalar)));
  });

  it('signs what the library verifies, and the other way round', async () => {
    hashes.sha256 = (message) => Uint8Array.from(digestOf('sha256', message));
    hashes.hmacSha256 = (key, message) => Uint8Array.from(createHmac('sha256', key).update(message).digest());
    for (const scalar of scalars.slice(4, 10)) {
      const key = await ellipticKey(spec, scalar);
      const publicKey = getPublicKey(bytesOf(scalar, 32), false);
      expect(Buffer.from(spkiOf(key)).subarray(-65)).toEqual(Buffer.from(publicKey));
      const digest = Uint8Array.from(digestOf('sha256', bytesOf(scalar, 32)));
      const ours = await signDigest(spec, key, digest, seededRandom('k'));
      const [r, s] = (readDer(readDer(ours)?.[0]?.content ?? Buffer.alloc(0)) ?? []).map(({ content }) =>
        Buffer.concat([Buffer.alloc(32), content]).subarray(-32),
      );
      const compact = Uint8Array.from(Buffer.concat([r ?? Buffer.alloc(0), s ?? Buffer.alloc(0)]));
      expect(verify(compact, digest, publicKey, { prehash: false, lowS: false })).toBe(true);
      const theirs = Buffer.from(sign(digest, bytesOf(scalar, 32), { prehash: false })).toString('hex');
      expect(await verifyDigest(spec, key, digest, signature(theirs.slice(0, 64), theirs.slice(64)))).toBe(true);
    }
  });

  it.skipIf(!nodeHasCurve('secp256k1'))('is encoded as Node encodes it, and read from there', async () => {
    for (const scalar of scalars) {
      const key = await ellipticKey(spec, scalar);
      const pkcs8 = Buffer.from(pkcs8Of(key));
      const read = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
      expect(read.export({ format: 'der', type: 'pkcs8' })).toEqual(pkcs8);
      expect(createPublicKey(read).export({ format: 'der', type: 'spki' })).toEqual(Buffer.from(spkiOf(key)));
      expect(readSecp256k1Scalar(pkcs8)).toEqual(bytesOf(scalar, 32));
    }
  });
});

describe('ECDH of RFC 5903', () => {
  it.each([
    [
      'section 8.1',
      'ECC_NIST_P256',
      'C88F01F510D9AC3F70A292DAA2316DE544E9AAB8AFE84049C62A9C57862D1433',
      'C6EF9C5D78AE012A011164ACB397CE2088685D8F06BF9BE0B283AB46476BEE53',
      'D6840F6B42F6EDAFD13116E0E12565202FEF8E9ECE7DCE03812464D04B9442DE',
    ],
    [
      'section 8.2',
      'ECC_NIST_P384',
      '099F3C7034D4A2C699884D73A375A67F7624EF7C6B3C0F160647B67414DCE655E35B538041E649EE3FAEF896783AB194',
      '41CB0779B4BDB85D47846725FBEC3C9430FAB46CC8DC5060855CC9BDA0AA2942E0308312916B8ED2960E4BD55A7448FC',
      '11187331C279962D93D604243FD592CB9D0A926F422E47187521287E7156C5C4D603135569B9E9D09CF5D4A270F59746',
    ],
    [
      'section 8.3',
      'ECC_NIST_P521',
      '0037ADE9319A89F4DABDB3EF411AACCCA5123C61ACAB57B5393DCE47608172A095AA85A30FE1C2952C6771D937BA9777F5957B2639BAB072462F68C27A57382D4A52',
      '0145BA99A847AF43793FDD0E872E7CDFA16BE30FDC780F97BCCC3F078380201E9C677D600B343757A3BDBF2A3163E4C2F869CCA7458AA4A4EFFC311F5CB151685EB9',
      '01144C7D79AE6956BC8EDB8E7C787C4521CB086FA64407F97894E5E6B2D79B04D1427E73CA4BAA240A34786859810C06B3C715A3A8CC3151F2BEE417996D19F3DDEA',
    ],
  ])('%s', async (_, spec, i, r, shared) => {
    const lab = new Lab();
    const pairs = [i, r].map((scalar) => ellipticKey(spec, numberIn(scalar)));
    const [mine, theirs] = await Promise.all(pairs);
    if (!mine || !theirs) throw new Error('both are keys');
    for (const [own, peer] of [
      [mine, theirs],
      [theirs, mine],
    ] as const) {
      const KeyId = await keyWith(lab, spec, 'KEY_AGREEMENT', own);
      const input = { KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey: spkiOf(peer) };
      expect((await lab.call('DeriveSharedSecret', input)).SharedSecret).toEqual(hex(shared));
    }
  });
});

// Ed25519ph, of section 7.3, is in ed25519ph.test.ts.
describe('Ed25519 of RFC 8032, section 7.1', () => {
  it.each([
    [
      2,
      '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      '72',
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    ],
    [
      3,
      'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
      'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      'af82',
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    ],
  ])('test %i', async (_, seed, publicKey, message, expected) => {
    const lab = new Lab();
    const key = hex(`302e020100300506032b657004220420${seed}`);
    const secret = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    const KeyId = await keyWith(lab, 'ECC_NIST_EDWARDS25519', 'SIGN_VERIFY', secret);
    const { PublicKey } = await lab.call('GetPublicKey', { KeyId });
    expect(Buffer.from(PublicKey)).toEqual(hex(`302a300506032b6570032100${publicKey}`));
    const input = { KeyId, Message: hex(message), SigningAlgorithm: 'ED25519_SHA_512' };
    expect((await lab.call('Sign', input)).Signature).toEqual(hex(expected));
    expect(await lab.outcome('Verify', { ...input, Signature: hex(expected) })).toBe('ok');
  });
});
