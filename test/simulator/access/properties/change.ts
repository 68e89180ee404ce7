import type { Example, PlainLayer, PlainLevel, PlainPolicy, PlainWorld } from '../reference/model.ts';

/** Changes every policy of an example. */
export function mapPolicies(
  { request, world }: Example,
  change: (policy: PlainPolicy, layer: PlainLayer) => PlainPolicy,
): Example {
  const one = (policy: PlainPolicy | undefined, layer: PlainLayer) => policy && change(policy, layer);
  const each = (policies: readonly PlainPolicy[] | undefined, layer: PlainLayer) =>
    policies?.map((policy) => change(policy, layer));
  const levels = (found: readonly PlainLevel[] | undefined, layer: PlainLayer) =>
    found?.map(({ target, policies }) => ({ target, policies: policies.map((policy) => change(policy, layer)) }));
  const changed = {
    ...world,
    keyPolicy: one(world.keyPolicy, 'key-policy'),
    identityPolicies: each(world.identityPolicies, 'identity-policy'),
    permissionsBoundary: one(world.permissionsBoundary, 'permissions-boundary'),
    sessionPolicies: each(world.sessionPolicies, 'session-policy'),
    serviceControlPolicies: levels(world.serviceControlPolicies, 'scp'),
    resourceControlPolicies: levels(world.resourceControlPolicies, 'rcp'),
    vpcEndpointPolicy: one(world.vpcEndpointPolicy, 'vpc-endpoint-policy'),
  };
  return { request, world: JSON.parse(JSON.stringify(changed)) as PlainWorld };
}
