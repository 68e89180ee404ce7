import { any } from '../../policy/truth.ts';
import { accountOf } from '../caller.ts';
import type { Decision, ElementResult, Layer, StatementResult } from '../decision.ts';
import { matchPrincipal } from '../principal/match.ts';
import type { AccessRequest } from '../request.ts';
import type { Grant, World } from '../world.ts';

/** What must hold for a request, beyond who asks for what. */
export type Proviso =
  | { readonly type: 'condition'; readonly operator: string; readonly key: string; readonly values: readonly string[] }
  /** A placeholder, a key's ARN or a whole statement that could not be read. */
  | { readonly type: 'unread'; readonly element: ElementResult['element']; readonly values: readonly string[] }
  /** A constraint of a grant, by the name of the API. */
  | {
      readonly type: 'constraint';
      readonly name: 'EncryptionContextEquals' | 'EncryptionContextSubset' | 'SourceArn';
      readonly values: readonly string[];
    }
  /** A policy that nobody gave has to allow it as well. */
  | { readonly type: 'policy'; readonly layer: 'identity-policy' | 'key-policy' };

/** How somebody gets in. */
export interface AccessWay {
  /** `key-policy`: named there, and nothing else is needed; `iam`: through an identity policy; `grant`. */
  readonly through: 'key-policy' | 'iam' | 'grant';
  /** The statements that allow it, the key policy's first. */
  readonly statements: readonly StatementResult[];
  readonly grant?: Grant;
  readonly provisos: readonly Proviso[];
}

/** A statement that takes part, and what it hangs on. */
export interface Hanging {
  readonly layer: Layer;
  readonly statement: StatementResult;
  readonly provisos: readonly Proviso[];
}

/** The ways in that a decision found open, or perhaps open. One without provisos makes the others superfluous. */
export function waysOf(decision: Decision, request: AccessRequest, world: World): AccessWay[] {
  const identity = identitySide(decision, request, world);
  const ways = [
    ...throughKeyPolicy(decision, request, identity),
    ...keyPolicyUnknown(request, world, identity, decision),
    ...throughGrants(decision, identity, request),
  ];
  const free = ways.find(({ provisos }) => provisos.length === 0);
  return free ? [free] : distinct(ways);
}

/** Deny statements that may apply: the access ends where their provisos hold. */
export function deniesOf({ layers }: Decision): Hanging[] {
  return hanging({ layers }, 'Deny', () => true);
}

/** Allow statements of policies that only limit, where they hang on something. */
export function limitsOf({ layers }: Decision): Hanging[] {
  const limiting: readonly Layer[] = ['scp', 'rcp', 'vpc-endpoint-policy', 'permissions-boundary', 'session-policy'];
  const open = layers.filter(({ layer, outcome }) => limiting.includes(layer) && outcome === 'depends');
  return hanging({ layers: open }, 'Allow', ({ matched }) => matched === 'unknown');
}

function hanging(
  { layers }: Pick<Decision, 'layers'>,
  effect: 'Allow' | 'Deny',
  counts: (statement: StatementResult) => boolean,
): Hanging[] {
  return layers.flatMap(({ layer, statements }) =>
    statements
      .filter((each) => each.matched !== false && each.statement.effect === effect && counts(each))
      .map((statement) => ({ layer, statement, provisos: provisosOf(statement) })),
  );
}

/** An identity policy's part in a way: a statement of one, or that somebody would have to tell. */
interface Side {
  readonly statements: readonly StatementResult[];
  readonly provisos: readonly Proviso[];
}

function identitySide(decision: Decision, { caller }: AccessRequest, world: World): Side[] {
  // The root user acts as its account and needs no policy.
  if (caller.type === 'root') return [{ statements: [], provisos: [] }];
  if (!world.identityPolicies) return [{ statements: [], provisos: [{ type: 'policy', layer: 'identity-policy' }] }];
  return allowsOf(decision, 'identity-policy').map((statement) => ({
    statements: [statement],
    provisos: provisosOf(statement),
  }));
}

