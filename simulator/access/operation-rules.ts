import { askedAction } from './asked-action.ts';
import { accountOf } from './caller.ts';
import type { AccessRequest } from './request.ts';

/** Whether KMS itself rules the request out, whatever any policy says. */
export function isBarred(request: AccessRequest): boolean {
  return isReservedAlias(request) || isOutOfReach(request);
}

/** Aliases that begin with `alias/aws/` belong to AWS. Source: AWS KMS API Reference, CreateAlias; checked 2026-11. */
export function isReservedAlias({ alias, caller }: AccessRequest): boolean {
  return alias?.name.startsWith('alias/aws/') === true && caller.type !== 'service';
}

/** Operations that do not work on the keys of other accounts. */
function isOutOfReach({ caller, key, alias, action }: AccessRequest): boolean {
  const account = accountOf(caller);
  const owner = alias?.account ?? key?.account;
  if (owner === undefined || account === undefined || account === owner) return false;
  return askedAction(action).ownAccountOnly;
}
