import { plainAction } from './actions.ts';
import { grantMatch } from './grant.ts';
import { applies, policiesOf } from './layers.ts';
import type { Example, PlainLayer } from './model.ts';
import { PLAIN_LAYERS } from './model.ts';
import type { Naming } from './principal.ts';
import { matchesOf, type StatementMatch } from './statement.ts';
import { every, some, type Truth } from './truth.ts';

export interface PlainDecision {
  readonly verdict: 'allowed' | 'denied' | 'depends';
  readonly kind: 'explicit' | 'implicit';
  /** The layers with a Deny that matches. */
  readonly denying: readonly string[];
  /** The layers that every request has to pass and this one does not. */
  readonly blocking: readonly string[];
  /** The layers by which the request gets in. */
  readonly entering: readonly string[];
}

/** Decides as the documents say it, part by part, and looks at everything. */
export function decidePlainly(example: Example): PlainDecision {
  const denying = PLAIN_LAYERS.map((layer) => ({ layer, truth: denies(layer, example) }));
  const filters = filtersOf(example);
  const ways = waysOf(example);
  const denied = some(denying.map(({ truth }) => truth));
  const allowed = every([some(ways.map(({ truth }) => truth)), ...filters.map(({ truth }) => truth)]);
  const holding = (parts: readonly Part[], truth: Truth): string[] => [
    ...new Set(parts.filter((part) => part.truth === truth).map(({ layer }) => layer)),
  ];
  return {
    verdict:
      denied === true || allowed === false ? 'denied' : denied === false && allowed === true ? 'allowed' : 'depends',
    kind: denied === true ? 'explicit' : 'implicit',
    denying: holding(denying, true),
    blocking: holding(filters, false),
    entering: holding(ways, true),
  };
}

interface Part {
  readonly layer: string;
  readonly truth: Truth;
}

function denies(layer: PlainLayer, example: Example): Truth {
  return some(
    statementsOf(layer, example)
      .filter(({ effect }) => effect === 'Deny')
      .map(({ truth }) => truth),
  );
}

/** Each level of an organization's policies has to allow; so has the policy of an endpoint; so has KMS itself. */
function filtersOf(example: Example): readonly Part[] {
  const { request, world } = example;
  const levels = applies('scp', example) ? (world.serviceControlPolicies ?? []) : [];
  const throughEndpoint = applies('vpc-endpoint-policy', example);
  const { caller, key, alias } = request;
  const owner = alias?.account ?? key?.account;
  const isForeign = caller.type !== 'service' && owner !== undefined && caller.account !== owner;
  const isReserved = alias?.name.startsWith('alias/aws/') && caller.type !== 'service';
  return [
    ...levels.map(({ policies }) => ({
      layer: 'scp',
      truth: allows(policies.flatMap((policy) => matchesOf(policy, asked('scp', example)))),
    })),
    ...(throughEndpoint
      ? [{ layer: 'vpc-endpoint-policy', truth: allows(statementsOf('vpc-endpoint-policy', example)) }]
      : []),
    { layer: 'operation', truth: !isReserved && (!isForeign || plainAction(request.action).crossAccount) },
  ];
}

/** The ways in; one is enough. */
function waysOf(example: Example): readonly Part[] {
  const { request, world } = example;
  const { caller, key } = request;
  const own = ownSide(example);
  if (!key) return [{ layer: 'identity-policy', truth: every([caller.type !== 'service', own.identity, own.limits]) }];
  const isForeign = caller.type !== 'service' && caller.account !== key.account;
  const statements = statementsOf('key-policy', example).filter(({ effect }) => effect === 'Allow');
  const matches = keyPolicyIsUnknown(example) ? UNKNOWN_POLICY : statements;
  const grants = (world.grants ?? []).flatMap((grant) => grantMatch(grant, request) ?? []);
  return [
    ...matches.map(({ truth, naming }) => ({
      layer: !isForeign && naming !== 'account' ? 'key-policy' : 'delegation',
      truth: every([truth, isForeign ? every([own.identity, own.limits]) : needed(naming, own)]),
    })),
    // A grant to a principal of another account needs nothing there.
    ...grants.map(({ truth, naming }) => ({ layer: 'grant', truth: every([truth, needed(naming, own)]) })),
  ];
}

/** It may let the caller in directly, or leave it to the account. */
const UNKNOWN_POLICY: readonly Omit<StatementMatch, 'effect'>[] = [{ truth: 'unknown', naming: 'direct' }];

interface OwnSide {
  readonly identity: Truth;
  /** The boundary and the policies of the session. */
  readonly limits: Truth;
}

/** What the account of the caller says. Its root user has no policies and needs none. */
function ownSide(example: Example): OwnSide {
  const { caller } = example.request;
  if (caller.type === 'root' || caller.type === 'service') return { identity: true, limits: true };
  const isGiven = example.world.identityPolicies !== undefined;
  const hasBoundary = applies('permissions-boundary', example);
  const sessions = statementsOf('session-policy', example);
  const hasSession = applies('session-policy', example);
  return {
    identity: isGiven ? allows(statementsOf('identity-policy', example)) : 'unknown',
    limits: every([
      !hasBoundary || allows(statementsOf('permissions-boundary', example)),
      // A role's session without a policy has all that its role has, a federated user's has nothing.
      hasSession ? allows(sessions) : caller.type !== 'federated-user',
    ]),
  };
}

/** Who is named as user, session or everyone needs nothing more. */
function needed(naming: Naming, { identity, limits }: OwnSide): Truth {
  if (naming === 'direct') return true;
  return naming === 'account' ? every([identity, limits]) : limits;
}

function keyPolicyIsUnknown({ request, world }: Example): boolean {
  return world.keyPolicy === undefined && request.action !== 'RetireGrant';
}

function allows(statements: readonly StatementMatch[]): Truth {
  return some(statements.filter(({ effect }) => effect === 'Allow').map(({ truth }) => truth));
}

function statementsOf(layer: PlainLayer, example: Example): readonly StatementMatch[] {
  if (!applies(layer, example)) return [];
  return policiesOf(layer, example.world).flatMap((policy) => matchesOf(policy, asked(layer, example)));
}

function asked(layer: PlainLayer, { request, world }: Example): Parameters<typeof matchesOf>[1] {
  return { request, layer, hasBoundary: world.permissionsBoundary !== undefined };
}
