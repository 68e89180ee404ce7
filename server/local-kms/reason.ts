import type { ReportedError, RequestReport } from '../../simulator/endpoint/endpoint.ts';
import { because } from '../answers/words.ts';

/** Why a request failed, in one sentence. */
export function reasonOf({ error }: RequestReport): string {
  const deciding = error?.decision?.deciding;
  if (deciding) return because(deciding.decision, deciding.request);
  return [error && messageOf(error).trim().replace(/\.$/, ''), error?.remedy].filter((each) => each).join('; ');
}

/** Messages repeat what was sent, however long it is. */
export const messageOf = ({ message }: ReportedError): string =>
  message.length <= MOST_SHOWN ? message : `${message.slice(0, MOST_SHOWN)}…`;

const MOST_SHOWN = 1_000;
