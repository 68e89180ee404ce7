// The same work for KMS Lens, the AWS Encryption SDK and bare node:crypto. Messages and streams of both sides are under
// the same raw AES key; the SDK needs a context that its default would sign for.
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { loadSdk, sdkKeyring } from './sdk.mjs';

export const BUNDLE = 'node_modules/.kms-lens-envelope.cjs';
const key = { namespace: 'bench', name: 'key', wrappingKey: Buffer.alloc(32, 7) };
/** What files and pipes give at once. */
const CHUNK = Number(process.env.BENCH_CHUNK ?? 64) * 1024;

export function loadOurs() {
  const ours = createRequire(import.meta.url)(`./${BUNDLE}`);
  const random = ours.pooledRandom(ours.systemRandom);
  const keyring = ours.rawAesKeyring({ ...key, random });
  const suiteOf = (signed) => (signed ? ours.SUITE_COMMITTING_SIGNED : ours.SUITE_COMMITTING);
  const settings = (frameLength, signed) => ({ keyring, random, frameLength, suite: suiteOf(signed) });
  return {
    encrypt: (plaintext, frameLength, signed) => ours.encrypt({ plaintext, ...settings(frameLength, signed) }),
    decrypt: async (message) => (await ours.decrypt({ message, keyring })).plaintext,
    encryptStream: (bytes, frameLength) => drain(ours.encryptStream(chunksOf(bytes), settings(frameLength))),
    decryptStream: (bytes) => drain(ours.decryptStream(chunksOf(bytes), { keyring })),
    encryptFile: async (input, output, frameLength) =>
      save(ours.encryptStream(ours.filePieces(await open(input)), settings(frameLength)), output),
    decryptFile: async (input, output) =>
      save(ours.decryptStream(ours.filePieces(await open(input)), { keyring }), output),
  };
}

export function loadPeer() {
  const { sdk } = loadSdk();
  const client = sdk.buildClient(sdk.CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
  const keyring = sdkKeyring(sdk, key);
  const suiteId = (signed) =>
    sdk.AlgorithmSuiteIdentifier[`ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY${signed ? '_ECDSA_P384' : ''}`];
  const settings = (frameLength, signed) => ({ frameLength, suiteId: suiteId(signed) });
  return {
    encrypt: async (plaintext, frameLength, signed) =>
      (await client.encrypt(keyring, plaintext, settings(frameLength, signed))).result,
    decrypt: async (message) => (await client.decrypt(keyring, message)).plaintext,
    encryptStream: (bytes, frameLength) => through(bytes, client.encryptStream(keyring, settings(frameLength))),
    decryptStream: (bytes) => through(bytes, client.decryptStream(keyring)),
    encryptFile: (input, output, frameLength) =>
      files(input, client.encryptStream(keyring, settings(frameLength)), output),
    decryptFile: (input, output) => files(input, client.decryptStream(keyring), output),
  };
}

/** One GCM message per frame, whose output is dropped. No message format, no streams, no copies. */
export function loadRaw() {
  const secret = createSecretKey(randomBytes(32));
  const iv = Buffer.alloc(12);
  const aad = Buffer.alloc(72);
  const frames = function* (make, bytes, frameLength) {
    for (let at = 0, frame = 1; at < bytes.length; at += frameLength, frame++) {
      iv.writeUInt32BE(frame, 8);
      const cipher = make('aes-256-gcm', secret, iv);
      cipher.setAAD(aad);
      yield { cipher, frame, content: bytes.subarray(at, at + frameLength) };
    }
  };
  return {
    encryptStream(bytes, frameLength) {
      for (const { cipher, content } of frames(createCipheriv, bytes, frameLength)) {
        cipher.update(content);
        cipher.final();
        cipher.getAuthTag();
      }
    },
    /** What {@link decryptStream} takes. */
    prepare(bytes, frameLength) {
      const tags = [];
      const message = Buffer.allocUnsafeSlow(bytes.length);
      for (const { cipher, content, frame } of frames(createCipheriv, bytes, frameLength)) {
        message.set(cipher.update(content), (frame - 1) * frameLength);
        cipher.final();
        tags.push(cipher.getAuthTag());
      }
      return { message, tags };
    },
    decryptStream({ message, tags }, frameLength) {
      for (const { cipher, content, frame } of frames(createDecipheriv, message, frameLength)) {
        cipher.setAuthTag(tags[frame - 1]);
        cipher.update(content);
        cipher.final();
      }
    },
  };
}

function* chunksOf(bytes) {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

async function drain(pieces) {
  let bytes = 0;
  for await (const piece of pieces) bytes += piece.length;
  return bytes;
}

function through(bytes, stream) {
  const source = Readable.from(chunksOf(bytes), { objectMode: false, highWaterMark: CHUNK });
  const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
  return pipeline(source, stream, sink);
}

async function save(pieces, output) {
  const handle = await open(output, 'w');
  for await (const piece of pieces) await handle.write(piece);
  await handle.close();
}

async function files(input, stream, output) {
  const from = await open(input);
  const to = await open(output, 'w');
  await pipeline(from.createReadStream({ highWaterMark: CHUNK }), stream, to.createWriteStream());
}
