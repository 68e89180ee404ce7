import { accountOf } from '../caller.ts';
import { askLayer, type LayerPart, silentLayer } from '../layer.ts';
import { canHaveBoundary, type PreparedRequest } from '../prepared.ts';
import { GRANTED, hangsOn, UNSAID } from '../said.ts';
import { WITHOUT_PRINCIPALS } from '../statement-scope.ts';
import type { World } from '../world.ts';

/** The policies of the calling user, or of the role of its session. Services and root users have none. */
export function identity({ identityPolicies }: World, prepared: PreparedRequest): LayerPart {
  const { caller, action } = prepared.request;
  if (caller.type === 'service' || caller.type === 'root') return silentLayer('identity-policy', 'not-applicable');
  if (identityPolicies) return askLayer('identity-policy', identityPolicies, prepared, WITHOUT_PRINCIPALS);
  const need = { type: 'identity-policy', account: accountOf(caller) ?? '', action } as const;
  return silentLayer('identity-policy', 'not-given', hangsOn(need));
}

/**
 * The boundary of the calling user or role.
 * Source: IAM User Guide, "Permissions boundaries for IAM entities"; checked 2026-11.
 */
export function boundary({ permissionsBoundary }: World, prepared: PreparedRequest): LayerPart | undefined {
  if (!permissionsBoundary) return undefined;
  if (!canHaveBoundary(prepared.request.caller, prepared.isServiceLinked))
    return silentLayer('permissions-boundary', 'not-applicable', GRANTED);
  return askLayer('permissions-boundary', [permissionsBoundary], prepared, WITHOUT_PRINCIPALS);
}

/**
 * The policies passed when a session was made. A role's session without any has all that the role has; a federated
 * user's has nothing but what policies grant to the session itself.
 * Source: IAM User Guide, "Session policies"; AWS STS API Reference, GetFederationToken; checked 2026-11.
 */
export function session({ sessionPolicies = [] }: World, prepared: PreparedRequest): LayerPart | undefined {
  const { type } = prepared.request.caller;
  if (sessionPolicies.length === 0)
    return type === 'federated-user'
      ? { ...silentLayer('session-policy', 'not-applicable', UNSAID), standing: 'speaks' }
      : undefined;
  if (type !== 'role-session' && type !== 'federated-user')
    return silentLayer('session-policy', 'not-applicable', GRANTED);
  return askLayer('session-policy', sessionPolicies, prepared, WITHOUT_PRINCIPALS);
}
