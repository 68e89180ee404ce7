import { all, type Truth } from '../policy/truth.ts';
import type { AssumptionId } from './assumptions.ts';
import type { Layer } from './decision.ts';
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

/**
 * The ways in that a request has, the plainest first. What the key policy grants to everyone, a user or a single session
 * needs no more; what it grants to a role lies within boundary and session policies; what it hands to the account needs
 * an identity policy as well. Across accounts the caller's own account must always allow, too.
 * Source: IAM User Guide, "How AWS enforcement code logic evaluates requests" and "Cross-account policy evaluation
 * logic"; KMS Developer Guide, "Key policies"; checked 2026-11.
 */
export function waysIn(request: AccessRequest, parts: Parts): readonly Way[] {
  return kindsOf(request, parts).map((kind) => new WayIn(kind, request, parts));
}

/** Whether one of the ways is open. */
export function isLetIn(request: AccessRequest, parts: Parts): Truth {
  let entered: Truth = false;
  for (const kind of kindsOf(request, parts)) {
    const open = isOpen(kind, parts);
    if (open === true) return true;
    if (open === 'unknown') entered = open;
  }
  return entered;
}

/** A kind of way: the steps that every request on it has to take. */
interface WayKind {
  readonly by: Layer;
  readonly steps: readonly StepKind[];
  readonly assumed?: (request: AccessRequest, parts: Parts) => readonly AssumptionId[];
}

interface StepKind {
  readonly layer: Layer;
  /** Undefined where nothing limits the caller. */
  readonly saidIn: (parts: Parts) => Said | undefined;
}

function isOpen({ steps }: WayKind, parts: Parts): Truth {
  let truth: Truth = true;
  for (const { saidIn } of steps) {
    const said = saidIn(parts)?.truth ?? true;
    if (said === false) return false;
    if (said === 'unknown') truth = said;
  }
  return truth;
}

class WayIn implements Way {
  readonly truth: Truth;
  private readonly kind: WayKind;
  private readonly request: AccessRequest;
  private readonly parts: Parts;

  constructor(kind: WayKind, request: AccessRequest, parts: Parts) {
    this.kind = kind;
    this.request = request;
    this.parts = parts;
    this.truth = isOpen(kind, parts);
  }

  get by(): Layer {
    return this.kind.by;
  }

  get steps(): readonly Step[] {
    const steps: Step[] = [];
    for (const { layer, saidIn } of this.kind.steps) {
      const said = saidIn(this.parts);
      if (said) steps.push({ layer, said });
    }
    return steps;
  }

  get assumed(): readonly AssumptionId[] {
    return this.kind.assumed?.(this.request, this.parts) ?? [];
  }
}

const step = (layer: Layer, saidIn: StepKind['saidIn']): StepKind => ({ layer, saidIn });

const identity = step('identity-policy', ({ identity }) => identity.direct);
/** What narrows a role's permissions, or an identity policy's, without granting any. */
const limits: readonly StepKind[] = [
  step('permissions-boundary', ({ boundary }) => boundary?.direct),
  step('session-policy', ({ session }) => session?.direct),
];
/** What the caller's own account has to say. */
const ownSide: readonly StepKind[] = [identity, ...limits];

const namedDirectly = step('key-policy', ({ keyPolicy }) => keyPolicy.direct);
const namedAsRole = step('key-policy', ({ keyPolicy }) => keyPolicy.role);
const namedByAccount = step('key-policy', ({ keyPolicy }) => keyPolicy.account);
const namedAtAll = step('key-policy', ({ keyPolicy: { direct, role, account } }) =>
  either(direct, either(role, account)),
);

const grantedDirectly = step('grant', ({ grants }) => grants.direct);
const grantedToRole = step('grant', ({ grants }) => grants.role);
const grantedToAccount = step('grant', ({ grants }) => grants.account);

