import { askLayer, type LayerPart, silentLayer } from '../layer.ts';
import type { PreparedRequest } from '../prepared.ts';
import { either, GRANTED } from '../said.ts';
import { WITH_PRINCIPALS } from '../statement-scope.ts';
import type { World } from '../world.ts';

/**
 * The policy of the VPC endpoint. Calls that a service makes, for itself or for its caller, come through none.
 * Source: KMS Developer Guide, "Connecting to AWS KMS through a VPC endpoint"; checked 2026-11.
 */
export function endpoint({ vpcEndpointPolicy }: World, prepared: PreparedRequest): LayerPart | undefined {
  if (!vpcEndpointPolicy) return undefined;
  const { caller, via } = prepared.request;
  if (caller.type === 'service' || via !== undefined)
    return silentLayer('vpc-endpoint-policy', 'not-applicable', GRANTED);
  const part = askLayer('vpc-endpoint-policy', [vpcEndpointPolicy], prepared, WITH_PRINCIPALS);
  // A statement for the caller's account or role lets the caller through as one for the caller itself does.
  return { ...part, direct: either(part.direct, either(part.role, part.account)) };
}
