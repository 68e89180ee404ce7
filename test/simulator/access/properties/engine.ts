import { decide, verdictOf } from '../../../../simulator/access/decide.ts';
import type { Decision, Verdict } from '../../../../simulator/access/decision.ts';
import type { PolicyLevel, World } from '../../../../simulator/access/world.ts';
import { parseJson } from '../../../../simulator/json/parse.ts';
import { CompiledPolicy } from '../../../../simulator/policy/compile.ts';
import { readPolicy } from '../../../../simulator/policy/document.ts';
import type { Example, PlainLevel, PlainPolicy, PlainWorld } from '../reference/model.ts';

/** Decides an example with the product's evaluator. */
export function decideExample({ request, world }: Example): Decision {
  return decide(request, compileWorld(world));
}

/** The verdict as it comes without an explanation. */
export function judgeExample({ request, world }: Example): Verdict {
  return verdictOf(request, compileWorld(world));
}

export function compileWorld(plain: PlainWorld): World {
  const { permissionsBoundary, sessionPolicies, serviceControlPolicies, resourceControlPolicies } = plain;
  return {
    keyPolicy: plain.keyPolicy && compile(plain.keyPolicy),
    identityPolicies: plain.identityPolicies?.map(compile),
    ...(permissionsBoundary ? { permissionsBoundary: compile(permissionsBoundary) } : {}),
    ...(sessionPolicies ? { sessionPolicies: sessionPolicies.map(compile) } : {}),
    ...(serviceControlPolicies ? { serviceControlPolicies: serviceControlPolicies.map(compileLevel) } : {}),
    ...(resourceControlPolicies ? { resourceControlPolicies: resourceControlPolicies.map(compileLevel) } : {}),
    ...(plain.vpcEndpointPolicy ? { vpcEndpointPolicy: compile(plain.vpcEndpointPolicy) } : {}),
    ...(plain.grants ? { grants: plain.grants } : {}),
  };
}

export function compile(policy: PlainPolicy): CompiledPolicy {
  const { root } = parseJson(JSON.stringify(policy));
  if (!root) throw new Error('a policy without content');
  return new CompiledPolicy(readPolicy(root));
}

function compileLevel({ target, policies }: PlainLevel): PolicyLevel {
  return { target, policies: policies.map(compile) };
}
