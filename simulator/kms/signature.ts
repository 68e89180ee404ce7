import { createPublicKey, sign as nodeSign, verify as nodeVerify } from 'node:crypto';
import { signHashed, verifyHashed } from './crypto/ed25519ph.ts';
import { digestOf, hashOf, signDigest, verifyDigest } from './crypto/elliptic.ts';
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

const ED25519_PH = 'ED25519_PH_SHA_512';

interface SignatureRequest {
  readonly Message: Uint8Array;
  readonly MessageType?: string | undefined;
  readonly SigningAlgorithm: string;
}

export async function signUnder(key: KmsKey, request: SignatureRequest, random: RandomSource): Promise<Uint8Array> {
  const { SigningAlgorithm: algorithm, Message: message } = request;
  const digest = digestToSign(key, request);
  const { secret } = await secretOf(key);
  if (!digest) return nodeSign(null, message, secret);
  // KMS hashes once more what is already a digest.
  if (algorithm === ED25519_PH) return signHashed(secret, digest);
  const isRsa = algorithm.startsWith('RSASSA_');
  return isRsa ? rsaSign(secret, algorithm, digest, random) : signDigest(key.identity.spec, secret, digest, random);
}

export async function isSignature(key: KmsKey, request: SignatureRequest, signature: Uint8Array): Promise<boolean> {
  const { SigningAlgorithm: algorithm, Message: message } = request;
  const digest = digestToSign(key, request);
  const { secret } = await secretOf(key);
  if (!digest) return nodeVerify(null, message, createPublicKey(secret), signature);
  if (algorithm === ED25519_PH) return verifyHashed(secret, digest, signature);
  const isRsa = algorithm.startsWith('RSASSA_');
  return isRsa
    ? rsaVerify(secret, algorithm, digest, signature)
    : verifyDigest(key.identity.spec, secret, digest, signature);
}

/** Undefined where the algorithm takes the message itself. */
function digestToSign(key: KmsKey, request: SignatureRequest): Uint8Array | undefined {
  const { SigningAlgorithm: algorithm, Message: message, MessageType: type = 'RAW' } = request;
  const { messageTypes = [], digestBytes } = algorithmFor(key, algorithm);
  if (!messageTypes.some((each) => each === type))
    throw invalid(
      `MessageType ${type} is not valid for algorithm ${algorithm}.`,
      `give the message as ${messageTypes.map((each) => `\`${each}\``).join(' or ')}`,
    );
  if (type === 'RAW') return digestBytes === undefined ? undefined : digestOf(hashOf(algorithm), message);
  if (message.length !== digestBytes)
    throw invalid(
      `Digest is invalid length for algorithm ${algorithm}.`,
      `give a digest of ${digestBytes} bytes, or the message with \`MessageType\` RAW`,
    );
  return message;
}
