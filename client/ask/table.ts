import type { AccessOptions } from '../../server/protocol.ts';
import { accountQuestion, ownerIsOpen } from './accounts.ts';
import { principalQuestion } from './principalQuestion.ts';
import type { Ask } from './question.ts';
import { movedBy, type Step, walk } from './walk.ts';

/** Whom a table of access is about, and whose key; left out, everybody, and the document answers it. */
export interface TableOf {
  readonly principal?: string;
  readonly keyAccount?: string;
}

/**
 * Asks what a document leaves open about a table of access.
 *
 * @param given what the argument of the command has answered already
 * @returns undefined when the person gave up
 */
export async function askForTable(
  ask: Ask,
  options: AccessOptions,
  title: string,
  ofPrincipal: boolean,
  given: TableOf,
): Promise<TableOf | undefined> {
  const who: Step<TableOf> = async (frame, draft) => {
    const toDraft = (principal: string): TableOf => ({ ...draft, principal });
    return movedBy(await ask(principalQuestion(frame, options, options.principals, [], toDraft)), draft);
  };
  const whose: Step<TableOf> = async (frame, draft) => {
    const toDraft = (keyAccount: string): TableOf => ({ ...draft, keyAccount });
    return movedBy(await ask(accountQuestion(frame, options, draft.principal ?? '', toDraft)), draft);
  };
  const steps = [
    ...(ofPrincipal && given.principal === undefined ? [who] : []),
    ...(ownerIsOpen(options) && given.keyAccount === undefined ? [whose] : []),
  ];
  return walk(title, steps, given);
}
