import type { AccessOptions } from '../../server/protocol.ts';
import { accountQuestion, ownerIsOpen } from './accounts.ts';
import type { Ask } from './question.ts';
import { movedBy, type Step, walk } from './walk.ts';

/** Whose key a round trip uses; left out, the document answers it. */
export interface RoundTripOf {
  readonly keyAccount?: string;
}

/**
 * Asks what a document leaves open about a round trip: mostly nothing.
 *
 * @returns undefined when the person gave up
 */
export async function askForRoundTrip(ask: Ask, options: AccessOptions): Promise<RoundTripOf | undefined> {
  const principal = options.principals[0]?.principal ?? '';
  const whose: Step<RoundTripOf> = async (frame, draft) => {
    const toDraft = (keyAccount: string): RoundTripOf => ({ ...draft, keyAccount });
    return movedBy(await ask(accountQuestion(frame, options, principal, toDraft)), draft);
  };
  return walk('Envelope round trip', ownerIsOpen(options) ? [whose] : [], {});
}
