import { any } from '../../policy/truth.ts';
import { askedAction } from '../asked-action.ts';
import { accountOf } from '../caller.ts';
import type { LayerOutcome } from '../decision.ts';
import { askLayer, type LayerPart, silentLayer } from '../layer.ts';
import type { PreparedRequest } from '../prepared.ts';
import type { AccessRequest } from '../request.ts';
import { hangsOn } from '../said.ts';
import { KEY_POLICY } from '../statement-scope.ts';
import type { World } from '../world.ts';

/** The policy of the key that the request is about. */
export function keyPolicy({ keyPolicy: policy }: World, prepared: PreparedRequest): LayerPart {
  const { request } = prepared;
  if (!hasKeyPolicy(request)) return silentLayer('key-policy', 'not-applicable');
  if (policy) return askLayer('key-policy', [policy], prepared, KEY_POLICY);
  const need = { type: 'key-policy', account: accountOf(request.caller) ?? '', action: request.action } as const;
  return silentLayer('key-policy', 'not-given', hangsOn(need));
}

/**
 * Key policies have a say in actions on existing keys only. RetireGrant is no exception to that rule but to the policy:
 * the grant decides, and kms:RetireGrant has no effect in a key policy.
 * Source: KMS Developer Guide, "Using IAM policies with AWS KMS" and "Retiring and revoking grants"; checked 2026-11.
 */
export function hasKeyPolicy({ key, action, newKey, alias }: AccessRequest): boolean {
  if (!key || alias || newKey || action === 'RetireGrant') return false;
  return askedAction(action).onKeys;
}

export function keyPolicyOutcome({ standing, deny, direct, role, account }: LayerPart, isRoot: boolean): LayerOutcome {
  if (standing !== 'speaks') return standing;
  if (deny.truth === true) return 'denies';
  if (deny.truth === 'unknown') return 'depends';
  if (any([direct.truth, role.truth]) === true || (isRoot && account.truth === true)) return 'allows';
  if (account.truth === true) return 'delegates';
  return any([direct.truth, role.truth, account.truth]) === 'unknown' ? 'depends' : 'silent';
}
