import { type Caller, parseCaller } from '../../../simulator/access/caller.ts';
import { decide } from '../../../simulator/access/decide.ts';
import type { Decision } from '../../../simulator/access/decision.ts';
import type { AccessRequest, KeyDescription } from '../../../simulator/access/request.ts';
import type { World } from '../../../simulator/access/world.ts';
import { fromValue } from '../../../simulator/json/node.ts';
import { CompiledPolicy } from '../../../simulator/policy/compile.ts';
import { readPolicy } from '../../../simulator/policy/document.ts';

export const OWNER = '111122223333';
export const STRANGER = '444455556666';
export const KEY: KeyDescription = {
  partition: 'aws',
  account: OWNER,
  region: 'us-east-1',
  id: '1234abcd-12ab-34cd-56ef-1234567890ab',
};
export const KEY_ARN = `arn:aws:kms:us-east-1:${OWNER}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

export type Json = Readonly<Record<string, unknown>>;

/** Policies by what they are; the name of each document is its place in here. */
export interface Policies {
  readonly keyPolicy?: Json;
  readonly identityPolicies?: readonly Json[];
  readonly permissionsBoundary?: Json;
  readonly sessionPolicies?: readonly Json[];
  readonly vpcEndpointPolicy?: Json;
  readonly serviceControlPolicies?: readonly { readonly target: string; readonly policies: readonly Json[] }[];
}

export const policy = (...statements: readonly Json[]): Json => ({ Version: '2012-10-17', Statement: statements });

export function compiled(value: Json, document: string): CompiledPolicy {
  return new CompiledPolicy(readPolicy(fromValue(value)), document);
}

export function worldOf(policies: Policies): World {
  const { keyPolicy, identityPolicies, permissionsBoundary, sessionPolicies, vpcEndpointPolicy } = policies;
  const list = (values: readonly Json[], name: string): CompiledPolicy[] =>
    values.map((value, index) => compiled(value, `${name}/${index}`));
  return {
    keyPolicy: keyPolicy && compiled(keyPolicy, 'keyPolicy'),
    identityPolicies: identityPolicies && list(identityPolicies, 'identityPolicies'),
    ...(permissionsBoundary ? { permissionsBoundary: compiled(permissionsBoundary, 'permissionsBoundary') } : {}),
    ...(sessionPolicies ? { sessionPolicies: list(sessionPolicies, 'sessionPolicies') } : {}),
    ...(vpcEndpointPolicy ? { vpcEndpointPolicy: compiled(vpcEndpointPolicy, 'vpcEndpointPolicy') } : {}),
    ...(policies.serviceControlPolicies
      ? {
          serviceControlPolicies: policies.serviceControlPolicies.map((level, index) => ({
            target: level.target,
            policies: list(level.policies, `serviceControlPolicies/${index}/policies`),
          })),
        }
      : {}),
  };
}

export function callerOf(text: string): Caller {
  const answer = parseCaller(text, { account: OWNER });
  if ('problem' in answer) throw new Error(answer.problem);
  return answer.caller;
}

export function requestOf(caller: string, action: string, more: Partial<AccessRequest> = {}): AccessRequest {
  return { caller: callerOf(caller), action, key: KEY, region: 'us-east-1', ...more };
}

export function decided(request: AccessRequest, policies: Policies): Decision {
  return decide(request, worldOf(policies));
}

export const role = (name: string, account = OWNER): string => `arn:aws:iam::${account}:role/${name}`;
export const user = (name: string, account = OWNER): string => `arn:aws:iam::${account}:user/${name}`;

/** The statement with which a key policy hands decisions to the account that owns the key. */
export const delegation: Json = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${OWNER}:root` },
  Action: 'kms:*',
  Resource: '*',
};

export const everything: Json = { Effect: 'Allow', Action: '*', Resource: '*' };
