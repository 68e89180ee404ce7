import { findConditionKey } from '../../../../simulator/facts/condition-keys.ts';
import { findGrantMember, grantMembersAt } from '../../../../simulator/facts/grant-members.ts';
import type { Path } from '../../../../simulator/json/place.ts';
import { resolvePath } from '../../../../simulator/json/place.ts';
import { stepShape } from '../../../../simulator/scenario/format/steps.ts';
import { type Parameter, parametersOf } from '../../../../simulator/scenario/parameters.ts';
import type { ParametersShape } from '../../../../simulator/scenario/shape.ts';
import { variantOf } from '../../../../simulator/scenario/spot.ts';
import { namedParameters } from '../../../../simulator/scenario/walk.ts';
import { operationAt } from '../../help/scenario/parameter.ts';
import { conditionValueOffers } from '../condition-values.ts';
import { type Context, takenNames } from '../context.ts';
import { constraintOffers, grantMemberSnippet, grantOperationOffers } from '../grants.ts';
import { memberOffer, type Offer, once } from '../offer.ts';
import type { Snippet } from '../snippet.ts';
import { aliasOffers, apiNameOffers, apiValueOffers } from './api.ts';
import { nameOffers, savedOffers } from './names.ts';
import { pairOffers, pairValueOffers } from './pairs.ts';
import { jsonOffers } from './values.ts';

/**
 * The parameters of the request that a step makes or asks about, or the members of the response that it expects.
 *
 * @param below the path within them
 */
export function parameterNameOffers(context: Context, { of }: ParametersShape, below: Path): readonly Offer[] {
  const listed = of === 'check' ? undefined : apiNameOffers(context, of, below);
  if (listed) return listed;
  if (of === 'response') return [];
  const [name, inner] = below.filter((step) => typeof step === 'string');
  if (name === undefined) return topOffers(context);
  if (inner === undefined && /EncryptionContext$/.test(name)) return pairOffers(context);
  if (name !== 'Constraints') return [];
  if (inner === undefined) return constraintOffers(context);
  return findGrantMember(inner, 'constraints')?.type === 'context' ? pairOffers(context) : [];
}

export function parameterValueOffers(context: Context, { of }: ParametersShape, below: Path): readonly Offer[] {
  const listed = of === 'check' ? undefined : apiValueOffers(context, of, below);
  if (listed) return once(listed);
  const saved = stepKind(context) === 'call' ? savedOffers(context) : [];
  return once([...ownValues(context, below), ...saved]);
}

function ownValues(context: Context, below: Path): readonly Offer[] {
  const [name, inner, third] = below.filter((step) => typeof step === 'string');
  if (name === undefined) return [];
  if (inner !== undefined) {
    const isPair = /EncryptionContext$/.test(name) || (name === 'Constraints' && third !== undefined);
    return isPair ? pairValueOffers(context, third ?? inner) : [];
  }
  const kind = namedParameters[name];
  if (kind) return nameOffers(context, kind);
  if (name === 'Operations') return grantOperationOffers(context);
  if (name === 'AliasName') return aliasOffers(context);
  const [key] = parametersHere(context).find((each) => each.name === name)?.conditionKeys ?? [];
  if (key === undefined) return name === 'DryRun' ? jsonOffers(['true', 'false']) : [];
  if (findConditionKey(key)?.key.type === 'Bool') return jsonOffers(['true', 'false']);
  return conditionValueOffers(context, 'StringEquals', key);
}

function topOffers(context: Context): readonly Offer[] {
  const operation = operationAt(context.cursor.root, context.cursor.path);
  const taken = takenNames(context);
  const instead = (name: string): readonly string[] => findGrantMember(name, 'grant')?.instead ?? [];
  return parametersHere(context)
    .filter(({ name }) => !taken.has(name) && !(isGrant(operation) && instead(name).some((other) => taken.has(other))))
    .map((parameter) =>
      memberOffer(parameter.name, snippetOf(parameter, operation), 'element', {
        about: { type: 'parameter', name: parameter.name, of: operation ?? '' },
        again: true,
      }),
    );
}

function parametersHere(context: Context): readonly Parameter[] {
  const operation = operationAt(context.cursor.root, context.cursor.path);
  const kind = stepKind(context);
  const known = parametersOf(operation, kind);
  if (kind === 'can' || !isGrant(operation)) return known;
  const names = new Set(known.map(({ name }) => name));
  const more = grantMembersAt('grant').filter(({ name, only }) => only !== 'listed' && !names.has(name));
  return [...known, ...more.map(({ name }) => ({ name, conditionKeys: [] }))];
}

const isGrant = (operation: string | undefined): boolean => /^(kms:)?CreateGrant$/i.test(operation ?? '');

/** A call has all of the parameters, an access check those that decide. */
function stepKind({ cursor }: Context): 'can' | 'call' {
  const step = cursor.root && resolvePath(cursor.root, cursor.path.slice(0, 2))?.node;
  return variantOf(stepShape, step) === 'call' ? 'call' : 'can';
}

function snippetOf({ name, conditionKeys }: Parameter, operation: string | undefined): Snippet {
  const member = isGrant(operation) ? findGrantMember(name, 'grant') : undefined;
  if (member) return grantMemberSnippet(member);
  if (/EncryptionContext$/.test(name)) return '{ "$1": "$2" }';
  if (name === 'Tags') return '[{ "TagKey": "$1", "TagValue": "$2" }]';
  if (name === 'GrantTokens') return '["$1"]';
  if (name === 'DryRun') return '${1:true}';
  const key = conditionKeys[0] === undefined ? undefined : findConditionKey(conditionKeys[0])?.key;
  if (key?.type === 'Bool') return '${1:true}';
  if (key?.type === 'Numeric') return '${1:30}';
  return key?.multivalued ? '["$1"]' : '"$1"';
}
