import { denialMessage } from '../../simulator/access/message.ts';
import type { RoundTripAuthorization, RoundTripOptions } from '../../simulator/envelope/round-trip.ts';
import type { Answer } from '../answers/ask.ts';
import { because } from '../answers/words.ts';

/** The key and the callers of a round trip, with who decides about their calls. */
export type TripParts = Pick<RoundTripOptions, 'key' | 'encrypts' | 'decrypts' | 'required' | 'authorize'>;

/** What hangs on something nobody said goes through, so that there is something to see, and the reason says so. */
export function authorizationOf({ decision, request }: Pick<Answer, 'decision' | 'request'>): RoundTripAuthorization {
  const { verdict } = decision;
  const reason = because(decision, request);
  if (verdict === 'depends') return { allowed: true, verdict, because: `${reason}; here it is taken as allowed` };
  // A message that is not recorded from KMS has no place in a run that is to show what KMS says.
  const message = denialMessage(decision, request);
  const ending = message?.assumed.length === 0 ? message.ending : undefined;
  return { allowed: verdict === 'allowed', verdict, because: reason, ...(ending ? { ending } : {}) };
}
