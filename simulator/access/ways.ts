import type { Truth } from '../policy/truth.ts';
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

/** A yes that a way may need. */
type StepName = keyof typeof steps;

const steps = {
  'key-direct': ({ keyPolicy }: Parts) => keyPolicy.direct,
  'key-role': ({ keyPolicy }: Parts) => keyPolicy.role,
  'key-account': ({ keyPolicy }: Parts) => keyPolicy.account,
  'key-however': ({ keyPolicy }: Parts) => either(keyPolicy.direct, keyPolicy.role, keyPolicy.account),
  identity: ({ identity }: Parts) => identity.direct,
  boundary: ({ boundary }: Parts) => boundary?.direct,
  session: ({ session }: Parts) => session?.direct,
  'grant-direct': ({ grants }: Parts) => grants.direct,
  'grant-role': ({ grants }: Parts) => grants.role,
  'grant-account': ({ grants }: Parts) => grants.account,
  'retirement-named': ({ retirement }: Parts) => retirement.named,
  'retirement-of-account': ({ retirement }: Parts) => retirement.ofAccount,
} as const satisfies Readonly<Record<string, (parts: Parts) => Said | undefined>>;

/** The layer that says it. */
const LAYERS: Readonly<Record<StepName, Layer>> = {
  'key-direct': 'key-policy',
  'key-role': 'key-policy',
  'key-account': 'key-policy',
  'key-however': 'key-policy',
  identity: 'identity-policy',
  boundary: 'permissions-boundary',
  session: 'session-policy',
  'grant-direct': 'grant',
  'grant-role': 'grant',
  'grant-account': 'grant',
  'retirement-named': 'grant',
  'retirement-of-account': 'grant',
};

interface Plan {
  readonly by: Layer;
  readonly steps: readonly StepName[];
}

const plan = (by: Layer, ...names: readonly StepName[]): Plan => ({ by, steps: names });

/** What narrows a role's permissions, or an identity policy's, without granting any. */
const LIMITS = ['boundary', 'session'] as const;
/** What the caller's own account has to say. */
const OWN_SIDE = ['identity', ...LIMITS] as const;

const DIRECT_GRANTS = [plan('grant', 'grant-direct'), plan('grant', 'grant-role', ...LIMITS)];
const GRANTS = [...DIRECT_GRANTS, plan('grant', 'grant-account', ...OWN_SIDE)];
/** A root user may do all that its account is given. */
const ROOT_GRANTS = [...DIRECT_GRANTS, plan('grant', 'grant-account')];

const SERVICE = withGrants([plan('key-policy', 'key-direct')], GRANTS);
const ROOT = withGrants([plan('key-policy', 'key-direct'), plan('key-policy', 'key-account')], ROOT_GRANTS);
const OWN_KEY = withGrants(
  [
    plan('key-policy', 'key-direct'),
    plan('key-policy', 'key-role', ...LIMITS),
    plan('identity-policy', 'key-account', ...OWN_SIDE),
  ],
  GRANTS,
);
const FOREIGN_KEY = withGrants([plan('identity-policy', 'key-however', ...OWN_SIDE)], GRANTS);
/** Without a key's policy, the caller's account decides; its root user may do everything that no policy has to allow. */
const NO_KEY = [plan('identity-policy', ...OWN_SIDE)];
const NO_KEY_ROOT = [plan('identity-policy')];
const RETIREMENT = [plan('grant', 'retirement-named'), plan('identity-policy', 'retirement-of-account', ...OWN_SIDE)];
const ROOT_RETIREMENT = [plan('grant', 'retirement-named'), plan('identity-policy', 'retirement-of-account')];

interface Plans {
  readonly withGrants: readonly Plan[];
  readonly without: readonly Plan[];
}

function withGrants(without: readonly Plan[], grants: readonly Plan[]): Plans {
  return { without, withGrants: [...without, ...grants] };
}

/**
 * The ways in that a request has, the plainest first. What the key policy grants to everyone, a user or a single session
 * needs no more; what it grants to a role lies within boundary and session policies; what it hands to the account needs
 * an identity policy as well. Across accounts the caller's own account must always allow, too.
 * Source: IAM User Guide, "How AWS enforcement code logic evaluates requests" and "Cross-account policy evaluation
 * logic"; KMS Developer Guide, "Key policies"; checked 2026-11.
 */
function plansFor({ action, caller, key }: AccessRequest, { keyPolicy, grants }: Parts): readonly Plan[] {
  const isRoot = caller.type === 'root';
  if (action === 'RetireGrant') return isRoot ? ROOT_RETIREMENT : RETIREMENT;
  if (keyPolicy.standing === 'not-applicable') return isRoot ? NO_KEY_ROOT : NO_KEY;
  const isService = caller.type === 'service';
  const plans = isService ? SERVICE : isRoot ? ROOT : caller.account === key?.account ? OWN_KEY : FOREIGN_KEY;
  return grants.results.length > 0 ? plans.withGrants : plans.without;
}

/** Whether one of the ways is open. */
export function isLetIn(request: AccessRequest, parts: Parts): Truth {
  let entered: Truth = false;
  for (const each of plansFor(request, parts)) {
    const open = isOpen(each, parts);
    if (open === true) return true;
    if (open === 'unknown') entered = open;
  }
  return entered;
}

function isOpen(way: Plan, parts: Parts): Truth {
  let open: Truth = true;
  for (const name of way.steps) {
    const truth = steps[name](parts)?.truth ?? true;
    if (truth === false) return false;
    if (truth === 'unknown') open = truth;
  }
  return open;
}

export function waysIn(request: AccessRequest, parts: Parts): readonly Way[] {
  return plansFor(request, parts).map((way) => ({
    by: way.by,
    steps: way.steps.flatMap((name) => {
      const said = steps[name](parts);
      return said ? [{ layer: LAYERS[name], said }] : [];
    }),
    truth: isOpen(way, parts),
    assumed: assumedOn(way, request, parts),
  }));
}

/** What is taken for granted where a way decides. */
function assumedOn({ by, steps: [first] }: Plan, request: AccessRequest, parts: Parts): readonly AssumptionId[] {
  const { caller, key, action } = request;
  if (action === 'RetireGrant') return parts.retirement.assumed;
  const isForeign = caller.type !== 'service' && caller.account !== key?.account;
  if (by !== 'grant') return caller.type === 'root' && key && isForeign ? ['root-user-across-accounts'] : [];
  if (first === 'grant-account') return parts.grants.assumed;
  const isLimited = LIMITS.some((name) => (steps[name](parts)?.truth ?? true) !== true);
  return [
    ...parts.grants.assumed,
    ...(isForeign ? (['grant-across-accounts'] as const) : []),
    ...(isLimited ? (['grant-and-boundary'] as const) : []),
  ];
}
