import { keyArn } from '../../../../simulator/access/request.ts';
import { type ApiMembers, type ApiShape, apiMembers } from '../../../../simulator/facts/api.ts';
import { findOperation } from '../../../../simulator/facts/operations.ts';
import { servicePrincipals } from '../../../../simulator/facts/service-principals.ts';
import { valueOf } from '../../../../simulator/json/node.ts';
import { resolvePath } from '../../../../simulator/json/place.ts';
import type { NameDefinition } from '../../../../simulator/scenario/names.ts';
import type { ScenarioOutline } from '../../../../simulator/scenario/outline.ts';
import { readScenario } from '../../../../simulator/scenario/read.ts';
import { operationOf } from '../../../../simulator/scenario/requests.ts';
import type { NameKind } from '../../../../simulator/scenario/shape.ts';
import { operationAt } from '../../help/scenario/parameter.ts';
import { type Context, takenValues } from '../context.ts';
import { type Offer, once, stringOffer } from '../offer.ts';
import { arnOffers } from '../principals.ts';
import { likelyRegion } from '../surroundings.ts';

/** What the scenario says as far as it can be read around the cursor. */
export function outlineOf({ source, cursor }: Context): ScenarioOutline | undefined {
  const { root } = cursor;
  if (!root || root === source.parsed.root) return source.scenario;
  return readScenario(root);
}

/** What can be named where something of the kind is: names of the file, then what has no name there. */
export function nameOffers(context: Context, kind: NameKind): readonly Offer[] {
  const outline = outlineOf(context);
  const definitions = outline?.names.definitions.filter((each) => each.kind === kind) ?? [];
  const taken = takenValues(context);
  return once(offersOf(context, kind, outline, definitions)).filter(({ label }) => !taken.has(label));
}

function offersOf(
  context: Context,
  kind: NameKind,
  outline: ScenarioOutline | undefined,
  definitions: readonly NameDefinition[],
): readonly Offer[] {
  switch (kind) {
    case 'principal':
      return [
        ...definitions.map((each) => stringOffer(each.name, 'principal', noteOf(outline, each, 'arn'))),
        ...strangers(context),
      ];
    case 'key':
      return keyOffers(context, outline);
    case 'grant':
      return definitions.map((each) => stringOffer(each.name, 'value', noteOf(outline, each, 'key')));
    case 'key-store':
      return definitions.map((each) => stringOffer(each.name, 'value', noteOf(outline, each, 'type')));
    case 'vpc-endpoint':
      return definitions.map((each) => stringOffer(each.name, 'value', noteOf(outline, each, 'policy')));
    case 'saved':
      return [];
  }
}

/**
 * Responses that steps before the one at the cursor save, their members first.
 *
 * @param wanted the members of this type; left out: the responses alone
 */
export function savedOffers(context: Context, wanted?: ApiShape): readonly Offer[] {
  const outline = outlineOf(context);
  const [, here] = context.cursor.path;
  const earlier = (outline?.names.definitions ?? []).filter(
    ({ kind, place }) => kind === 'saved' && typeof here === 'number' && Number(place.path[1]) < here,
  );
  // The later of two under one name counts.
  const saved = new Map(earlier.map(({ name, place }) => [name, Number(place.path[1])]));
  const offers = [...saved].map(([name, index]) => {
    const note = outline?.steps[index]?.title ?? 'a response';
    const step = context.cursor.root && resolvePath(context.cursor.root, ['steps', index])?.node;
    const operation = step?.type === 'object' ? operationOf(step) : undefined;
    const members = wanted && operation !== undefined ? apiMembers(operation, 'response') : undefined;
    const paths = members && wanted ? pathsTo(wanted, members) : [];
    return {
      members: paths.map((path) => stringOffer(`$${name}.${path}`, 'value', { note })),
      whole: stringOffer(`$${name}`, 'value', { note }),
    };
  });
  return once([...offers.flatMap(({ members }) => members), ...offers.map(({ whole }) => whole)]);
}

/** The members of a type, also those within structures. */
function pathsTo(wanted: ApiShape, members: ApiMembers, before = ''): readonly string[] {
  return Object.entries(members).flatMap(([name, { shape }]) => {
    const path = `${before}${name}`;
    if (shape.type === 'structure') return pathsTo(wanted, shape.members, `${path}.`);
    return shape.type === wanted.type ? [path] : [];
  });
}

/** Those who stand for themselves. A grant goes to a service by another member. */
function strangers(context: Context): readonly Offer[] {
  const isInGrant = /Principal$/.test(String(context.cursor.path.at(-1)));
  const region = likelyRegion(context);
  const services = servicePrincipals.map(({ name, service }) =>
    stringOffer(`service:${name.replace('${Region}', region)}`, 'principal', { note: service }),
  );
  return [
    stringOffer('root', 'principal', { note: 'the root user' }),
    {
      label: 'root:…',
      kind: 'principal',
      insert: { type: 'string', text: 'root:${1:444455556666}' },
      note: 'the root user of an account',
    },
    ...arnOffers(context).filter(({ label }) => !label.endsWith(':root')),
    ...(isInGrant ? [] : services),
  ];
}

/** Keys that the operation of the step works with come first; then their aliases and ids. */
function keyOffers(context: Context, outline: ScenarioOutline | undefined): readonly Offer[] {
  const { root, path } = context.cursor;
  const usages = findOperation(operationAt(root, path)?.replace(/^kms:/i, '') ?? '')?.keyUsages;
  const declared = outline?.names.declaredKeys ?? [];
  const primaries = declared.filter(({ description }) => description.multiRegionKeyType !== 'REPLICA');
  const isFit = ({ description }: (typeof declared)[number]): boolean =>
    !usages || usages.some((usage) => usage === description.usage);
  const ordered = [...primaries.filter(isFit), ...primaries.filter((key) => !isFit(key))];
  const replicas = declared.filter(({ description }) => description.multiRegionKeyType === 'REPLICA');
  return [
    ...ordered.map(({ name, description: { spec = '', aliases = [] } }) =>
      stringOffer(name, 'value', { note: spec === 'SYMMETRIC_DEFAULT' ? (aliases[0] ?? 'key') : spec }),
    ),
    ...ordered.flatMap(({ name, description }) =>
      (description.aliases ?? []).map((alias) => stringOffer(alias, 'value', { note: name })),
    ),
    // An id that the file leaves out follows from the name, which says it better.
    ...ordered.flatMap(({ name, entry }) => (entry.id ? [stringOffer(entry.id, 'value', { note: name })] : [])),
    ...[...ordered.filter(({ entry }) => entry.id), ...replicas].map(({ name, description }) =>
      stringOffer(keyArn(description), 'value', { note: name }),
    ),
  ];
}

function noteOf(
  outline: ScenarioOutline | undefined,
  { place }: NameDefinition,
  member: string,
): { readonly note?: string } {
  const node = outline && resolvePath(outline.root, place.path)?.node;
  const value = node?.type === 'object' ? valueOf(node, member) : undefined;
  return value?.type === 'string' ? { note: value.value } : {};
}
