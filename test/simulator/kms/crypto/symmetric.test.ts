import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { gcmOpen, gcmSeal } from '../../../../simulator/kms/crypto/aes-gcm.ts';
import { unwrapPadded, wrapPadded } from '../../../../simulator/kms/crypto/key-wrap.ts';
import { utf8 } from '../keys.ts';
import { Lab } from '../lab.ts';
import { hex, keyWith } from './given.ts';

describe('AES-256-GCM', () => {
  it.each([
    [
      'NIST CAVP gcmEncryptExtIV256, no plaintext',
      'b52c505a37d78eda5dd34f20c22540ea1b58963cf8e5bf8ffa85f9f2492505b4',
      '516c33929df5a3284ff463d7',
      '',
      '',
      '',
      'bdc1ac884d332457a1d2664f168c76f0',
    ],
    [
      'NIST CAVP gcmEncryptExtIV256, 16 bytes',
      '31bdadd96698c204aa9ce1448ea94ae1fb4a9a0b3c9d773b51bb1822666b8f22',
      '0d18e06c7c725ac9e362e1ce',
      '2db5168e932556f8089a0622981d017d',
      '',
      'fa4362189661d163fcd6a56d8bf0405a',
      'd636ac1bbedd5cc3ee727dc2ab4a9489',
    ],
    [
      'NIST CAVP gcmEncryptExtIV256, 16 bytes and 16 more',
      '92e11dcdaa866f5ce790fd24501f92509aacf4cb8b1339d50c9c1240935dd08b',
      'ac93a1a6145299bde902f21a',
      '2d71bcfa914e4ac045b2aa60955fad24',
      '1e0889016f67601c8ebea4943bc23ad6',
      '8995ae2e6df3dbf96fac7b7137bae67f',
      'eca5aa77d51d4a0a14d9c51e1da474ab',
    ],
    [
      'McGrew and Viega, "The Galois/Counter Mode of Operation", test case 16',
      'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308',
      'cafebabefacedbaddecaf888',
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
      'feedfacedeadbeeffeedfacedeadbeefabaddad2',
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662',
      '76fc6ece0f4e1768cddf8853bb2d551b',
    ],
  ])('%s', (_, key, nonce, plaintext, authenticated, ciphertext, tag) => {
    const secret = createSecretKey(hex(key));
    const sealed = gcmSeal(secret, hex(nonce), hex(plaintext), hex(authenticated));
    expect(sealed).toEqual({ ciphertext: hex(ciphertext), tag: hex(tag) });
    expect(gcmOpen(secret, hex(nonce), sealed, hex(authenticated))).toEqual(hex(plaintext));
    expect(gcmOpen(secret, hex(nonce), sealed, hex(`${authenticated}00`))).toBeUndefined();
  });
});

describe('HMAC of RFC 4231', () => {
  const rows = [
    ['test case 1', '0b'.repeat(20), 'Hi There'],
    ['test case 2', '4a656665', 'what do ya want for nothing?'],
  ] as const;
  const macs: Readonly<Record<string, readonly [number, string][]>> = {
    'test case 1': [
      [224, '896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22'],
      [256, 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
      [384, 'afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6'],
      [
        512,
        '87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854',
      ],
    ],
    'test case 2': [
      [224, 'a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44'],
      [256, '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
      [384, 'af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649'],
      [
        512,
        '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
      ],
    ],
  };

  it.each(rows.flatMap(([name, key, text]) => (macs[name] ?? []).map((mac) => [name, key, text, ...mac] as const)))(
    '%s',
    async (_, key, text, bits, mac) => {
      const lab = new Lab();
      const KeyId = await keyWith(lab, `HMAC_${bits}`, 'GENERATE_VERIFY_MAC', createSecretKey(hex(key)));
      const input = { KeyId, Message: utf8(text), MacAlgorithm: `HMAC_SHA_${bits}` };
      expect((await lab.call('GenerateMac', input)).Mac).toEqual(hex(mac));
      expect(await lab.outcome('VerifyMac', { ...input, Mac: hex(mac) })).toBe('ok');
    },
  );
});

// Those of RFC 5649 itself are in import.test.ts, where Node's own wrapping is used, too.
describe('AES key wrap with padding of Wycheproof, aes_kwp_test.json', () => {
  it.each([
    [
      2,
      'a0b17172bb296db7f5c869e9a36b5ce3',
      '615dd022d607c910f20178cbdf42060f',
      'e8bac475d1429034b32f9bdeec09a37f9b3704028f1e0270',
    ],
    [11, '1abf4b7fa2bb62a78f09ddab04625dca', '4c', '09bcbab50b8dd45ad83412e2919030d3'],
    [18, '1abf4b7fa2bb62a78f09ddab04625dca', '536f8f83b64771c1', '936fe58b629ea6ec158145218f2361c7'],
    [19, '1abf4b7fa2bb62a78f09ddab04625dca', '8571f282b18b64ec5e', '6787816804b3127d0ca4073f1dba5c4d3db1ec9c227e6556'],
    [
      25,
      '1abf4b7fa2bb62a78f09ddab04625dca',
      '9efd21e13855eea8907afdcd8935f4',
      '16e369351c40f220d3fb1197f35da652a3a40ca3b1e99bfb',
    ],
  ])('%i: valid', (_, kek, key, wrapped) => {
    expect(Buffer.from(wrapPadded(hex(kek), hex(key)))).toEqual(hex(wrapped));
    expect(Buffer.from(unwrapPadded(hex(kek), hex(wrapped)) ?? [])).toEqual(hex(key));
  });

  it.each([
    [26, '4cdd2962f23ec897d41d14c3f818516c055799185f459e2d'],
    [29, '6252ab0e688d0638df7d87ec5be3b2f9c0c245c0f0794012'],
    [34, 'a0c51e687c46f342c78e3c59eee076a85312206a37213ac3'],
    [38, 'c9b3a55603e490c450b49c8b79c9a169030e6985b6e95b54'],
  ])('%i: modified', (_, wrapped) => {
    expect(unwrapPadded(hex('4f710eb6b5e28703becfc3dc52fa8bc1'), hex(wrapped))).toBeUndefined();
  });
});
