import { unknownResource } from '../access/message.ts';
import { externalKeyMessages } from '../facts/key-stores.ts';
import { openBlob, parseBlob, sealBlob } from './ciphertext-blob.ts';
import { keyObject } from './crypto/bare-key.ts';
import { oaepDecrypt, oaepEncrypt } from './crypto/rsa.ts';
import { externalKeyOf, openInner, sealInner } from './double-encryption.ts';
import type { EncryptionContext } from './encryption-context.ts';
import type { RandomSource } from './environment.ts';
import { incorrectKey, invalid, invalidCiphertext, invalidState, KmsError } from './errors.ts';
import type { Finder, FoundKey } from './find.ts';
import type { KmsKey } from './key.ts';
import { checkReachable } from './key-store.ts';
import { algorithmFor, secretOf } from './key-use.ts';
import { hasMaterialId } from './metadata.ts';

export const SYMMETRIC = 'SYMMETRIC_DEFAULT';

/** Encryption and decryption under KMS keys, which several operations share. */
export interface Encryption {
  readonly key: KmsKey;
  readonly algorithm: string | undefined;
  readonly context: EncryptionContext | undefined;
}

export interface Encrypted {
  readonly ciphertext: Uint8Array;
  readonly algorithm: string;
  readonly material: { readonly KeyMaterialId?: string };
}

export async function encryptUnder(
  { key, algorithm = SYMMETRIC, context }: Encryption,
  plaintext: Uint8Array,
  random: RandomSource,
): Promise<Encrypted> {
  const { maxInput } = algorithmFor(key, algorithm);
  checkReachable(key);
  const { id, secret } = await secretOf(key);
  if (algorithm === SYMMETRIC) {
    const own = keyObject(secret);
    const external = externalKeyOf(key, random);
    const content = external ? sealInner(own, plaintext, context, random) : plaintext;
    const sealing = { keyArn: key.arn, keyMaterialId: id, secret: external ?? own };
    return { ciphertext: sealBlob(sealing, content, context, random), algorithm, material: materialOf(key, id) };
  }
  refuseContext(context);
  if (maxInput !== undefined && plaintext.length > maxInput)
    throw invalid(
      `Algorithm ${algorithm} and key spec ${key.identity.spec} cannot encrypt data larger than ${maxInput} bytes.`,
      'encrypt the data under a symmetric key, and only that key with this one',
    );
  return { ciphertext: oaepEncrypt(keyObject(secret), algorithm, plaintext), algorithm, material: {} };
}

export interface Decrypted {
  readonly plaintext: Uint8Array;
  readonly algorithm: string;
  readonly material: { readonly KeyMaterialId?: string };
}

export function decryptUnder(
  { key, algorithm = SYMMETRIC, context }: Encryption,
  ciphertext: Uint8Array,
  random: RandomSource,
): Promise<Decrypted> {
  return algorithm === SYMMETRIC
    ? openUnder(key, context, ciphertext, random)
    : openAsymmetric({ key, algorithm, context }, ciphertext);
}

async function openAsymmetric(
  { key, algorithm, context }: Encryption & { readonly algorithm: string },
  ciphertext: Uint8Array,
): Promise<Decrypted> {
  algorithmFor(key, algorithm);
  refuseContext(context);
  const { secret } = await secretOf(key);
  const plaintext = oaepDecrypt(keyObject(secret), algorithm, ciphertext);
  if (plaintext) return { plaintext, algorithm, material: {} };
  throw invalidCiphertext('name the key and the algorithm that it was encrypted with, and give it unchanged');
}

async function openUnder(
  key: KmsKey,
  context: EncryptionContext | undefined,
  ciphertext: Uint8Array,
  random: RandomSource,
): Promise<Decrypted> {
  const blob = readBlob(ciphertext);
  if (!isSameKey(key, blob.keyArn))
    throw incorrectKey(`the ciphertext was made under \`${blob.keyArn}\`; name that key, or none`);
  const material = key.materials.find(blob.keyMaterialId);
  if (!material?.secret)
    throw invalidCiphertext(`the ciphertext names key material that \`${key.arn}\` does not have, so it was changed`);
  checkReachable(key);
  const own = keyObject(await material.secret());
  const external = externalKeyOf(key, random);
  const content = openBlob(external ?? own, blob, context);
  const plaintext = external && content ? openInner(own, content, context) : content;
  if (!plaintext && external)
    throw invalidState(
      externalKeyMessages.wrongCiphertext,
      'give exactly the encryption context of the encryption, and the ciphertext unchanged; the proxy must lead to the same external key',
    );
  if (!plaintext)
    throw invalidCiphertext(
      'give exactly the encryption context of the encryption, case included, and the ciphertext unchanged',
    );
  return { plaintext, algorithm: SYMMETRIC, material: materialOf(key, material.id) };
}

/** The key that a symmetric ciphertext names, since the request names none. */
export function keyOfCiphertext(ciphertext: Uint8Array, action: string, { world, place, who }: Finder): FoundKey {
  const { keyArn } = readBlob(ciphertext);
  const [, , , region, account = '', resource = ''] = keyArn.split(':');
  const id = resource.slice('key/'.length);
  const key =
    region === place.region
      ? world.key(keyArn)
      : isMultiRegion(id)
        ? world.keyIn({ ...place, account }, id)
        : undefined;
  if (key) return { key };
  throw new KmsError(
    'AccessDeniedException',
    `User: ${who} is not authorized to perform: kms:${action} on the resource associated with this ciphertext ${unknownResource}`,
    `the ciphertext was made under \`${keyArn}\`, which is not known here; decrypt where that key is`,
  );
}

function readBlob(bytes: Uint8Array) {
  const answer = parseBlob(bytes);
  if ('blob' in answer) return answer.blob;
  throw invalidCiphertext(`this is no ciphertext of a simulated key: ${answer.problem}`);
}

/** The keys of a multi-Region key decrypt each other's ciphertexts. */
function isSameKey({ arn, identity }: KmsKey, other: string): boolean {
  if (arn === other) return true;
  return isMultiRegion(identity.id) && other.endsWith(`:${identity.account}:key/${identity.id}`);
}

const isMultiRegion = (id: string): boolean => id.startsWith('mrk-');

const materialOf = (key: KmsKey, id: string) => (hasMaterialId(key) ? { KeyMaterialId: id } : {});

function refuseContext(context: EncryptionContext | undefined): void {
  if (context && Object.keys(context).length > 0)
    throw invalid(
      'EncryptionContext is not supported when encrypting/decrypting with asymmetric CMKs.',
      'leave out the encryption context, or use a symmetric key',
    );
}
