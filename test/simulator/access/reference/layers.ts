import type { Caller } from '../../../../simulator/access/caller.ts';
import { plainAction } from './actions.ts';
import type { Example, PlainLayer, PlainPolicy, PlainWorld } from './model.ts';

export function policiesOf(layer: PlainLayer, world: PlainWorld): readonly PlainPolicy[] {
  switch (layer) {
    case 'key-policy':
      return world.keyPolicy ? [world.keyPolicy] : [];
    case 'identity-policy':
      return world.identityPolicies ?? [];
    case 'permissions-boundary':
      return world.permissionsBoundary ? [world.permissionsBoundary] : [];
    case 'session-policy':
      return world.sessionPolicies ?? [];
    case 'scp':
      return (world.serviceControlPolicies ?? []).flatMap(({ policies }) => policies);
    case 'rcp':
      return (world.resourceControlPolicies ?? []).flatMap(({ policies }) => policies);
    case 'vpc-endpoint-policy':
      return world.vpcEndpointPolicy ? [world.vpcEndpointPolicy] : [];
  }
}

/** Whether the policies of a layer are there and have a say: the table of who takes part. */
export function applies(layer: PlainLayer, { request, world }: Example): boolean {
  const { caller, key, alias, action, via } = request;
  const hasPolicies = caller.type !== 'service' && caller.type !== 'root';
  // The permission on an alias is none on a key.
  const onKey = plainAction(action).onKey && alias === undefined;
  switch (layer) {
    case 'key-policy':
      return onKey && world.keyPolicy !== undefined && action !== 'RetireGrant';
    case 'identity-policy':
      return hasPolicies && world.identityPolicies !== undefined;
    case 'permissions-boundary':
      return hasPolicies && !isServiceLinked(caller) && world.permissionsBoundary !== undefined;
    case 'session-policy':
      return hasPolicies && caller.type !== 'user' && (world.sessionPolicies ?? []).length > 0;
    case 'scp':
      return caller.type !== 'service' && !isServiceLinked(caller) && world.serviceControlPolicies !== undefined;
    case 'rcp':
      return (
        (onKey || alias !== undefined) && key?.manager !== 'AWS' && !isServiceLinked(caller) && action !== 'RetireGrant'
      );
    case 'vpc-endpoint-policy':
      // What a service sends does not come through the endpoint.
      return world.vpcEndpointPolicy !== undefined && via === undefined && caller.type !== 'service';
  }
}

function isServiceLinked(caller: Caller): boolean {
  return caller.type === 'role-session' && (caller.roleArn ?? '').includes(':role/aws-service-role/');
}
