import { type Change, type Obstacle, type Proposal, type Remedy, remedyFor } from '../../simulator/access/changes.ts';
import { denialMessage } from '../../simulator/access/message.ts';
import { toPointer } from '../../simulator/json/place.ts';
import type { ChangeJson, MessageJson } from '../protocol.ts';
import type { Answer } from './ask.ts';
import { nearMissInWords, sparingWords } from './conditions.ts';
import { layerNames, statementName } from './names.ts';

const remedies = new WeakMap<Answer, Remedy>();

/** What would alter the verdict; worked out once. */
export function remedyOf(answer: Answer): Remedy {
  let remedy = remedies.get(answer);
  if (!remedy) {
    remedy = remedyFor(answer.request, answer.world, answer.decision);
    remedies.set(answer, remedy);
  }
  return remedy;
}

export function messageJson({ decision, request }: Answer): MessageJson | undefined {
  const message = denialMessage(decision, request);
  return message && { text: message.text, assumed: message.assumed };
}

export function changesJson({ changes }: Proposal, nameOf: (document: string) => string): ChangeJson[] {
  return changes.map(({ layer, document, target, path, add }) => ({
    layer,
    file: document === undefined ? null : nameOf(document),
    ...(target === undefined ? {} : { target }),
    pointer: toPointer(path),
    add,
  }));
}

/** What keeps the request out and no statement mends, and the statements that another request would meet. */
export function obstaclesInWords({ obstacles, nearMisses }: Remedy): string[] {
  return [...obstacles.map(obstacleInWords), ...nearMisses.map(nearMissInWords)];
}

function obstacleInWords(obstacle: Obstacle): string {
  switch (obstacle.type) {
    case 'deny':
      return `${statementName(obstacle.statement)} (${layerNames[obstacle.layer]}) is a Deny, which no Allow outweighs; ${sparingWords(obstacle.conditions)}`;
    case 'operation':
      return 'the operation does not work across accounts, whatever the policies say: call it in the account of the key';
    case 'grant':
      return 'who may retire a grant is up to the grant: no statement of a policy gives it to anybody else';
    case 'unnamed':
      return obstacle.what === 'key'
        ? `an Allow in the ${layerNames[obstacle.layer]} has to name the key, and its ARN is not known: ask with the ARN`
        : `an Allow in the ${layerNames[obstacle.layer]} has to name the role, and its path is not known: ask with the ARN of the role`;
  }
}

/** `in the key policy` and `in the identity policy orders.iam-policy.json`. */
export function whereOf({ changes }: Proposal, nameOf: (document: string) => string): string {
  const places = changes.map((change) => placeOf(change, nameOf));
  return `in ${[...new Set(places)].join(' and in ')}`;
}

export function placeOf({ layer, document, target }: Change, nameOf: (document: string) => string): string {
  const name = ONE_OF[layer];
  const at = target === undefined ? '' : ` at ${target}`;
  if (layer === 'key-policy') return 'the key policy';
  return document === undefined ? `${NEW_OF[layer]}${at}` : `the ${name} ${nameOf(document)}${at}`;
}

const ONE_OF: Readonly<Record<Change['layer'], string>> = {
  scp: 'service control policy',
  'vpc-endpoint-policy': 'VPC endpoint policy',
  'key-policy': 'key policy',
  'identity-policy': 'identity policy',
  'permissions-boundary': 'permissions boundary',
  'session-policy': 'session policy',
};

/** A policy that does not exist yet, or that nobody gave. */
const NEW_OF: Readonly<Record<Change['layer'], string>> = {
  ...ONE_OF,
  scp: 'a service control policy',
  'identity-policy': 'an identity policy of the caller',
  'session-policy': 'a session policy',
};
