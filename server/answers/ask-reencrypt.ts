import type { Decision } from '../../simulator/access/decision.ts';
import { decideOperation, type PermissionDecision } from '../../simulator/access/operation.ts';
import type { Grant } from '../../simulator/access/world.ts';
import type { SourceDocument } from '../documents/source.ts';
import { type Answer, type Misunderstanding, type Question, understand, worldOf } from './ask.ts';

/** The key that ReEncrypt encrypts under. */
export interface Destination {
  /** Its ARN; left out, a key of the account that its policy names. */
  readonly key?: string;
  readonly keyPolicy: SourceDocument | undefined;
  readonly grants: readonly Grant[];
  /** Where it differs from that of the ciphertext. */
  readonly encryptionContext?: Readonly<Record<string, string>>;
}

/** A call that needs two permissions: the verdict on both together, and each with its own decision. */
export interface ReEncryptAnswer {
  readonly verdict: Decision['verdict'];
  readonly kind: Decision['kind'];
  readonly by: Decision['by'];
  /** The permission that decided: the first that is refused, else the first that the verdict hangs on. */
  readonly deciding: Answer;
  /** `kms:ReEncryptFrom` on the source key, then `kms:ReEncryptTo` on the destination key. */
  readonly permissions: readonly Answer[];
}

/** Asks for ReEncrypt, from the key of the question to another one. The action of the question does not matter. */
export function askReEncrypt(question: Question, destination: Destination): ReEncryptAnswer | Misunderstanding {
  const from = understand(question);
  if ('problem' in from) return from;
  const toQuestion = questionAbout(question, destination);
  const to = understand(toQuestion);
  if ('problem' in to) return { ...to, about: 'to-key' };
  const { caller } = from.base;
  const { encryptionContext } = destination;
  const decided = decideOperation(
    {
      ...from.base,
      operation: 'ReEncrypt',
      on: from.key,
      to: to.key,
      ...(encryptionContext ? { toEncryptionContext: encryptionContext } : {}),
    },
    { on: worldOf(question, { caller, key: from.key }), to: worldOf(toQuestion, { caller, key: to.key }) },
  );
  if (!decided?.deciding) return { about: 'action', problem: '`ReEncrypt` needs a source key and a destination key' };
  const answerOf = ({ needed, request, world, decision }: PermissionDecision): Answer => {
    const assumed = [...(needed.on === 'source-key' ? from : to).assumed, ...decision.assumed];
    return { request, world, decision: { ...decision, assumed } };
  };
  const permissions = decided.permissions.map(answerOf);
  const { verdict, kind, by, deciding } = decided;
  const index = decided.permissions.indexOf(deciding);
  return { verdict, kind, by, deciding: permissions[index] ?? answerOf(deciding), permissions };
}

/** The same call as the destination key sees it. */
function questionAbout(question: Question, { key, keyPolicy, grants }: Destination): Question {
  const { key: _, keyAccount: __, region, ...request } = question.request;
  return {
    ...question,
    request: { ...request, ...(key === undefined ? {} : { key }), ...(region === undefined ? {} : { region }) },
    keyPolicy,
    grants,
  };
}
