import { findConditionKey } from '../../../simulator/facts/condition-keys.ts';
import { findPartition } from '../../../simulator/facts/regions.ts';
import { serviceContextKeys } from '../../../simulator/facts/service-contexts.ts';
import { type ViaService, viaServices } from '../../../simulator/facts/via-services.ts';
import { parseOperator } from '../../../simulator/policy/syntax/operator.ts';
import { type Context, takenValues } from './context.ts';
import { type Offer, once, stringOffer } from './offer.ts';
import { arnOffers, partitionOf, serviceOffers } from './principals.ts';
import { likelyRegion, seenHere, seenUnder } from './surroundings.ts';

/** The values that a condition key can have, and those that it is compared with elsewhere. */
export function conditionValueOffers(context: Context, operatorText: string, key: string): readonly Offer[] {
  const { family, base } = parseOperator(operatorText);
  const taken = takenValues(context);
  const fact = findConditionKey(key)?.key;
  if (family === 'Null' || family === 'Bool' || fact?.type === 'Bool')
    return ['true', 'false'].map((text) => stringOffer(text, 'value'));
  const patterns = base === 'StringLike' || base === 'StringNotLike';
  const known = (fact?.values ?? []).map((value) =>
    stringOffer(value, 'value', { about: { type: 'value', name: value, of: fact?.name ?? key } }),
  );
  const lower = key.toLowerCase();
  const seen = seenUnder(context, key).map(({ name, here }) =>
    stringOffer(name, 'value', here ? {} : { note: 'another document' }),
  );
  return once([...known, ...particular(context, lower, patterns), ...seen]).filter(({ label }) => !taken.has(label));
}

/** What keys without a fixed list of values hold. */
function particular(context: Context, key: string, patterns: boolean): readonly Offer[] {
  switch (key) {
    case 'kms:viaservice':
      return viaOffers(context, patterns);
    case 'kms:encryptioncontextkeys':
      return serviceContextKeys.map(({ key: name, serviceName }) =>
        stringOffer(name, 'value', { note: serviceName, about: { type: 'context-key', name } }),
      );
    case 'kms:calleraccount':
    case 'aws:principalaccount':
    case 'aws:sourceaccount':
    case 'aws:resourceaccount':
    case 'aws:vpceaccount':
      return accountOffers(context);
    case 'aws:principalarn':
    case 'kms:granteeprincipal':
    case 'kms:retiringprincipal':
      return arnOffers(context);
    case 'aws:principalservicename':
    case 'aws:principalservicenameslist':
    case 'aws:calledvia':
    case 'aws:calledviafirst':
    case 'aws:calledvialast':
    case 'kms:granteeserviceprincipal':
    case 'kms:retiringserviceprincipal':
      return serviceOffers(context);
    case 'aws:requestedregion':
    case 'kms:primaryregion':
    case 'kms:replicaregion':
      return regionOffers(context);
    default:
      return [];
  }
}

/** Services people mostly mean, then all of them, in the Region of the document; where wildcards work, also in every Region. */
function viaOffers(context: Context, patterns: boolean): readonly Offer[] {
  const inRegion = (region: string): readonly Offer[] =>
    servicesInOrder.map(({ service, name }) =>
      stringOffer(`${service}.${region}.amazonaws.com`, 'value', {
        note: name.replaceAll('`', ''),
        about: { type: 'value', name: service, of: 'kms:ViaService' },
      }),
    );
  return once([...inRegion(likelyRegion(context)), ...(patterns ? inRegion('*') : [])]);
}

const USUAL_SERVICES = ['s3', 'ec2', 'rds', 'dynamodb', 'secretsmanager', 'ssm', 'lambda', 'sqs', 'sns'];

/** Every service that calls for its callers, those first that people mostly mean. */
export const servicesInOrder: readonly ViaService[] = [
  ...USUAL_SERVICES.flatMap((name) => viaServices.filter(({ service }) => service === name)),
  ...viaServices.filter(({ service }) => !USUAL_SERVICES.includes(service)),
];

export function accountOffers(context: Context): readonly Offer[] {
  const own = context.account ? [stringOffer(context.account, 'value', { note: 'the account of the settings' })] : [];
  const seen = seenHere(context, 'accounts').map(({ name, here }) =>
    stringOffer(name, 'value', here ? {} : { note: 'another document' }),
  );
  return once([...own, ...seen]);
}

function regionOffers(context: Context): readonly Offer[] {
  const first = likelyRegion(context);
  const regions = findPartition(partitionOf(context))?.regions ?? [];
  return [...regions]
    .sort((a, b) => Number(b.name === first) - Number(a.name === first))
    .map(({ name, place }) => stringOffer(name, 'value', { note: place }));
}
