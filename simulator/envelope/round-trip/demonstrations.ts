import type { EncryptionContext } from '../../kms/encryption-context.ts';
import { decrypt } from '../decrypt.ts';
import { readFrames } from '../format/frame.ts';
import { readHeader } from '../format/header.ts';
import type { Demonstration, ReportedError } from './report.ts';
import { allowEverything, contextText, keyringFor, type RoundTripAuthorization, type Run, reportError } from './run.ts';

/**
 * What goes wrong when one thing is changed, tried out on `message`. `decryptAnswer` is what the principal was told for
 * Decrypt, where it asked.
 */
export async function runDemonstrations(
  run: Run,
  message: Uint8Array,
  decryptAnswer: RoundTripAuthorization | undefined,
): Promise<Demonstration[]> {
  return [
    await wrongContext(run, message, decryptAnswer),
    await flippedBit(run, message),
    await decryptDenied(run, message),
  ];
}

async function wrongContext(
  run: Run,
  message: Uint8Array,
  decryptAnswer: RoundTripAuthorization | undefined,
): Promise<Demonstration> {
  const { encryptionContext, authorize, principal } = run.options;
  const { wrong, change } = changeContext(encryptionContext);
  const { encryptedDataKeys } = readHeader(message).header;
  const keyring = keyringFor(run, principal, allowEverything);
  const error = await failure(() => keyring.unwrap(encryptedDataKeys, wrong));
  const answer = await authorize('Decrypt', principal, wrong);
  const earlier =
    decryptAnswer?.allowed && !answer.allowed
      ? ` These policies stop such a call even earlier, with AccessDeniedException: ${answer.because}.`
      : '';
  return {
    id: 'wrong-encryption-context',
    title: 'Decrypt with another encryption context',
    whatChanged: `Decrypt is called with ${change}. The encrypted data key and the caller stay the same.`,
    stoppedAt: 'KMS Decrypt, before there is a data key',
    error,
    why: `The encryption context is authenticated together with the data key, though it is not stored in the ciphertext. KMS can open the ciphertext only under exactly the same pairs, case included; their order does not matter.${earlier}`,
    lesson:
      'An encryption context ties data to its purpose: a ciphertext moved to another record or tenant does not decrypt there. KMS gives no reason, so a wrong context looks the same as a damaged ciphertext.',
  };
}

function changeContext(context: EncryptionContext): { wrong: EncryptionContext; change: string } {
  const pair = Object.entries(context).at(-1);
  if (!pair) {
    const wrong = { purpose: 'other' };
    return { wrong, change: `the encryption context ${contextText(wrong)} where it was encrypted with none` };
  }
  const [key, value] = pair;
  const other = `${value}-other`;
  const wrong = Object.fromEntries([...Object.entries(context), [key, other]]);
  return { wrong, change: `\`${key}\` = \`${other}\` in the encryption context instead of \`${value}\`` };
}

async function flippedBit(run: Run, message: Uint8Array): Promise<Demonstration> {
  const tampered = Buffer.from(message);
  const { header, length } = readHeader(tampered);
  const frames = readFrames(tampered, length, header.frameLength);
  const at = frames[0]?.tagStart ?? length;
  tampered[at] = (tampered[at] ?? 0) ^ 1;
  const keyring = keyringFor(run, run.options.principal, allowEverything);
  const error = await failure(() => decrypt({ message: tampered, keyring }));
  const count = frames.length === 1 ? 'the only frame' : `frame 1 of ${frames.length}`;
  return {
    id: 'flipped-bit',
    title: 'One flipped bit in the stored message',
    whatChanged: `One bit of the authentication tag of ${count} is flipped, at byte ${at} of the stored message.`,
    stoppedAt: `Local decryption, ${count}; no plaintext is given out`,
    error,
    why: 'KMS decrypts the data key without complaint, since the encrypted data key is unchanged: KMS never sees the payload. The damage is found locally, where the tag of AES-256-GCM covers the content of the frame, its number and the message id.',
    lesson:
      'Authenticated encryption notices every change. A program must give out no plaintext of a frame before its tag is checked, and KMS permissions do not protect against a damaged object: versions and backups do.',
  };
}

async function decryptDenied(run: Run, message: Uint8Array): Promise<Demonstration> {
  const { encryptionContext, authorize, principal, deniedPrincipal } = run.options;
  const caller = deniedPrincipal ?? principal;
  const answer = await authorize('Decrypt', caller, encryptionContext);
  const refused: RoundTripAuthorization = answer.allowed
    ? { allowed: false, verdict: 'denied', because: 'the permission was taken away for this demonstration' }
    : answer;
  const keyring = keyringFor(run, caller, async () => refused);
  const { encryptedDataKeys } = readHeader(message).header;
  const error = await failure(() => keyring.unwrap(encryptedDataKeys, encryptionContext));
  const whatChanged = answer.allowed
    ? `\`${caller}\` calls Decrypt. The policies allow it, so here \`kms:Decrypt\` is taken away.`
    : `\`${caller}\` calls Decrypt, which the policies do not allow.`;
  return {
    id: 'decrypt-denied',
    title: 'Decrypt without permission',
    whatChanged,
    stoppedAt: 'KMS authorization, before any cryptography',
    error,
    why: `KMS decides about the caller before it touches the ciphertext: ${refused.because}.`,
    lesson:
      'Whoever holds the stored message but may not call kms:Decrypt holds nothing of use. Access to the data is thus two permissions, one for the object and one for the key, and the second can be taken away for all objects at once.',
  };
}

/** A demonstration that goes through is a defect of the simulator. */
async function failure(act: () => Promise<unknown>): Promise<ReportedError> {
  try {
    await act();
  } catch (error) {
    return reportError(error);
  }
  throw new Error('a demonstration that must fail went through');
}
