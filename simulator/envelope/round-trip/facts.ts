import { fingerprint } from '../fingerprint.ts';
import { COMMITMENT_LABEL, ENCRYPTION_KEY_LABEL } from '../key-derivation.ts';
import { suiteNumber } from '../suites.ts';
import type { Fact, Measured, RoundTripMessage } from './report.ts';
import { byteCount, contextText, type RoundTripAuthorization, type RoundTripOperation } from './run.ts';
import type { Trip } from './trip.ts';

export const fact = (label: string, value: string): Fact => ({ label, value });

export function callFacts(
  operation: RoundTripOperation,
  caller: string,
  context: Readonly<Record<string, string>>,
  answer: RoundTripAuthorization | undefined,
): Fact[] {
  return [
    fact('call', `\`kms:${operation}\``),
    fact('called by', caller),
    fact('encryption context', contextText(context)),
    ...(answer ? [fact('verdict', answer.verdict)] : []),
  ];
}

export function dataKeyFacts({ dataKey, header }: Trip): Fact[] {
  return [
    ...(dataKey ? [fact('data key', `${measured(dataKey)}: in the clear, for this message alone`)] : []),
    ...encryptedDataKeys(header).map((key) => fact('encrypted data key', key)),
  ];
}

export function derivedFacts({ header }: Trip): Fact[] {
  if (!header) return [];
  const { suite, messageId, commitment } = header;
  return [
    fact('suite', `${suiteNumber(suite.id)}: ${suite.name}`),
    fact('message id', `${byteCount(messageId.length)}, random, the salt of HKDF-SHA512`),
    fact('labels', `\`${ENCRYPTION_KEY_LABEL}\` for the encryption key, \`${COMMITMENT_LABEL}\` for the commitment`),
    fact('key commitment', `${byteCount(commitment.length)}, in the header: ${hexStart(commitment)}`),
    fact('data key', 'overwritten with zeros, now that the keys are derived'),
  ];
}

export function encryptedFacts({ payload, header, encryptionTime }: Trip, summary: RoundTripMessage): Fact[] {
  return [
    fact('cipher', 'AES-256-GCM, each frame on its own with its own tag'),
    fact('frames', `${count(summary.frames)}, with up to ${byteCount(header?.frameLength ?? 0)} of the payload each`),
    ...(payload ? [fact('payload in', measured(payload))] : []),
    fact('frames out', byteCount(summary.bodyBytes)),
    ...timeFacts(encryptionTime, payload?.bytes ?? 0),
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

export function storeFacts({ header, tampered }: Trip, summary: RoundTripMessage): Fact[] {
  return [
    fact('stored', measured(summary)),
    ...encryptedDataKeys(header).map((key) => fact('in its header', `the encrypted data key, ${key}`)),
    fact('not stored', 'the data key in the clear, which is gone; the KMS key, which never leaves KMS'),
    ...(tampered ? [fact('changed there', `one bit of byte ${count(tampered.offset)}, in the ${tampered.what}`)] : []),
  ];
}

export function returnedKeyFacts({ dataKey, returnedDataKey }: Trip): Fact[] {
  if (!returnedDataKey) return [];
  const same = returnedDataKey.fingerprint === dataKey?.fingerprint ? 'the same as before' : 'not the one from before';
  return [fact('data key', `${measured(returnedDataKey)}: ${same}`)];
}

export const SENT = fact('sent', 'the encrypted data key and the encryption context, both from the header; no payload');

export function headerFacts(required: Readonly<Record<string, string>>): Fact[] {
  return [
    ...(Object.keys(required).length > 0 ? [fact('must have', contextText(required))] : []),
    fact('key commitment', 'matches the data key'),
    fact('header authentication tag', 'matches'),
  ];
}

export function openedFacts({ returned, decryptionTime }: Trip, summary: RoundTripMessage): Fact[] {
  return [
    fact('frames', `${count(summary.frames)}, each with its tag checked before its content is given out`),
    fact('message in', byteCount(summary.bytes)),
    ...(returned ? [fact('payload out', measured(returned))] : []),
    ...timeFacts(decryptionTime, returned?.bytes ?? 0),
  ];
}

export function comparedFacts(before: Measured, after: Measured, equal: boolean): Fact[] {
  return [
    fact('payload before', measured(before)),
    fact('payload after', measured(after)),
    fact('equal', equal ? 'yes, byte for byte' : 'no'),
  ];
}

export function measured({ bytes, fingerprint: print }: Measured): string {
  return print === undefined ? byteCount(bytes) : `${byteCount(bytes)}, fingerprint ${print}`;
}

function encryptedDataKeys(header: Trip['header']): string[] {
  return (header?.encryptedDataKeys ?? []).map(({ ciphertext }) =>
    measured({ bytes: ciphertext.length, fingerprint: fingerprint(ciphertext) }),
  );
}

export const count = (value: number): string => value.toLocaleString('en-US');

export const framesText = (frames: number): string => (frames === 1 ? '1 frame' : `${count(frames)} frames`);

function timeFacts(milliseconds: number, bytes: number): Fact[] {
  const perSecond = bytes / MEBIBYTE / (milliseconds / 1000);
  const speed = bytes >= MEBIBYTE && milliseconds > 0 ? `, ${count(Math.round(perSecond))} MiB per second` : '';
  return [fact('time', `${milliseconds.toFixed(2)} ms${speed}`)];
}

const MEBIBYTE = 1024 * 1024;

function hexStart(bytes: Uint8Array): string {
  const shown = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  return bytes.length > 8 ? `${shown}…` : shown;
}
