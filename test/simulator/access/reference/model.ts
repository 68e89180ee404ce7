import type { AccessRequest } from '../../../../simulator/access/request.ts';
import type { Grant } from '../../../../simulator/access/world.ts';

/** A policy as it stands in its JSON file. */
export interface PlainPolicy {
  readonly Version?: string;
  readonly Statement: readonly PlainStatement[];
}

export interface PlainStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: PlainPrincipal;
  readonly NotPrincipal?: PlainPrincipal;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: PlainCondition;
}

export type OneOrMore = string | readonly string[];
export type PlainPrincipal = '*' | { readonly AWS?: OneOrMore; readonly Service?: OneOrMore };
/** Operator → condition key → values. */
export type PlainCondition = Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;

/** As `World` of the engine, with policies as JSON. */
export interface PlainWorld {
  readonly keyPolicy?: PlainPolicy;
  readonly identityPolicies?: readonly PlainPolicy[];
  readonly permissionsBoundary?: PlainPolicy;
  readonly sessionPolicies?: readonly PlainPolicy[];
  readonly serviceControlPolicies?: readonly PlainLevel[];
  readonly resourceControlPolicies?: readonly PlainLevel[];
  readonly vpcEndpointPolicy?: PlainPolicy;
  readonly grants?: readonly Grant[];
}

export interface PlainLevel {
  readonly target: string;
  readonly policies: readonly PlainPolicy[];
}

/** A request and what it is decided against: what a generated example is. */
export interface Example {
  readonly request: AccessRequest;
  readonly world: PlainWorld;
}

export const PLAIN_LAYERS = [
  'key-policy',
  'identity-policy',
  'permissions-boundary',
  'session-policy',
  'scp',
  'rcp',
  'vpc-endpoint-policy',
] as const;

export type PlainLayer = (typeof PLAIN_LAYERS)[number];

export function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}
