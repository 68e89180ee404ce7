import type { AccessOptions, PrincipalOption } from '../../server/protocol.ts';
import { accountQuestion, ownerIsOpen } from './accounts.ts';
import { principalQuestion } from './principalQuestion.ts';
import type { Ask } from './question.ts';
import { movedBy, type Step, walk } from './walk.ts';

/** Who goes through the round trip, and whose key it uses; left out, the document answers it. */
export interface RoundTripOf {
  readonly principal?: string;
  readonly keyAccount?: string;
}

/**
 * Asks what a document leaves open about a round trip: mostly nothing.
 *
 * @param statement whether the round trip is for a statement, whose principals then count
 * @returns undefined when the person gave up
 */
export async function askForRoundTrip(
  ask: Ask,
  options: AccessOptions,
  statement: boolean,
): Promise<RoundTripOf | undefined> {
  const offered = callers(options, statement);
  const who: Step<RoundTripOf> = async (frame, draft) => {
    const toDraft = (principal: string): RoundTripOf => ({ ...draft, principal });
    return movedBy(await ask(principalQuestion(frame, options, offered, [], toDraft)), draft);
  };
  const whose: Step<RoundTripOf> = async (frame, draft) => {
    const principal = draft.principal ?? offered[0]?.principal ?? '';
    const toDraft = (keyAccount: string): RoundTripOf => ({ ...draft, keyAccount });
    return movedBy(await ask(accountQuestion(frame, options, principal, toDraft)), draft);
  };
  const steps = [...(offered.length > 1 ? [who] : []), ...(ownerIsOpen(options) ? [whose] : [])];
  return walk('Envelope round trip', steps, {});
}

/** A service encrypts nothing with the AWS Encryption SDK; everybody else who is named may. */
function callers(options: AccessOptions, statement: boolean): readonly PrincipalOption[] {
  const usable = options.principals.filter(({ principal }) => !principal.startsWith('service:'));
  const inside = usable.filter(({ inStatement }) => inStatement);
  return statement && inside.length > 0 ? inside : usable;
}
