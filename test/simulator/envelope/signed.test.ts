import { describe, expect, it } from 'vitest';
import { decrypt, decryptStream } from '../../../simulator/envelope/decrypt.ts';
import { encrypt } from '../../../simulator/envelope/encrypt.ts';
import { inspect } from '../../../simulator/envelope/inspect.ts';
import { newSigningKey, SignatureCheck } from '../../../simulator/envelope/signature.ts';
import { SUITE_COMMITTING_SIGNED } from '../../../simulator/envelope/suites.ts';
import { seededRandom } from '../../../simulator/kms/environment.ts';
import { envelopeFailure } from './failure.ts';
import { piecesOf, whole } from './fixtures/pieces.ts';
import { payloadOf, rawKeyring } from './fixtures/samples.ts';

const keyring = rawKeyring();
const encryptionContext = { tenant: 'blue' };
const message = Buffer.from(
  await encrypt({
    plaintext: payloadOf(40),
    keyring: rawKeyring(seededRandom('signed')),
    random: seededRandom('signed'),
    encryptionContext,
    frameLength: 16,
    suite: SUITE_COMMITTING_SIGNED,
  }),
);
const { body } = inspect(message);
const signatureStart = (body?.offset ?? 0) + (body?.length ?? 0);

function changed(at: number): Buffer {
  const bytes = Buffer.from(message);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}

describe('a signed message', () => {
  it('is read, and has the public key in its context', async () => {
    const { plaintext, header } = await decrypt({ message, keyring, encryptionContext });
    expect(Buffer.from(plaintext)).toEqual(Buffer.from(payloadOf(40)));
    const { 'aws-crypto-public-key': publicKey = '', ...rest } = header.encryptionContext;
    expect(rest).toEqual(encryptionContext);
    expect(Buffer.from(publicKey, 'base64')).toHaveLength(49);
  });

  it('is refused with any byte of it changed', async () => {
    for (let at = 0; at < message.length; at++) {
      const error = await envelopeFailure(() => decrypt({ message: changed(at), keyring }));
      if (at >= signatureStart + 2)
        expect(error).toMatchObject({ code: 'signature', place: { offset: signatureStart } });
    }
  });

  it('is refused wherever it ends too early, and with anything after its end', async () => {
    for (let length = signatureStart; length < message.length; length++) {
      const cut = message.subarray(0, length);
      expect((await envelopeFailure(() => decrypt({ message: cut, keyring }))).code).toBe('truncated');
      const pieces = decryptStream(piecesOf(cut, 50), { keyring });
      expect((await envelopeFailure(() => whole(pieces))).code).toBe('truncated');
    }
    const longer = Buffer.concat([message, Buffer.from('x')]);
    expect((await envelopeFailure(() => decrypt({ message: longer, keyring }))).code).toBe('trailing-bytes');
    const pieces = decryptStream(piecesOf(longer, 50), { keyring });
    expect((await envelopeFailure(() => whole(pieces))).message).toContain('1 byte follows the signature');
  });

  it('gives out nothing before its signature was checked, unless asked to', async () => {
    const given = async (signed: 'hold' | 'release'): Promise<number> => {
      let bytes = 0;
      const error = await envelopeFailure(async () => {
        const pieces = decryptStream(piecesOf(changed(message.length - 1), 30), { keyring, signed });
        for await (const piece of pieces) bytes += piece.length;
      });
      expect(error.code).toBe('signature');
      return bytes;
    };
    expect(await given('hold')).toBe(0);
    // The last frames wait in any case.
    expect(await given('release')).toBeGreaterThan(0);
    expect(await given('release')).toBeLessThan(40);
  });

  it('is held back up to a limit', async () => {
    const pieces = decryptStream(piecesOf(message, 30), { keyring, maximumHeld: 700 });
    expect(await whole(pieces)).toHaveLength(40);
    const long = Buffer.from(
      await encrypt({
        plaintext: payloadOf(2000),
        keyring: rawKeyring(seededRandom('signed')),
        random: seededRandom('signed'),
        frameLength: 16,
        suite: SUITE_COMMITTING_SIGNED,
      }),
    );
    const tooLong = decryptStream(piecesOf(long, 30), { keyring, maximumHeld: 1000 });
    expect((await envelopeFailure(() => whole(tooLong))).code).toBe('limit');
    expect(
      await whole(decryptStream(piecesOf(long, 30), { keyring, maximumHeld: 1000, signed: 'release' })),
    ).toHaveLength(2000);
  });

  it('is refused where only messages without a signature are wanted', async () => {
    const error = await envelopeFailure(() => whole(decryptStream([message], { keyring, signed: 'refuse' })));
    expect(error).toMatchObject({ code: 'policy', place: { field: 'algorithm suite', offset: 1 } });
  });
});

describe('a signing key', () => {
  it('is the same for the same random bytes', () => {
    const [algorithm] = [SUITE_COMMITTING_SIGNED.signature];
    if (!algorithm) throw new Error('the suite does not sign');
    const one = newSigningKey(algorithm, seededRandom('key'));
    expect(newSigningKey(algorithm, seededRandom('key')).publicKey).toBe(one.publicKey);
    // A number that is as large as the order of the curve is no key: the next one is taken.
    const numbers = [Buffer.alloc(48, 0xff), Buffer.alloc(48, 1)];
    const { publicKey } = newSigningKey(algorithm, { bytes: () => numbers.shift() ?? Buffer.alloc(48, 2) });
    expect(publicKey).not.toBe(one.publicKey);
    expect(numbers).toEqual([]);
  });

  it('must be a point of the curve', async () => {
    const algorithm = SUITE_COMMITTING_SIGNED.signature;
    if (!algorithm) throw new Error('the suite does not sign');
    for (const publicKey of ['', 'AAAA', Buffer.alloc(49, 2).toString('base64').slice(0, -4)])
      expect(await envelopeFailure(() => new SignatureCheck(algorithm, publicKey))).toMatchObject({
        code: 'malformed',
      });
  });
});