function throughKeyPolicy(decision: Decision, request: AccessRequest, identity: readonly Side[]): AccessWay[] {
  const { caller, key } = request;
  const isOwn = caller.type === 'service' || accountOf(caller) === key?.account;
  return allowsOf(decision, 'key-policy').flatMap((statement): AccessWay[] => {
    const facts = { caller, userId: undefined, hasBoundary: false };
    const { direct, role } = matchPrincipal(statement.statement.principal, facts, 'Allow');
    const isNamed = any([direct, role]) !== false || caller.type === 'root';
    const provisos = provisosOf(statement);
    if (isOwn && isNamed) return [{ through: 'key-policy', statements: [statement], provisos }];
    return identity.map((side) => ({
      through: 'iam',
      statements: [statement, ...side.statements],
      provisos: [...provisos, ...side.provisos],
    }));
  });
}

/** Without a key policy to read, and for actions that no key policy has a say in. */
function keyPolicyUnknown(
  { key }: AccessRequest,
  { keyPolicy }: World,
  identity: readonly Side[],
  { layers }: Decision,
): AccessWay[] {
  const hasSay = layers.some(({ layer, outcome }) => layer === 'key-policy' && outcome !== 'not-applicable');
  if (keyPolicy && hasSay) return [];
  const provisos: readonly Proviso[] = hasSay && key ? [{ type: 'policy', layer: 'key-policy' }] : [];
  return identity.map((side) => ({
    through: 'iam',
    statements: side.statements,
    provisos: [...provisos, ...side.provisos],
  }));
}

const originals = new WeakMap<Grant, Grant>();

/** A table cannot know what a request will bring: it decides with this grant and lists the constraints of the real one. */
export function withoutConstraints(grant: Grant): Grant {
  const { encryptionContextEquals: _, encryptionContextSubset: __, sourceArn: ___, ...open } = grant;
  originals.set(open, grant);
  return open;
}

function throughGrants({ layers }: Decision, identity: readonly Side[], { key, caller }: AccessRequest): AccessWay[] {
  const results = layers.flatMap((layer) => layer.grants ?? []).filter(({ matched }) => matched !== false);
  return results.flatMap(({ grant: open, principal }): AccessWay[] => {
    const grant = originals.get(open) ?? open;
    const provisos = constraintsOf(grant);
    const viaAccount = principal === 'account' && caller.type !== 'root' && key !== undefined;
    const sides: readonly Side[] = viaAccount ? identity : [{ statements: [], provisos: [] }];
    return sides.map((side) => ({
      through: 'grant',
      statements: side.statements,
      grant,
      provisos: [...provisos, ...side.provisos],
    }));
  });
}

function constraintsOf({ encryptionContextEquals, encryptionContextSubset, sourceArn }: Grant): Proviso[] {
  const pairs = (context: Readonly<Record<string, string>>): string[] =>
    Object.entries(context).map(([name, value]) => `${name}=${value}`);
  return [
    ...(encryptionContextEquals
      ? [{ type: 'constraint', name: 'EncryptionContextEquals', values: pairs(encryptionContextEquals) } as const]
      : []),
    ...(encryptionContextSubset
      ? [{ type: 'constraint', name: 'EncryptionContextSubset', values: pairs(encryptionContextSubset) } as const]
      : []),
    ...(sourceArn === undefined ? [] : [{ type: 'constraint', name: 'SourceArn', values: [sourceArn] } as const]),
  ];
}

const allowsOf = ({ layers }: Decision, wanted: Layer): StatementResult[] =>
  layers
    .filter(({ layer }) => layer === wanted)
    .flatMap(({ statements }) => statements)
    .filter(({ matched, statement }) => matched !== false && statement.effect !== 'Deny');

function provisosOf({ elements }: StatementResult): Proviso[] {
  return elements.flatMap(({ element, matched, operator, key, expected }): Proviso[] => {
    if (matched !== 'unknown') return [];
    if (element === 'Condition' && operator !== undefined && key !== undefined)
      return [{ type: 'condition', operator, key, values: expected }];
    return [{ type: 'unread', element, values: expected }];
  });
}

function distinct(ways: readonly AccessWay[]): AccessWay[] {
  const seen = new Map<string, AccessWay>();
  for (const way of ways) {
    const id = JSON.stringify([way.through, way.grant?.name, way.statements.map(placeOf), way.provisos]);
    if (!seen.has(id)) seen.set(id, way);
  }
  return [...seen.values()];
}

const placeOf = ({ document, statement }: StatementResult): unknown => [document, statement.path];
