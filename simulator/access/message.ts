import type { Blocker, Decision, Layer } from './decision.ts';
import { type AccessRequest, keyArn, resourceOf } from './request.ts';

/** What AWS tells a caller that it denies. */
export interface DenialMessage {
  /** The whole message of the AccessDeniedException. */
  readonly text: string;
  /** What follows the resource: `because no identity-based policy allows the kms:Decrypt action`. */
  readonly ending: string;
  /** What of it is not recorded from KMS, a sentence each without its stop; empty where all of it is. */
  readonly assumed: readonly string[];
}

/**
 * AWS's own wording for a denied request. Undefined where nothing was denied and where the wording is not known: for AWS
 * services that call as themselves, for grants, and for operations that do not work across accounts.
 *
 * Sources: messages of KMS in public logs, 2021–2026 (key policies, identity policies, keys of other accounts); IAM User Guide,
 * "Troubleshoot access denied error messages" (the other policy types); checked 2026-11.
 */
export function denialMessage(decision: Decision, request: AccessRequest): DenialMessage | undefined {
  const { caller, action } = request;
  const [blocker] = decision.blockers;
  if (decision.verdict !== 'denied' || !blocker || caller.type === 'service') return undefined;
  const known = endingOf(blocker, request);
  if (!known) return undefined;
  const { ending, recorded } = known;
  const subject = `User: ${caller.arn} is not authorized to perform: kms:${action} on`;
  return {
    text: `${subject} ${resourceText(request, blocker.layer)} ${ending}`,
    ending,
    assumed: [
      ...(recorded ? [] : ['IAM documents this ending, and no message of KMS with it was at hand']),
      ...(decision.blockers.length > 1
        ? ['several policies stand in the way, and AWS does not document which one its message names']
        : []),
    ],
  };
}

/** What IAM's messages call the policies of a layer. */
const NAMES: Readonly<Partial<Record<Layer, string>>> = {
  scp: 'service control policy',
  rcp: 'resource control policy',
  'vpc-endpoint-policy': 'VPC endpoint policy',
  'key-policy': 'resource-based policy',
  'identity-policy': 'identity-based policy',
  'permissions-boundary': 'permissions boundary',
  'session-policy': 'session policy',
};

interface Ending {
  readonly ending: string;
  /** Whether a message of KMS itself has it. */
  readonly recorded: boolean;
}

function endingOf({ layer, kind }: Blocker, request: AccessRequest): Ending | undefined {
  const name = NAMES[layer];
  if (!name) return undefined;
  // Nobody learns whether a key exists that the request does not name, or that is in another account.
  if ((isUnnamed(request) || isForeign(request)) && layer === 'key-policy')
    return { ending: unknownResource, recorded: true };
  if (kind === 'implicit') {
    const recorded = layer === 'key-policy' || layer === 'identity-policy';
    return { ending: `because no ${name} allows the kms:${request.action} action`, recorded };
  }
  const article = name.startsWith('identity') ? 'an' : 'a';
  return { ending: `with an explicit deny in ${article} ${name}`, recorded: layer === 'key-policy' };
}

function resourceText(request: AccessRequest, layer: Layer): string {
  if (isUnnamed(request)) return 'the resource associated with this ciphertext';
  if (isForeign(request) && layer === 'key-policy') return 'this resource';
  const target = resourceOf(request);
  const arn = target && (target.arn ?? (request.key && keyArn(request.key)));
  return `resource: ${arn ?? '*'}`;
}

/** The ending that says as little as can be. */
export const unknownResource =
  'because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access';

function isForeign({ caller, key }: AccessRequest): boolean {
  return key !== undefined && caller.type !== 'service' && caller.account !== key.account;
}

/** Whether the request leaves it to the ciphertext to say which key it is about. */
function isUnnamed({ action, input }: AccessRequest): boolean {
  if (!input) return false;
  if (action === 'Decrypt') return input['KeyId'] === undefined;
  return action === 'ReEncryptFrom' && input['SourceKeyId'] === undefined;
}
