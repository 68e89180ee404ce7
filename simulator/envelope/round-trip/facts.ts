import { fingerprint } from '../fingerprint.ts';
import type { EncryptedDataKey } from '../format/header.ts';
import { COMMITMENT_LABEL, type DerivedKeys, ENCRYPTION_KEY_LABEL } from '../key-derivation.ts';
import type { GeneratedDataKey } from '../keyring.ts';
import { SUITE_COMMITTING, suiteNumber } from '../suites.ts';
import type { Fact, Measured, RoundTripMessage } from './report.ts';
import { byteCount, contextText, type RoundTripAuthorization, type RoundTripOperation, type Run } from './run.ts';

export function callFacts(
  { options }: Run,
  operation: RoundTripOperation,
  answers: ReadonlyMap<RoundTripOperation, RoundTripAuthorization>,
): Fact[] {
  const answer = answers.get(operation);
  return [
    fact('call', `\`kms:${operation}\``),
    fact('encryption context', contextText(options.encryptionContext)),
    ...(answer ? [fact('verdict', answer.verdict)] : []),
  ];
}

export function dataKeyFacts({ plaintextDataKey, encryptedDataKeys }: GeneratedDataKey): Fact[] {
  return [
    fact('data key', `${measured(plaintextDataKey)}: in the clear, for this message alone`),
    ...encryptedDataKeys.map((key) => fact('encrypted data key', measured(key.ciphertext))),
  ];
}

export function derivedFacts(messageId: Uint8Array, { encryptionKey, commitment }: DerivedKeys): Fact[] {
  const exported = encryptionKey.export();
  const keyFact = fact('encryption key', measured(exported));
  exported.fill(0);
  return [
    fact('suite', `${suiteNumber(SUITE_COMMITTING.id)}: ${SUITE_COMMITTING.name}`),
    fact('message id', `${byteCount(messageId.length)}, random, the salt of HKDF-SHA512`),
    fact('labels', `\`${ENCRYPTION_KEY_LABEL}\` for the encryption key, \`${COMMITMENT_LABEL}\` for the commitment`),
    keyFact,
    fact('key commitment', `${byteCount(commitment.length)}, in the header: ${hexStart(commitment)}`),
    fact('data key', 'overwritten with zeros, now that the keys are derived'),
  ];
}

export function encryptedFacts(
  payload: Uint8Array,
  summary: RoundTripMessage,
  frameLength: number,
  time: number,
): Fact[] {
  return [
    fact('cipher', 'AES-256-GCM, each frame on its own with its own tag'),
    fact('frames', `${summary.frames}, with up to ${byteCount(frameLength)} of the payload each`),
    fact('payload in', measured(payload)),
    fact('frames out', byteCount(summary.bodyBytes)),
    fact('time', milliseconds(time)),
  ];
}

export function messageFacts(summary: RoundTripMessage): Fact[] {
  const overhead = `${byteCount(summary.overheadBytes)} more than the payload`;
  return [
    fact('header', `${byteCount(summary.headerBytes)}: what decryption needs, and a tag over it`),
    fact('frames', byteCount(summary.bodyBytes)),
    fact('whole message', `${measured(summary)}, ${overhead}`),
  ];
}

export function storeFacts(summary: RoundTripMessage, encryptedDataKeys: readonly EncryptedDataKey[]): Fact[] {
  return [
    fact('stored', measured(summary)),
    ...encryptedDataKeys.map((key) => fact('in its header', `the encrypted data key, ${measured(key.ciphertext)}`)),
    fact('not stored', 'the data key in the clear, which is gone; the KMS key, which never leaves KMS'),
  ];
}

export function openedFacts(message: Uint8Array, plaintext: Uint8Array, frames: number, time: number): Fact[] {
  return [
    fact('key commitment', 'matches the data key'),
    fact('header authentication tag', 'matches'),
    fact('frames', `${frames}, each with its tag checked before its content is given out`),
    fact('message in', byteCount(message.length)),
    fact('payload out', measured(plaintext)),
    fact('time', milliseconds(time)),
  ];
}

export function returnedKeyFacts(dataKey: Uint8Array, before: string): Fact[] {
  const same = fingerprint(dataKey) === before ? 'the same as before' : 'not the one from before';
  return [
    fact('sent', 'the encrypted data key and the encryption context, both from the header; no payload'),
    fact('data key', `${measured(dataKey)}: ${same}`),
  ];
}

export function comparedFacts(before: Uint8Array, after: Uint8Array, equal: boolean): Fact[] {
  return [
    fact('payload before', measured(before)),
    fact('payload after', measured(after)),
    fact('equal', equal ? 'yes, byte for byte' : 'no'),
  ];
}

function measured(what: Uint8Array | Measured): string {
  const { bytes, fingerprint: print } =
    what instanceof Uint8Array ? { bytes: what.length, fingerprint: fingerprint(what) } : what;
  return `${byteCount(bytes)}, fingerprint ${print}`;
}

function fact(label: string, value: string): Fact {
  return { label, value };
}

function milliseconds(time: number): string {
  return `${time.toFixed(2)} ms`;
}

function hexStart(bytes: Uint8Array): string {
  const shown = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  return bytes.length > 8 ? `${shown}…` : shown;
}
