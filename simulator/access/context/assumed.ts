import type { ContextValue } from '../../policy/context-value.ts';
import type { AssumptionId } from '../assumptions.ts';
import type { AccessRequest } from '../request.ts';

/** What AWS leaves open about the value or the presence of a condition key in a request; undefined: nothing. */
export function assumedOf(
  key: string,
  operator: string | undefined,
  value: ContextValue,
  request: AccessRequest,
): AssumptionId | undefined {
  if (!key.startsWith('kms:') || isStated(key, request)) return undefined;
  if (key === 'kms:schedulekeydeletionpendingwindowindays' && leftOut('PendingWindowInDays', value, request))
    return 'deletion-window-default';
  if (key === 'kms:rotationperiodindays' && leftOut('RotationPeriodInDays', value, request))
    return 'rotation-period-default';
  if (key === 'kms:encryptioncontextkeys' && operator === 'Null' && value.state === 'absent')
    return 'encryption-context-keys-absent';
  return NEWER_ACTIONS.has(request.action) ? 'newer-action-keys' : undefined;
}

const NEWER_ACTIONS = new Set(['Encapsulate', 'Decapsulate']);

const leftOut = (parameter: string, value: ContextValue, { input }: AccessRequest): boolean =>
  value.state === 'present' && input !== undefined && input[parameter] === undefined;

const isStated = (key: string, { context }: AccessRequest): boolean =>
  context !== undefined && Object.keys(context).some((each) => each.toLowerCase() === key);
