import { createPublicKey, sign as nodeSign, verify as nodeVerify } from 'node:crypto';
import type { MessageType } from '../facts/key-specs.ts';
import { bareKey, keyObject, type SecretKey } from './crypto/bare-key.ts';
import { signHashed, verifyHashed } from './crypto/ed25519ph.ts';
import { signDigest, verifyDigest } from './crypto/elliptic.ts';
import { digestOf, hashOf } from './crypto/hash.ts';
import { latticeSign, latticeVerify } from './crypto/lattice.ts';
import { rsaSign, rsaVerify } from './crypto/rsa.ts';
import type { RandomSource } from './environment.ts';
import { invalid } from './errors.ts';
import type { KmsKey } from './key.ts';
import { algorithmFor, secretOf } from './key-use.ts';
import * as members from './members.ts';
import { optional, required } from './shapes.ts';

/** What Sign and Verify take. */
export const signatureMembers = {
  ...members.onKey,
  Message: required(members.plaintext),
  MessageType: optional(members.messageType),
  SigningAlgorithm: required(members.signingAlgorithm),
  ...members.cryptographic,
};

interface SignatureRequest {
  readonly Message: Uint8Array;
  readonly MessageType?: string | undefined;
  readonly SigningAlgorithm: string;
}

export async function signUnder(key: KmsKey, request: SignatureRequest, random: RandomSource): Promise<Uint8Array> {
  const signed = signedBy(key, request);
  const { secret } = await secretOf(key);
  return schemeOf(signed.algorithm).sign(secret, signed, random);
}

export async function isSignature(key: KmsKey, request: SignatureRequest, signature: Uint8Array): Promise<boolean> {
  const signed = signedBy(key, request);
  const { secret } = await secretOf(key);
  return schemeOf(signed.algorithm).verify(secret, signed, signature);
}

/** What is signed, and how. */
interface Signed {
  readonly spec: string;
  readonly algorithm: string;
  readonly type: MessageType;
  readonly message: Uint8Array;
}

interface Scheme {
  sign(secret: SecretKey, signed: Signed, random: RandomSource): Uint8Array | Promise<Uint8Array>;
  verify(secret: SecretKey, signed: Signed, signature: Uint8Array): boolean | Promise<boolean>;
}

const rsa: Scheme = {
  sign: (secret, signed, random) => rsaSign(keyObject(secret), signed.algorithm, digestIn(signed), random),
  verify: (secret, signed, signature) => rsaVerify(keyObject(secret), signed.algorithm, digestIn(signed), signature),
};

const ecdsa: Scheme = {
  sign: (secret, signed, random) => signDigest(signed.spec, secret, digestIn(signed), random),
  verify: (secret, signed, signature) => verifyDigest(signed.spec, secret, digestIn(signed), signature),
};

const ed25519: Scheme = {
  sign: (secret, { message }) => nodeSign(null, message, keyObject(secret)),
  verify: (secret, { message }, signature) => nodeVerify(null, message, createPublicKey(keyObject(secret)), signature),
};

/** KMS hashes once more what is already a digest. */
const ed25519ph: Scheme = {
  sign: (secret, { message }) => signHashed(keyObject(secret), message),
  verify: (secret, { message }, signature) => verifyHashed(keyObject(secret), message, signature),
};

const mlDsa: Scheme = {
  sign: (secret, signed, random) => latticeSign(bareKey(secret), forLattice(signed), random),
  verify: (secret, signed, signature) => latticeVerify(bareKey(secret), forLattice(signed), signature),
};

const SCHEMES: readonly (readonly [algorithm: RegExp, scheme: Scheme])[] = [
  [/^RSASSA_/, rsa],
  [/^ECDSA_/, ecdsa],
  [/^ED25519_SHA_512$/, ed25519],
  [/^ED25519_PH_/, ed25519ph],
  [/^ML_DSA_/, mlDsa],
];

function schemeOf(algorithm: string): Scheme {
  const found = SCHEMES.find(([pattern]) => pattern.test(algorithm));
  if (!found) throw new RangeError(`\`${algorithm}\` signs nothing`);
  return found[1];
}

const digestIn = ({ type, algorithm, message }: Signed): Uint8Array =>
  type === 'RAW' ? digestOf(hashOf(algorithm), message) : message;

const forLattice = ({ type, message }: Signed) => ({ message, isMu: type === 'EXTERNAL_MU' });

/** Throws what KMS answers to a message that the algorithm does not take. */
function signedBy(key: KmsKey, request: SignatureRequest): Signed {
  const { SigningAlgorithm: algorithm, Message: message, MessageType: wanted = 'RAW' } = request;
  const { messageTypes = [], digestBytes } = algorithmFor(key, algorithm);
  const type = messageTypes.find((each) => each === wanted);
  if (type === undefined)
    throw invalid(
      `MessageType ${wanted} is not valid for algorithm ${algorithm}.`,
      `give the message as ${messageTypes.map((each) => `\`${each}\``).join(' or ')}`,
    );
  if (type !== 'RAW' && message.length !== digestBytes)
    throw invalid(
      `Digest is invalid length for algorithm ${algorithm}.`,
      `give ${type === 'DIGEST' ? 'a digest' : 'an external mu'} of ${digestBytes} bytes, or the message with \`MessageType\` RAW`,
    );
  return { spec: key.identity.spec, algorithm, type, message };
}
