import { kmsActions } from '../facts/actions.ts';
import type { CompiledPolicy } from '../policy/compile.ts';
import type { Caller } from './caller.ts';
import { decide } from './decide.ts';
import type { AccessRequest, KeyDescription } from './request.ts';
import { openKeysOf } from './who/open-keys.ts';
import { type Subject, subjectOf, subjectsOf } from './who/subjects.ts';
import { type AccessWay, deniesOf, type Hanging, limitsOf, waysOf, withoutConstraints } from './who/ways.ts';
import type { World } from './world.ts';

export type { Subject } from './who/subjects.ts';
export type { AccessWay, Hanging, Proviso } from './who/ways.ts';

/** What somebody may do with a key, and on what it hangs. */
export interface Access {
  /**
   * `allowed`: with every request; `depends`: if what is listed holds; `denied`: an Allow is there, and a Deny takes it
   * away. Whoever has no Allow is not listed.
   */
  readonly verdict: 'allowed' | 'depends' | 'denied';
  /** One is enough. */
  readonly ways: readonly AccessWay[];
  /** What policies that only limit ask for besides. */
  readonly limits: readonly Hanging[];
  /** Deny statements that apply to some requests, or for `denied` to all. */
  readonly denies: readonly Hanging[];
}

/** Operations with the same answer, together. */
export interface Row {
  /** Permissions without `kms:`, in the order of the alphabet. */
  readonly operations: readonly string[];
  readonly access: Access;
}

export interface SubjectAccess {
  readonly subject: Subject;
  readonly rows: readonly Row[];
}

/** A key with everything that decides about it. */
export interface KeyToAsk {
  readonly key: KeyDescription;
  /** Without identity policies: those belong to a caller. */
  readonly world: Omit<World, 'identityPolicies'>;
  /** What is known of a subject; where it is left out, nobody gave its identity policies. */
  readonly callerSideOf?: (subject: Subject) => CallerSide;
  /** Who is asked about besides those whom the documents name; they come first. */
  readonly callers?: readonly Caller[];
}

/** The policies of a caller, and what conditions may ask about it. */
export interface CallerSide
  extends Partial<
      Pick<World, 'identityPolicies' | 'permissionsBoundary' | 'sessionPolicies' | 'serviceControlPolicies'>
    >,
    Pick<AccessRequest, 'principalTags' | 'mfa' | 'principalOrganization' | 'resourceOrganization'> {}

/** The permissions that a key policy can give. Who may retire a grant is up to each grant. */
export const keyOperations: readonly string[] = kmsActions
  .filter(({ resources, operations }) => resources.includes('key') && operations.length > 0)
  .map(({ name }) => name)
  .filter((name) => name !== 'RetireGrant');

/** Everybody whom the documents name and who gets in, or may: “who can use this key?”. */
export function whoCanUse(question: KeyToAsk): SubjectAccess[] {
  const { keyPolicy, grants } = question.world;
  const first = (question.callers ?? []).map(subjectOf);
  const told = new Set(first.map(({ kind, name }) => `${kind} ${name}`));
  const others = subjectsOf(question.key, keyPolicy ? [keyPolicy] : [], grants).filter(
    ({ kind, name }) => !told.has(`${kind} ${name}`),
  );
  return [...first, ...others].map((subject) => accessOf(subject, question)).filter(({ rows }) => rows.length > 0);
}

/** The transposed question: “what can this principal do?”. */
export function whatCanDo(caller: Caller, question: KeyToAsk): SubjectAccess {
  return accessOf(subjectOf(caller), question);
}

function accessOf(subject: Subject, { key, world, callerSideOf }: KeyToAsk): SubjectAccess {
  const { caller } = subject;
  const { identityPolicies, permissionsBoundary, sessionPolicies, serviceControlPolicies, ...known } =
    callerSideOf?.(subject) ?? {};
  const given: World = {
    ...world,
    identityPolicies,
    ...(permissionsBoundary ? { permissionsBoundary } : {}),
    ...(sessionPolicies ? { sessionPolicies } : {}),
    ...(serviceControlPolicies ? { serviceControlPolicies } : {}),
  };
  const open = openKeysOf(caller, policiesOf(given), known);
  const asked: World = { ...given, grants: (world.grants ?? []).map(withoutConstraints) };
  const groups = new Map<string, { operations: string[]; access: Access }>();
  for (const action of keyOperations) {
    const request: AccessRequest = { caller, action, key, region: key.region, open, ...known };
    const access = decided(request, asked, given);
    if (!access) continue;
    const id = identityOf(access);
    const group = groups.get(id) ?? { operations: [], access };
    group.operations.push(action);
    groups.set(id, group);
  }
  return { subject, rows: [...groups.values()] };
}

function decided(request: AccessRequest, asked: World, given: World): Access | undefined {
  const decision = decide(request, asked);
  const isDenied = decision.verdict === 'denied';
  if (isDenied && decision.kind === 'implicit') return undefined;
  const ways = waysOf(decision, request, given);
  if (ways.length === 0) return undefined;
  const denies = deniesOf(decision);
  if (isDenied) {
    // That a Deny shuts out whoever had no Allow anyway is no news.
    return { verdict: 'denied', ways: [], limits: [], denies: denies.filter(({ provisos }) => provisos.length === 0) };
  }
  const limits = limitsOf(decision);
  const isFree = limits.length === 0 && denies.length === 0 && ways.some(({ provisos }) => provisos.length === 0);
  return { verdict: isFree ? 'allowed' : 'depends', ways, limits, denies };
}

function policiesOf(world: World): CompiledPolicy[] {
  const { keyPolicy, identityPolicies, permissionsBoundary, sessionPolicies, vpcEndpointPolicy } = world;
  const levels = [...(world.serviceControlPolicies ?? []), ...(world.resourceControlPolicies ?? [])];
  return [
    keyPolicy,
    permissionsBoundary,
    vpcEndpointPolicy,
    ...(identityPolicies ?? []),
    ...(sessionPolicies ?? []),
    ...levels.flatMap(({ policies }) => policies),
  ].filter((policy) => policy !== undefined);
}

/** Two answers are the same if they hang on the same statements in the same way. */
function identityOf({ verdict, ways, limits, denies }: Access): string {
  const statement = ({ document, statement: { path } }: Hanging['statement']): unknown => [document, path];
  const hanging = (each: readonly Hanging[]): unknown => each.map((one) => [statement(one.statement), one.provisos]);
  return JSON.stringify([
    verdict,
    ways.map((way) => [way.through, way.statements.map(statement), way.grant?.name, way.provisos]),
    hanging(limits),
    hanging(denies),
  ]);
}
