import type { CompiledPolicy } from '../../policy/compile.ts';
import { decide } from '../decide.ts';
import type { AccessRequest } from '../request.ts';
import type { PolicyLevel, World } from '../world.ts';
import type { ChangeableLayer } from './statement.ts';

/** A policy of a world that can be exchanged for another. */
export interface Slot {
  readonly layer: ChangeableLayer;
  /** Undefined: there is none yet, or nobody gave it. */
  readonly policy: CompiledPolicy | undefined;
  /** Of a service control policy: the root, organizational unit or account that it is attached to. */
  readonly target?: string;
  readonly put: (world: World, policy: CompiledPolicy) => World;
}

/** The policies of a layer that would have to allow a request: one, but for the levels of an organization. */
export function slotsOf(layer: ChangeableLayer, request: AccessRequest, world: World): Slot[] {
  switch (layer) {
    case 'key-policy':
      return [{ layer, policy: world.keyPolicy, put: (to, keyPolicy) => ({ ...to, keyPolicy }) }];
    case 'identity-policy': {
      const put = (to: World, policy: CompiledPolicy): World => ({
        ...to,
        identityPolicies: replacedFirst(to.identityPolicies, policy),
      });
      return [{ layer, policy: world.identityPolicies?.[0], put }];
    }
    case 'permissions-boundary':
      return [
        {
          layer,
          policy: world.permissionsBoundary,
          put: (to, permissionsBoundary) => ({ ...to, permissionsBoundary }),
        },
      ];
    case 'session-policy': {
      const put = (to: World, policy: CompiledPolicy): World => ({
        ...to,
        sessionPolicies: replacedFirst(to.sessionPolicies, policy),
      });
      return [{ layer, policy: world.sessionPolicies?.[0], put }];
    }
    case 'vpc-endpoint-policy':
      return [
        { layer, policy: world.vpcEndpointPolicy, put: (to, vpcEndpointPolicy) => ({ ...to, vpcEndpointPolicy }) },
      ];
    case 'scp':
      return organizationSlots(request, world);
  }
}

/** Each level that holds the request out by itself. */
function organizationSlots(request: AccessRequest, world: World): Slot[] {
  const levels = world.serviceControlPolicies ?? [];
  return levels.flatMap((level, index): Slot[] => {
    const { blockers } = decide(request, { ...world, serviceControlPolicies: [level] });
    if (!blockers.some(({ layer }) => layer === 'scp')) return [];
    const put = (to: World, policy: CompiledPolicy): World => ({
      ...to,
      serviceControlPolicies: (to.serviceControlPolicies ?? []).map(
        (each, at): PolicyLevel => (at === index ? { ...each, policies: replacedFirst(each.policies, policy) } : each),
      ),
    });
    return [{ layer: 'scp', policy: level.policies[0], target: level.target, put }];
  });
}

const replacedFirst = (
  policies: readonly CompiledPolicy[] | undefined,
  policy: CompiledPolicy,
): readonly CompiledPolicy[] => [policy, ...(policies ?? []).slice(1)];
