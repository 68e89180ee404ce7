import { all, type Truth } from '../policy/truth.ts';
import type { AssumptionId } from './assumptions.ts';
import { accountOf } from './caller.ts';
import type { Layer } from './decision.ts';
import type { LayerPart } from './layer.ts';
import type { Parts } from './parts.ts';
import type { AccessRequest } from './request.ts';
import { either, type Said } from './said.ts';

/** One layer's yes that a way needs. */
export interface Step {
  readonly layer: Layer;
  readonly said: Said;
}

/** A way in: all of its steps must hold. One open way is enough. */
export interface Way {
  /** The layer that lets the request in. */
  readonly by: Layer;
  readonly steps: readonly Step[];
  readonly truth: Truth;
  /** What was taken for granted, if this way decides. */
  readonly assumed: readonly AssumptionId[];
}

function way(by: Layer, steps: readonly Step[], assumed: readonly AssumptionId[] = []): Way {
  return { by, steps, truth: all(steps.map(({ said }) => said.truth)), assumed };
}

const step = (part: LayerPart | undefined): Step[] => (part ? [{ layer: part.layer, said: part.direct }] : []);

/**
 * The ways in that a request has, the plainest first. What the key policy grants to everyone, a user or a single session
 * needs no more; what it grants to a role lies within boundary and session policies; what it hands to the account needs
 * an identity policy as well. Across accounts the caller's own account must always allow, too.
 * Source: IAM User Guide, "How AWS enforcement code logic evaluates requests" and "Cross-account policy evaluation
 * logic"; KMS Developer Guide, "Key policies"; checked 2026-11.
 */
export function waysIn(request: AccessRequest, parts: Parts): readonly Way[] {
  const { caller } = request;
  if (request.action === 'RetireGrant') return waysToRetire(request, parts);
  if (parts.keyPolicy.standing === 'not-applicable') return [ownWay(request, parts)];
  const keyPolicy = (said: Said): Step => ({ layer: 'key-policy', said });
  const { direct, role, account } = parts.keyPolicy;
  const isOwnKey = accountOf(caller) === request.key?.account;
  if (caller.type === 'service') return [way('key-policy', [keyPolicy(direct)]), ...waysThroughGrants(request, parts)];
  if (caller.type === 'root') {
    const assumed: readonly AssumptionId[] = isOwnKey ? [] : ['root-user-across-accounts'];
    return [
      way('key-policy', [keyPolicy(direct)], assumed),
      way('key-policy', [keyPolicy(account)], assumed),
      ...waysThroughGrants(request, parts),
    ];
  }
  if (isOwnKey) {
    return [
      way('key-policy', [keyPolicy(direct)]),
      way('key-policy', [keyPolicy(role), ...limits(parts)]),
      way('identity-policy', [keyPolicy(account), ...ownSide(parts)]),
      ...waysThroughGrants(request, parts),
    ];
  }
  return [
    way('identity-policy', [keyPolicy(either(direct, role, account)), ...ownSide(parts)]),
    ...waysThroughGrants(request, parts),
  ];
}

/** What narrows a role's permissions, or an identity policy's, without granting any. */
const limits = (parts: Parts): Step[] => [...step(parts.boundary), ...step(parts.session)];

/** What the caller's own account has to say. */
const ownSide = (parts: Parts): Step[] => [...step(parts.identity), ...limits(parts)];

/** Without a key's policy, the caller's account decides; its root user may do everything that no policy has to allow. */
function ownWay({ caller }: AccessRequest, parts: Parts): Way {
  return way('identity-policy', caller.type === 'root' ? [] : ownSide(parts));
}

function waysThroughGrants(request: AccessRequest, parts: Parts): Way[] {
  const { direct, role, account, assumed } = parts.grants;
  if (parts.grants.results.length === 0) return [];
  const { caller } = request;
  const grant = (said: Said): Step => ({ layer: 'grant', said });
  const across: readonly AssumptionId[] =
    caller.type !== 'service' && caller.account !== request.key?.account ? ['grant-across-accounts'] : [];
  const limited: readonly AssumptionId[] = limits(parts).some(({ said }) => said.truth !== true)
    ? ['grant-and-boundary']
    : [];
  const withAccount = caller.type === 'root' ? [grant(account)] : [grant(account), ...ownSide(parts)];
  return [
    way('grant', [grant(direct)], [...assumed, ...across, ...limited]),
    way('grant', [grant(role), ...limits(parts)], [...assumed, ...across, ...limited]),
    way('grant', withAccount, assumed),
  ];
}

function waysToRetire(request: AccessRequest, parts: Parts): Way[] {
  const { named, ofAccount, assumed } = parts.retirement;
  const grant = (said: Said): Step => ({ layer: 'grant', said });
  const own = request.caller.type === 'root' ? [] : ownSide(parts);
  return [way('grant', [grant(named)], assumed), way('identity-policy', [grant(ofAccount), ...own], assumed)];
}
