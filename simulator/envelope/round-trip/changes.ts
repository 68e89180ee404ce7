import { parseCaller } from '../../access/caller.ts';
import type { EncryptionContext } from '../../kms/encryption-context.ts';
import type { KmsKey } from '../../kms/key.ts';
import type { Tampering } from '../../scenario/file.ts';
import type { ReportedError } from './report.ts';
import { byteCount, contextText, type Party, type RoundTripAuthorization } from './run.ts';
import type { Stage, Trip } from './trip.ts';

export type ChangeId = (typeof changes)[number]['id'];

/** What can be otherwise in a round trip, and what there is to learn from it. */
interface Change {
  readonly id: string;
  readonly title: string;
  /** The bit of the stored message that is flipped. */
  readonly tampering?: Tampering;
  whatChanged(about: About): string;
  /** Where it stops if nothing else is in the way. */
  readonly stops: { readonly stage: Stage | 'Encrypt'; readonly error?: string };
  /** Why it stops there. */
  why(about: About): string;
  readonly lesson: string;
}

/** A round trip with a change. */
export interface About {
  readonly trip: Trip | undefined;
  readonly key: KmsKey;
  /** Who decrypts. */
  readonly party: Party;
  readonly encryptionContext: EncryptionContext;
  /** What was answered to who decrypts. */
  readonly answer: RoundTripAuthorization | undefined;
}

const flippedBit = ({ trip }: About): string =>
  trip?.tampered
    ? `One bit at byte ${trip.tampered.offset.toLocaleString('en-US')} of the stored message is flipped, in its ${trip.tampered.what}.`
    : 'One bit of the stored message would be flipped.';

const reason = ({ answer }: About): string => answer?.because ?? 'nobody allows it';

export const changes = [
  {
    id: 'wrong-encryption-context',
    title: 'Another encryption context',
    whatChanged: ({ encryptionContext }) =>
      `Decrypt is called with ${wrongContext(encryptionContext).change}. The caller and the encrypted data key stay the same.`,
    stops: { stage: 'Decrypt', error: 'InvalidCiphertextException' },
    why: () =>
      'The tag of the encrypted data key covers the encryption context, though the pairs are not in it. KMS can open it only with exactly the same pairs, case included; their order does not matter.',
    lesson:
      'An encryption context ties data to its purpose: what was encrypted for one tenant or record does not decrypt for another. KMS gives no reason, so a wrong context looks the same as a damaged encrypted data key. The context is not secret: the header and CloudTrail show it in the clear.',
  },
  {
    id: 'flipped-ciphertext',
    title: 'A flipped bit in the ciphertext',
    tampering: 'ciphertext',
    whatChanged: flippedBit,
    stops: { stage: 'frames' },
    why: () =>
      'KMS decrypts the data key without complaint: the encrypted data key is unchanged, and KMS never sees the payload. The damage is found locally, since the tag of the frame is computed over its ciphertext.',
    lesson:
      'Encryption alone would give out a payload with a wrong byte. Authenticated encryption notices every change, if the program gives out nothing of a frame before its tag is checked.',
  },
  {
    id: 'flipped-tag',
    title: 'A flipped bit in an authentication tag',
    tampering: 'tag',
    whatChanged: flippedBit,
    stops: { stage: 'frames' },
    why: () =>
      'The content is as it was, and the program cannot know that: the tag of AES-256-GCM covers the content of the frame, its number and the message id, and it fits only if all of them and the tag itself are unchanged.',
    lesson:
      'A tag does not repair anything. Against damage help versions and backups of the stored message, not permissions for the key.',
  },
  {
    id: 'flipped-header',
    title: 'A flipped bit in the header',
    tampering: 'header',
    whatChanged: flippedBit,
    stops: { stage: 'header', error: 'EnvelopeError' },
    why: () =>
      'The data key comes back, and it is the one that the message commits to. The tag at the end of the header covers every byte before it, so that the change is found before the first frame is read.',
    lesson:
      'What stands in the clear is protected all the same: nobody can exchange the encryption context, the suite or the frame length of a message without being noticed.',
  },
  {
    id: 'flipped-encrypted-data-key',
    title: 'A flipped bit in the encrypted data key',
    tampering: 'encrypted-data-key',
    whatChanged: flippedBit,
    stops: { stage: 'Decrypt', error: 'InvalidCiphertextException' },
    why: () =>
      'The encrypted data key is a ciphertext of KMS, with a tag that only KMS can check. It is not what KMS wrote any more, and KMS says no more than that.',
    lesson:
      'The encrypted data key is the only way back to the payload. It is stored with what it opens, and lost with it: keep both in the same backup.',
  },
  {
    id: 'key-disabled',
    title: 'The KMS key is disabled',
    whatChanged: () => 'Once the message was stored, somebody calls `kms:DisableKey`. The message stays as it is.',
    stops: { stage: 'Decrypt', error: 'DisabledException' },
    why: () =>
      'KMS looks at the state of the key once the caller is authorized. A disabled key does nothing for anybody, whatever the policies say.',
    lesson:
      'Disabling a key locks everything that was encrypted under it, at once and until it is enabled again, with no stored object touched. Programs that hold a data key in memory go on with it.',
  },
  {
    id: 'decrypt-denied',
    title: 'Without permission for Decrypt',
    whatChanged: ({ party }) =>
      `\`kms:Decrypt\` is taken away from \`${party.name}\`, as a Deny statement in the key policy would do it. The message and the encryption context stay the same.`,
    stops: { stage: 'Decrypt', error: 'AccessDeniedException' },
    why: () => 'KMS decides about the caller before it opens the encrypted data key.',
    lesson:
      'Whoever holds the stored message but may not call `kms:Decrypt` holds nothing of use. Access to the data takes two permissions, one for the object and one for the key, and the second can be taken away for all objects at once.',
  },
  {
    id: 'too-long-for-encrypt',
    title: '4,097 bytes to Encrypt',
    whatChanged: () =>
      'There is no data key: the program sends its payload, of 4,097 bytes, to `kms:Encrypt` and wants it encrypted by KMS itself.',
    stops: { stage: 'Encrypt', error: 'ValidationException' },
    why: () =>
      'Encrypt takes at most 4,096 bytes. That is enough for keys and passwords, and KMS looks at the size before it asks who calls.',
    lesson:
      'This is what envelope encryption is for: the payload is encrypted where it is, at the speed of the machine, and only 32 bytes of data key go to KMS and back, however large it is.',
  },
  {
    id: 'attacker-without-key',
    title: 'An attacker with the stored message',
    whatChanged: ({ party }) =>
      `Somebody else got a copy of the stored message and calls Decrypt as \`${party.name}\`, an administrator of an account of their own.`,
    stops: { stage: 'Decrypt', error: 'AccessDeniedException' },
    why: (about) =>
      `KMS asks the policies about them: ${reason(about)}. Without KMS they have to guess a data key of 256 bits, and the key commitment in the header tells them that the first guess was wrong.`,
    lesson:
      'A stolen message is a header in the clear, with the encryption context and the ARN of the key, and ciphertext. Put nothing secret into the encryption context.',
  },
] as const satisfies readonly Change[];

