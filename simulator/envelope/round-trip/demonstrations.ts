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
    await flippedTag(run, message),
    await decryptDenied(run, message),
  ];
}

async function wrongContext(
  run: Run,
  message: Uint8Array,
  decryptAnswer: RoundTripAuthorization | undefined,
): Promise<Demonstration> {
  const { encryptionContext, authorize } = run.options;
  const { wrong, change } = changeContext(encryptionContext);
  const { encryptedDataKeys } = readHeader(message).header;
  const keyring = keyringFor(run, allowEverything);
  const error = await failure(() => keyring.unwrap(encryptedDataKeys, wrong));
  const answer = await authorize('Decrypt', wrong);
  const earlier =
    decryptAnswer?.allowed && !answer.allowed
      ? ` These policies stop such a call even earlier, with AccessDeniedException: ${answer.because}.`
      : '';
  return {
    id: 'wrong-encryption-context',
    title: 'Decrypt with another encryption context',
    whatChanged: `Decrypt is called with ${change}. The caller and the encrypted data key stay the same.`,
    stoppedAt: 'KMS, in Decrypt: it gives no data key, so that the payload stays encrypted',
    error,
    why: `The tag of the encrypted data key covers the encryption context, though the pairs are not in it. KMS can open it only with exactly the same pairs, case included; their order does not matter.${earlier}`,
    lesson:
      'An encryption context ties data to its purpose: what was encrypted for one tenant or record does not decrypt for another. KMS gives no reason, so a wrong context looks the same as a damaged encrypted data key. The context is not secret: the header and CloudTrail show it in the clear.',
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

async function flippedTag(run: Run, message: Uint8Array): Promise<Demonstration> {
  const tampered = Buffer.from(message);
  const { header, length } = readHeader(tampered);
  const frames = readFrames(tampered, length, header);
  const at = frames[0]?.tagStart ?? length;
  tampered[at] = (tampered[at] ?? 0) ^ 1;
  const keyring = keyringFor(run, allowEverything);
  const error = await failure(() => decrypt({ message: tampered, keyring }));
  const count = frames.length === 1 ? 'the only frame' : `frame 1 of ${frames.length}`;
  return {
    id: 'flipped-tag',
    title: 'Decrypt after one bit of an authentication tag was flipped',
    whatChanged: `One bit at byte ${at} of the stored message, in the authentication tag of ${count}, is flipped.`,
    stoppedAt: `local decryption, at ${count}: no plaintext is given out`,
    error,
    why: 'KMS decrypts the data key without complaint: the encrypted data key is unchanged, and KMS never sees the payload. The damage is found locally, since the tag of AES-256-GCM covers the content of the frame, its number and the message id.',
    lesson:
      'Authenticated encryption notices every change, if the program gives out nothing of a frame before its tag is checked. It does not undo the change: against damage help versions and backups, not permissions for the key.',
  };
}

async function decryptDenied(run: Run, message: Uint8Array): Promise<Demonstration> {
  const { encryptionContext, authorize, principal } = run.options;
  const answer = await authorize('Decrypt', encryptionContext);
  const refused = answer.allowed ? TAKEN_AWAY : answer;
  const keyring = keyringFor(run, async () => refused);
  const { encryptedDataKeys } = readHeader(message).header;
  const error = await failure(() => keyring.unwrap(encryptedDataKeys, encryptionContext));
  const whatChanged = answer.allowed
    ? `\`kms:Decrypt\` is taken away from \`${principal}\`, as a Deny statement in the key policy would do it. The message and the encryption context stay the same.`
    : `Nothing: the policies do not allow \`${principal}\` to call \`kms:Decrypt\`.`;
  return {
    id: 'decrypt-denied',
    title: 'Decrypt without permission',
    whatChanged,
    stoppedAt: 'KMS, in the authorization of Decrypt: before any cryptography',
    error,
    why: `KMS decides about the caller before it opens the encrypted data key: ${refused.because}.`,
    lesson:
      'Whoever holds the stored message but may not call `kms:Decrypt` holds nothing of use. Access to the data takes two permissions, one for the object and one for the key, and the second can be taken away for all objects at once.',
  };
}

const TAKEN_AWAY: RoundTripAuthorization = {
  allowed: false,
  verdict: 'denied',
  because: 'the permission was taken away for this demonstration',
  ending: 'with an explicit deny in a resource-based policy',
};

/** A demonstration that goes through is a defect of the simulator. */
async function failure(act: () => Promise<unknown>): Promise<ReportedError> {
  try {
    await act();
  } catch (error) {
    return reportError(error);
  }
  throw new Error('a demonstration that must fail went through');
}
