import type { RequestReport } from '../../simulator/endpoint/endpoint.ts';
import { because } from '../answers/words.ts';

/** Why a request failed, in one sentence. */
export function reasonOf({ error }: RequestReport): string {
  const deciding = error?.decision?.deciding;
  if (deciding) return because(deciding.decision, deciding.request);
  return [error?.message.trim().replace(/\.$/, ''), error?.remedy].filter((each) => each).join('; ');
}
