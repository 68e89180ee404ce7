import { supportsConditionKey } from '../../facts/condition-keys.ts';
import { type Caller, principalArnOf } from '../caller.ts';
import type { Layer } from '../decision.ts';
import { type AccessRequest, resourceOf } from '../request.ts';

/** An Allow statement as JSON, its elements in the usual order. */
export interface ProposedStatement {
  readonly Effect: 'Allow';
  readonly Principal?: { readonly AWS: string } | { readonly Service: string };
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Conditions;
}

type Conditions = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Why no exact statement can be written: the ARN of the key, or of the caller's role with its path, is not known. */
export type Unnamed = 'key' | 'principal';

/** The layers whose policies an Allow can be added to. */
export type ChangeableLayer = Exclude<Layer, 'operation' | 'grant' | 'rcp'>;

/**
 * The narrowest Allow for a request that a policy of this layer can hold: its principal, its action and its key alone.
 *
 * - In a key policy `"Resource": "*"` is the key that the policy belongs to, and nothing else.
 * - A request with an encryption context is allowed with this context only. Without the conditions the statement would be
 *   shorter, but it would undo what other statements of the same policy demand: a role that may decrypt `service=orders`
 *   could decrypt everything. Widening what is there is easy to see; what was given away unseen is not.
 * - An account's root user shares its ARN with the account, so a condition tells it from everybody else in there.
 * - A service acts for many customers; where the request says for which resource, the statement does, too.
 * - A service control policy binds everybody in an account, so its Allow is narrowed to the caller.
 *
 * @param version of the policy that takes it: from 2012-10-17 on, `${…}` in a value is a variable
 */
export function exactAllow(
  layer: ChangeableLayer,
  request: AccessRequest,
  version: string | undefined,
): ProposedStatement | Unnamed {
  const hasPrincipal = layer === 'key-policy' || layer === 'vpc-endpoint-policy';
  const resource = layer === 'key-policy' ? '*' : arnOf(request);
  if (resource === undefined) return 'key';
  const callerArn = principalArnOf(request.caller);
  if (layer === 'scp' && callerArn === undefined) return 'principal';
  const conditions = [
    ...(layer === 'scp' && callerArn !== undefined ? [['ArnEquals', 'aws:PrincipalArn', callerArn] as const] : []),
    ...(hasPrincipal ? principalConditions(request) : []),
    ...encryptionContextConditions(request),
  ];
  return {
    Effect: 'Allow',
    ...(hasPrincipal ? { Principal: principalOf(request.caller) } : {}),
    Action: `kms:${request.action}`,
    Resource: resource,
    ...(conditions.length > 0 ? { Condition: grouped(conditions, version) } : {}),
  };
}

/** Of a role's session the role; the session itself where the role's path is not known, since its ARN would be a guess. */
function principalOf(caller: Caller): NonNullable<ProposedStatement['Principal']> {
  if (caller.type === 'service') return { Service: caller.service };
  return { AWS: principalArnOf(caller) ?? caller.arn };
}

/** Actions without a resource can be allowed on `*` only; AWS has nothing narrower for them. */
function arnOf(request: AccessRequest): string | undefined {
  const target = resourceOf(request);
  return target ? target.arn : '*';
}

type ConditionRow = readonly [operator: string, key: string, value: string];

function principalConditions({ caller, context = {} }: AccessRequest): ConditionRow[] {
  if (caller.type === 'root') return [['ArnEquals', 'aws:PrincipalArn', caller.arn]];
  if (caller.type !== 'service') return [];
  const stated = (wanted: string): string | undefined => {
    const [, value] = Object.entries(context).find(([key]) => key.toLowerCase() === wanted.toLowerCase()) ?? [];
    return typeof value === 'string' ? value : undefined;
  };
  const arn = stated('aws:SourceArn');
  const account = stated('aws:SourceAccount');
  return [
    ...(account === undefined ? [] : [['StringEquals', 'aws:SourceAccount', account] as const]),
    ...(arn === undefined ? [] : [['ArnEquals', 'aws:SourceArn', arn] as const]),
  ];
}

function encryptionContextConditions({ action, key, encryptionContext, input }: AccessRequest): ConditionRow[] {
  const isSymmetric = key?.spec === undefined || key.spec === 'SYMMETRIC_DEFAULT';
  // CreateGrant takes its context from the constraints of the new grant.
  if (!isSymmetric || (action === 'CreateGrant' && input)) return [];
  return Object.entries(encryptionContext ?? {}).flatMap(([name, value]) => {
    const conditionKey = `kms:EncryptionContext:${name}`;
    return supportsConditionKey(action, conditionKey) ? [['StringEquals', conditionKey, value] as const] : [];
  });
}

function grouped(rows: readonly ConditionRow[], version: string | undefined): Conditions {
  const conditions: Record<string, Record<string, string>> = {};
  for (const [operator, key, value] of rows) {
    const block = conditions[operator] ?? {};
    block[key] = version === '2012-10-17' ? value.replaceAll('${', '${$}{') : value;
    conditions[operator] = block;
  }
  return conditions;
}
