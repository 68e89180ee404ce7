import type { AccessRequest } from '../../../../simulator/access/request.ts';
import { conditionHolds } from './condition.ts';
import { type ContextOf, contextOf } from './context.ts';
import { list, type PlainLayer, type PlainPolicy, type PlainStatement } from './model.ts';
import { arnMatches, matches, readPattern, segments } from './pattern.ts';
import { isSpared, type Naming, namingOf } from './principal.ts';
import { every, opposite, some, type Truth } from './truth.ts';

export interface Asked {
  readonly request: AccessRequest;
  readonly layer: PlainLayer;
  readonly hasBoundary: boolean;
}

export interface StatementMatch {
  readonly effect: 'Allow' | 'Deny';
  readonly truth: Truth;
  /** Of statements without a principal element: `direct`. */
  readonly naming: Naming;
}

export function matchesOf(policy: PlainPolicy, asked: Asked): readonly StatementMatch[] {
  return policy.Statement.map((statement) => matchOf(statement, policy.Version === '2012-10-17', asked));
}

function matchOf(statement: PlainStatement, variables: boolean, asked: Asked): StatementMatch {
  const { request, layer } = asked;
  const context = contextOf(request, layer);
  const naming = principalOf(statement, asked);
  const truth = every([
    naming !== undefined,
    actionMatches(statement, request.action),
    resourceMatches(statement, request, variables ? context : undefined),
    conditionHolds(statement.Condition, context, variables),
  ]);
  return { effect: statement.Effect, truth, naming: naming ?? 'direct' };
}

/** Identity policies and SCPs name no principal: who they are attached to is decided already. */
function principalOf(statement: PlainStatement, { request, hasBoundary }: Asked): Naming | undefined {
  const { Principal: principal, NotPrincipal: others } = statement;
  const userId = userIdOf(request);
  if (principal !== undefined) return namingOf(principal, request.caller, userId);
  if (others === undefined) return 'direct';
  if (statement.Effect === 'Deny') return isSpared(others, request.caller, hasBoundary) ? undefined : 'direct';
  return namingOf(others, request.caller, userId) === undefined ? 'direct' : undefined;
}

/** The id of the user or the role, and after a colon the name of the session; undefined where nobody told. */
function userIdOf({ context = {} }: AccessRequest): string | undefined {
  const value = context['aws:userid'];
  return typeof value === 'string' ? value : undefined;
}

/** A statement without Action or Resource has no effect. */
function actionMatches({ Action: actions, NotAction: others }: PlainStatement, action: string): boolean {
  const covers = (pattern: string): boolean => {
    const tokens = readPattern(pattern.toLowerCase(), { wildcards: true, variables: undefined });
    return typeof tokens !== 'string' && matches(tokens, `kms:${action}`.toLowerCase());
  };
  if (actions !== undefined) return list(actions).some(covers);
  return others !== undefined && !list(others).some(covers);
}

function resourceMatches(statement: PlainStatement, request: AccessRequest, variables: ContextOf | undefined): Truth {
  const { Resource: resources, NotResource: others } = statement;
  const covers = (pattern: string): Truth => resourceCovers(pattern, request, variables);
  if (resources !== undefined) return some(list(resources).map(covers));
  return others !== undefined && opposite(some(list(others).map(covers)));
}

function resourceCovers(pattern: string, { key, alias }: AccessRequest, variables: ContextOf | undefined): Truth {
  if (pattern === '*') return true;
  if (alias) {
    const arn = `arn:${alias.partition}:kms:${alias.region}:${alias.account}:${alias.name}`;
    // Whatever a variable comes to, a key's ARN is none of an alias.
    return segments(pattern)?.at(-1)?.startsWith('key/') ? false : arnMatches(pattern, arn, variables);
  }
  // Actions without a resource are decided on `*`.
  if (!key) return false;
  const arnOf = (id: string): string => `arn:${key.partition}:kms:${key.region}:${key.account}:key/${id}`;
  if (key.id !== undefined) return arnMatches(pattern, arnOf(key.id), variables);
  // An id that no policy writes: what covers it covers every id.
  if (arnMatches(pattern, arnOf('\u0001'), variables) === true) return true;
  const [id, ...before] = [...(segments(pattern) ?? [])].reverse();
  const others = arnMatches([...before.reverse(), '*'].join(':'), arnOf('\u0001'), undefined);
  return id?.startsWith('key/') && others ? 'unknown' : false;
}
