import { createPrivateKey, createPublicKey } from 'node:crypto';
import { expect, it } from 'vitest';
import { newEd25519Key } from '../../../simulator/kms/crypto/ed25519.ts';
import { signHashed, verifyHashed } from '../../../simulator/kms/crypto/ed25519ph.ts';
import { seededRandom } from '../../../simulator/kms/environment.ts';

const seed = '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42';
const key = createPrivateKey({
  key: Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex'),
  format: 'der',
  type: 'pkcs8',
});

it('is what RFC 8032, section 7.3, has', () => {
  const signature =
    '98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae4131f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406';
  expect(Buffer.from(signHashed(key, Buffer.from('abc'))).toString('hex')).toBe(signature);
  expect(verifyHashed(createPublicKey(key), Buffer.from('abc'), Buffer.from(signature, 'hex'))).toBe(true);
});

it('verifies its own signatures and no others', () => {
  for (let i = 0; i < 5; i++) {
    const other = newEd25519Key(seededRandom(String(i)));
    const message = Buffer.from(`message ${i}`);
    const signature = Buffer.from(signHashed(other, message));
    expect(verifyHashed(createPublicKey(other), message, signature)).toBe(true);
    expect(verifyHashed(createPublicKey(key), message, signature)).toBe(false);
    expect(verifyHashed(createPublicKey(other), Buffer.from('another'), signature)).toBe(false);
    for (const at of [0, 31, 32, 63]) {
      const tampered = Buffer.from(signature);
      tampered[at] = (tampered[at] ?? 0) ^ 1;
      expect(verifyHashed(createPublicKey(other), message, tampered)).toBe(false);
    }
  }
});
