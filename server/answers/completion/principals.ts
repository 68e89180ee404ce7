import { findRegion } from '../../../simulator/facts/regions.ts';
import { servicePrincipals } from '../../../simulator/facts/service-principals.ts';
import { type Context, takenNames, takenValues } from './context.ts';
import { memberOffer, type Offer, once, stringOffer } from './offer.ts';
import { likelyRegion, seenHere, seenUnder } from './surroundings.ts';

/** The types of principals that call KMS: identity providers and S3's canonical users never do. */
const TYPES = ['AWS', 'Service'] as const;

/** Everyone, or an object of one type. */
export function principalElementOffers({ kinds }: Context): readonly Offer[] {
  const objects = TYPES.map(
    (name): Offer => ({
      label: `{ "${name}": … }`,
      kind: 'value',
      insert: { type: 'json', text: `{\n\t"${name}": "$1"\n}` },
      about: { type: 'principal-type', name },
      again: true,
    }),
  );
  const everyone = stringOffer('*', 'value', {
    note: 'everyone',
    about: { type: 'value', name: '*', of: 'Principal' },
  });
  // Only everyone can stand in a resource control policy, and in endpoint policies it mostly does.
  if (kinds.every((kind) => kind === 'rcp')) return [everyone];
  return kinds[0] === 'key-policy' ? [...objects, everyone] : [everyone, ...objects];
}

export function principalTypeOffers(context: Context): readonly Offer[] {
  const taken = takenNames(context);
  return TYPES.filter((name) => !taken.has(name)).map((name) =>
    memberOffer(name, '"$1"', 'element', { about: { type: 'principal-type', name }, again: true }),
  );
}

/** The principals of one type: those seen first, then shapes to fill in. */
export function principalOffers(context: Context, type: string): readonly Offer[] {
  const taken = takenValues(context);
  return offersOf(context, type).filter(({ label }) => !taken.has(label));
}

function offersOf(context: Context, type: string): readonly Offer[] {
  switch (type) {
    case 'AWS':
      return once([...arnOffers(context), stringOffer('*', 'value', { note: 'everyone' })]);
    case 'Service':
      return serviceOffers(context);
    case 'Federated':
      return [shape(context, 'saml-provider', 'Provider'), shape(context, 'oidc-provider', 'example.com')];
    default:
      return [];
  }
}

/** ARNs of principals: those seen, the accounts seen as a whole, and shapes. */
export function arnOffers(context: Context): readonly Offer[] {
  const partition = partitionOf(context);
  const seen = seenHere(context, 'principals');
  const accounts = seenHere(context, 'accounts').map(({ name }) => name);
  const known = context.account && !accounts.includes(context.account) ? [context.account, ...accounts] : accounts;
  return once([
    ...seen.map(({ name, here }) => stringOffer(name, 'principal', here ? {} : { note: 'another document' })),
    ...known.map((account) =>
      stringOffer(`arn:${partition}:iam::${account}:root`, 'principal', { note: 'the account' }),
    ),
    shape(context, 'root'),
    shape(context, 'role', 'Name'),
    shape(context, 'user', 'Name'),
  ]);
}

/** Service principals, their Region filled in. */
export function serviceOffers(context: Context): readonly Offer[] {
  const region = likelyRegion(context);
  const seen = seenUnder(context, 'Service');
  return once([
    ...servicePrincipals.map((fact) =>
      stringOffer(fact.name.replace('${Region}', region), 'principal', {
        note: fact.service,
        about: { type: 'service-principal', name: fact.name },
      }),
    ),
    ...seen.map(({ name }) => stringOffer(name, 'principal')),
  ]);
}

function shape(context: Context, type: string, name?: string): Offer {
  const [account] = seenHere(context, 'accounts').map((each) => each.name);
  const id = context.account || account || '111122223333';
  const start = `arn:${partitionOf(context)}:iam::`;
  return {
    label: `${start}…:${type}${name ? '/…' : ''}`,
    kind: 'principal',
    insert: { type: 'string', text: `${start}\${1:${id}}:${type}${name ? `/\${2:${name}}` : ''}` },
    note: 'to fill in',
  };
}

export function partitionOf(context: Context): string {
  return findRegion(likelyRegion(context))?.partition.name ?? 'aws';
}
