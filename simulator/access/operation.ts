import { findOperation } from '../facts/operations.ts';
import type { NeededPermission } from '../facts/types.ts';
import { remembered } from '../text/remembered.ts';
import { decide, permissionOf, verdictOf } from './decide.ts';
import type { Decision, Layer, Verdict } from './decision.ts';
import { onePermission } from './operation-permission.ts';
import type { AccessRequest, KeyDescription } from './request.ts';
import type { World } from './world.ts';

/** A call of the API, which may need several permissions, each on a resource of its own. */
export interface OperationRequest extends Omit<AccessRequest, 'action' | 'key' | 'alias' | 'newKey'> {
  /** The operation's name, `ReEncrypt`, or that of a permission, `ReEncryptFrom`; `kms:` may stand before it. */
  readonly operation: string;
  /**
   * The key that the call works on: ReEncrypt's source, the primary that is replicated or replaced, the key that
   * UpdateAlias takes the alias from. Undefined for calls without a key.
   */
  readonly on: KeyDescription | undefined;
  /** The other key: ReEncrypt's destination, the replica that becomes the primary, the key that the alias moves to. */
  readonly to?: KeyDescription;
  /** The alias that CreateAlias, UpdateAlias or DeleteAlias names, with its `alias/`. */
  readonly alias?: string;
  /** ReEncrypt's encryption context on the destination key. Left out: the same as on the source. */
  readonly toEncryptionContext?: Readonly<Record<string, string>>;
}

/** The worlds that the permissions are decided in: caller and organization are one, policies and grants differ by key. */
export interface OperationWorlds {
  /** With the policy and grants of the key `on`. */
  readonly on: World;
  /** With those of the key `to`. Left out: its key policy is not known, and there are no grants on it. */
  readonly to?: World;
}

export interface OperationDecision {
  /** In AWS's spelling; undefined for what is only a permission's name. */
  readonly operation: string | undefined;
  readonly verdict: Verdict;
  readonly kind: Decision['kind'];
  readonly by: Layer;
  /** The permission that decided: the first that is refused, else the first that the verdict hangs on. */
  readonly deciding: PermissionDecision | undefined;
  readonly permissions: readonly PermissionDecision[];
  /** Permissions on a resource that nobody named: the verdict cannot be more than `depends`. */
  readonly missing: readonly NeededPermission[];
}

/** One permission that a call needs. */
export interface PermissionDecision {
  readonly needed: NeededPermission;
  readonly request: AccessRequest;
  /** What it was decided against. */
  readonly world: World;
  readonly decision: Decision;
}

/**
 * Decides a call: each permission that it needs, on its own resource, and all of them together.
 * Undefined where KMS has neither an operation nor a permission of that name.
 * Source: KMS Developer Guide, "AWS KMS permissions"; AWS KMS API Reference; checked 2026-11.
 */
export function decideOperation(request: OperationRequest, worlds: OperationWorlds): OperationDecision | undefined {
  const asked = askedOf(request, worlds);
  if (!asked) return undefined;
  const { operation, missing } = asked;
  const permissions = asked.permissions.map((each) => ({ ...each, decision: decide(each.request, each.world) }));
  return { operation, ...together(permissions, missing), permissions, missing };
}

/** Whether a call is allowed, by the same rules and without the reasons, which cost more. */
export function allowsOperation(request: OperationRequest, worlds: OperationWorlds): boolean {
  const { permissions = [], missing = [] } = askedOf(request, worlds) ?? {};
  return (
    permissions.length > 0 &&
    missing.length === 0 &&
    permissions.every((each) => verdictOf(each.request, each.world) === 'allowed')
  );
}

interface AskedOperation extends Pick<OperationDecision, 'operation' | 'missing'> {
  readonly permissions: readonly Omit<PermissionDecision, 'decision'>[];
}

/** What a call needs, and against what each of it is decided. */
function askedOf(request: OperationRequest, worlds: OperationWorlds): AskedOperation | undefined {
  const known = needsOf(request.operation);
  if (!known) return undefined;
  const { operation, needed } = known;
  const missing: NeededPermission[] = [];
  const permissions: Omit<PermissionDecision, 'decision'>[] = [];
  for (const permission of needed) {
    if (!isAskedFor(permission, request)) continue;
    const one = onePermission(permission, request, operation);
    if (!one) {
      missing.push(permission);
      continue;
    }
    const { request: asked, isOther } = one;
    const world = isOther ? (worlds.to ?? otherWorld(worlds.on)) : worlds.on;
    permissions.push({ needed: permission, request: asked, world });
  }
  return { operation, permissions, missing };
}

interface Needs {
  /** In AWS's spelling; undefined for what is only a permission's name. */
  readonly operation: string | undefined;
  readonly needed: readonly NeededPermission[];
}

/** Undefined for what is neither an operation nor a permission. */
const needsOf = remembered((text): Needs | undefined => {
  const name = text.replace(/^kms:/i, '');
  const operation = findOperation(name);
  if (operation) return { operation: operation.name, needed: operation.permissions };
  const action = permissionOf(name);
  return action === undefined ? undefined : { operation: undefined, needed: [{ action, on: 'key' }] };
});

/** CreateKey and ReplicateKey need kms:TagResource only where they set tags. */
function isAskedFor({ when }: NeededPermission, { input }: OperationRequest): boolean {
  if (when === undefined) return true;
  const tags = input?.['Tags'];
  return Array.isArray(tags) && tags.length > 0;
}

/** What is known of the other key's world where nobody gave it: the caller's side. */
function otherWorld(world: World): World {
  const { keyPolicy: _, grants: __, ...callerSide } = world;
  return { ...callerSide, keyPolicy: undefined };
}

/** The parts as one verdict: refused if one is, hanging if one hangs. */
function together(
  permissions: readonly PermissionDecision[],
  missing: readonly NeededPermission[],
): Pick<OperationDecision, 'verdict' | 'kind' | 'by' | 'deciding'> {
  const refused = permissions.filter(({ decision }) => decision.verdict === 'denied');
  const explicit = refused.find(({ decision }) => decision.kind === 'explicit');
  const open = permissions.find(({ decision }) => decision.verdict === 'depends');
  const deciding = explicit ?? refused[0] ?? open ?? permissions[0];
  const verdict = refused.length > 0 ? 'denied' : open || missing.length > 0 ? 'depends' : 'allowed';
  return {
    verdict,
    kind: explicit ? 'explicit' : 'implicit',
    by: deciding?.decision.by ?? 'key-policy',
    deciding,
  };
}