export function findChange(id: ChangeId): Change & { readonly id: ChangeId } {
  const found = changes.find((each) => each.id === id);
  if (!found) throw new RangeError(`there is no change \`${id}\``);
  return found;
}

/** The changes that a payload of so many bytes allows: an empty one has no ciphertext. */
export function possibleChanges(payloadBytes: number): readonly ChangeId[] {
  return changes.filter(({ id }) => payloadBytes > 0 || id !== 'flipped-ciphertext').map(({ id }) => id);
}

/** The last pair with another value. */
export function wrongContext(context: EncryptionContext): {
  readonly wrong: EncryptionContext;
  readonly change: string;
} {
  const pair = Object.entries(context).at(-1);
  if (!pair) {
    const wrong = { purpose: 'other' };
    return { wrong, change: `the encryption context ${contextText(wrong)} where it was encrypted with none` };
  }
  const [key, value] = pair;
  const other = `${value}-other`;
  const wrong = { ...context, [key]: other };
  return { wrong, change: `\`${key}\` = \`${other}\` in the encryption context instead of \`${value}\`` };
}

/** Somebody of an account that has nothing to do with the key. */
export function attackerOf({ identity: { partition, account } }: KmsKey): Party {
  const own = account === OUTSIDE ? ALSO_OUTSIDE : OUTSIDE;
  const arn = `arn:${partition}:iam::${own}:user/attacker`;
  const answer = parseCaller(arn);
  if ('problem' in answer) throw new RangeError(answer.problem);
  return { name: arn, arn, caller: answer.caller };
}

const OUTSIDE = '999999999999';
const ALSO_OUTSIDE = '888888888888';

/** Where a round trip stopped, for people. */
export function stoppedAt(trip: Trip, error: ReportedError): string {
  switch (trip.stage) {
    case 'GenerateDataKey':
      return 'KMS, in GenerateDataKey: nothing is encrypted';
    case 'encryption':
      return 'the program';
    case 'Decrypt':
      return `KMS, in ${IN_DECRYPT[error.name] ?? 'Decrypt'}: the payload stays encrypted`;
    case 'header':
      return 'the program, at the header: before any frame is decrypted';
    case 'frames':
      return `the program, at ${frameOf(trip)}: nothing of that frame is given out`;
  }
}

const IN_DECRYPT: Readonly<Record<string, string>> = {
  AccessDeniedException: 'the authorization of Decrypt, before any cryptography',
  DisabledException: 'Decrypt, at the state of the key',
  KMSInvalidStateException: 'Decrypt, at the state of the key',
};

function frameOf({ inspection, error }: Trip): string {
  const { place } = Object(error) as { readonly place?: { readonly frame?: number } };
  const count = inspection?.body?.frames ?? 1;
  return count === 1 ? 'the only frame' : `frame ${place?.frame ?? 1} of ${count.toLocaleString('en-US')}`;
}

/** Bytes that Encrypt does not take. */
export const TOO_LONG = 4097;

export const tooLongText = byteCount(TOO_LONG);
