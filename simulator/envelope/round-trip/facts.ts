import { fingerprint } from '../fingerprint.ts';
import type { EncryptedDataKey } from '../format/header.ts';
import { COMMITMENT_LABEL, type DerivedKeys, ENCRYPTION_KEY_LABEL } from '../key-derivation.ts';
import type { GeneratedDataKey } from '../keyring.ts';
import { SUITE_COMMITTING, suiteNumber } from '../suites.ts';
import type { Fact, RoundTripMessage } from './report.ts';
import { byteCount, contextText, type RoundTripAuthorization, type RoundTripOperation, type Run } from './run.ts';

export function callFacts(
  { options }: Run,
  operation: RoundTripOperation,
  answers: ReadonlyMap<RoundTripOperation, RoundTripAuthorization>,
): Fact[] {
  const answer = answers.get(operation);
  return [
    fact('call', `\`kms:${operation}\``),
    fact('caller', `\`${options.principal}\``),
    fact('KMS key', `\`${options.keyArn}\``),
    fact('encryption context', contextText(options.encryptionContext)),
    ...(answer ? [fact('verdict', answer.verdict)] : []),
  ];
}

export function dataKeyFacts({ plaintextDataKey, encryptedDataKeys }: GeneratedDataKey): Fact[] {
  return [
    fact('data key', measured(plaintextDataKey)),
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

/** Fields that only tell the length of the next one are left to the report's list of all fields. */
export function messageFacts(summary: RoundTripMessage): Fact[] {
  const telling = summary.headerFields.filter(({ name }) => name === 'frame length' || !name.endsWith(' length'));
  const shown = telling.map(({ name, offset, length, value, hex }) => {
    const content = value === undefined ? hexStart(Buffer.from(hex, 'hex')) : `\`${value}\``;
    return fact(name, `byte ${offset}, ${byteCount(length)}: ${content}`);
  });
  return [
    fact('header', byteCount(summary.headerBytes)),
    fact('frames', byteCount(summary.bodyBytes)),
    fact('whole message', `${byteCount(summary.bytes)}, ${byteCount(summary.overheadBytes)} more than the payload`),
    ...shown,
  ];
}

export function storeFacts(summary: RoundTripMessage, encryptedDataKeys: readonly EncryptedDataKey[]): Fact[] {
  return [
    fact('stored', `${byteCount(summary.bytes)}, fingerprint ${summary.fingerprint}`),
    ...encryptedDataKeys.map((key) => fact('with it', `the encrypted data key, ${measured(key.ciphertext)}`)),
    fact('not stored', 'the data key in the clear, the KMS key, which never leaves KMS'),
  ];
}

export function openedFacts(message: Uint8Array, plaintext: Uint8Array, frames: number, time: number): Fact[] {
  return [
    fact('key commitment', 'matches the data key'),
    fact('header authentication tag', 'matches'),
    fact('frames', `${frames}, each with its tag checked before its content is given out`),
    fact('message in', byteCount(message.length)),
    fact('payload out', byteCount(plaintext.length)),
    fact('time', milliseconds(time)),
  ];
}

export function returnedKeyFact(dataKey: Uint8Array, before: string): Fact {
  const same = fingerprint(dataKey) === before ? 'the same as before' : 'not the one from before';
  return fact('data key', `${measured(dataKey)}: ${same}`);
}

export function comparedFacts(before: Uint8Array, after: Uint8Array, equal: boolean): Fact[] {
  return [
    fact('payload before', measured(before)),
    fact('payload after', measured(after)),
    fact('equal', equal ? 'yes, byte for byte' : 'no'),
  ];
}

function measured(bytes: Uint8Array): string {
  return `${byteCount(bytes.length)}, fingerprint ${fingerprint(bytes)}`;
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