const acrossAccounts = (): readonly AssumptionId[] => ['root-user-across-accounts'];
const ofGrants = (_: AccessRequest, { grants }: Parts): readonly AssumptionId[] => grants.assumed;

function ofGrantees({ caller, key }: AccessRequest, parts: Parts): readonly AssumptionId[] {
  const assumed: AssumptionId[] = [...parts.grants.assumed];
  if (caller.type !== 'service' && caller.account !== key?.account) assumed.push('grant-across-accounts');
  const isLimited = all(limits.map(({ saidIn }) => saidIn(parts)?.truth ?? true)) !== true;
  if (isLimited) assumed.push('grant-and-boundary');
  return assumed;
}

const throughGrants: readonly WayKind[] = [
  { by: 'grant', steps: [grantedDirectly], assumed: ofGrantees },
  { by: 'grant', steps: [grantedToRole, ...limits], assumed: ofGrantees },
  { by: 'identity-policy', steps: [grantedToAccount, ...ownSide], assumed: ofGrants },
];
/** A root user has no policies of its own that could allow or limit. */
const rootThroughGrants: readonly WayKind[] = [
  { by: 'grant', steps: [grantedDirectly], assumed: ofGrantees },
  { by: 'grant', steps: [grantedToAccount], assumed: ofGrants },
];

const ofService: readonly WayKind[] = [{ by: 'key-policy', steps: [namedDirectly] }];
const ofOwnRoot: readonly WayKind[] = [
  { by: 'key-policy', steps: [namedDirectly] },
  { by: 'key-policy', steps: [namedByAccount] },
];
const ofOtherRoot = ofOwnRoot.map((kind): WayKind => ({ ...kind, assumed: acrossAccounts }));
const ofOwnAccount: readonly WayKind[] = [
  { by: 'key-policy', steps: [namedDirectly] },
  { by: 'key-policy', steps: [namedAsRole, ...limits] },
  { by: 'identity-policy', steps: [namedByAccount, ...ownSide] },
];
const ofOtherAccount: readonly WayKind[] = [{ by: 'identity-policy', steps: [namedAtAll, ...ownSide] }];

/** Without a key's policy the caller's account decides; its root user may do all that no policy has to allow. */
const withoutKeyPolicy: readonly WayKind[] = [{ by: 'identity-policy', steps: ownSide }];
const rootWithoutKeyPolicy: readonly WayKind[] = [{ by: 'identity-policy', steps: [] }];

const ofRetirement = (_: AccessRequest, { retirement }: Parts): readonly AssumptionId[] => retirement.assumed;
const retiringNamed: WayKind = {
  by: 'grant',
  steps: [step('grant', ({ retirement }) => retirement.named)],
  assumed: ofRetirement,
};
const retiringAccount = step('grant', ({ retirement }) => retirement.ofAccount);
const toRetire: readonly WayKind[] = [
  retiringNamed,
  { by: 'identity-policy', steps: [retiringAccount, ...ownSide], assumed: ofRetirement },
];
const rootToRetire: readonly WayKind[] = [
  retiringNamed,
  { by: 'identity-policy', steps: [retiringAccount], assumed: ofRetirement },
];

function kindsOf({ caller, key, action }: AccessRequest, parts: Parts): readonly WayKind[] {
  const isRoot = caller.type === 'root';
  if (action === 'RetireGrant') return isRoot ? rootToRetire : toRetire;
  if (parts.keyPolicy.standing === 'not-applicable') return isRoot ? rootWithoutKeyPolicy : withoutKeyPolicy;
  const isOwn = caller.type !== 'service' && caller.account === key?.account;
  const byPolicy = isRoot
    ? isOwn
      ? ofOwnRoot
      : ofOtherRoot
    : caller.type === 'service'
      ? ofService
      : isOwn
        ? ofOwnAccount
        : ofOtherAccount;
  if (parts.grants.results.length === 0) return byPolicy;
  return [...byPolicy, ...(isRoot ? rootThroughGrants : throughGrants)];
}
