import {
  type ApiMembers,
  type ApiPart,
  type ApiShape,
  apiMemberAt,
  apiMembers,
} from '../../../../simulator/facts/api.ts';
import { findGrantMember } from '../../../../simulator/facts/grant-members.ts';
import { partitions } from '../../../../simulator/facts/regions.ts';
import type { Path } from '../../../../simulator/json/place.ts';
import { namedParameters } from '../../../../simulator/scenario/walk.ts';
import { operationAt } from '../../help/scenario/parameter.ts';
import { type Context, contextWithin, takenNames, takenValues } from '../context.ts';
import { documentOffers } from '../documents.ts';
import { grantOperationOffers } from '../grants.ts';
import { memberOffer, type Offer, stringOffer } from '../offer.ts';
import { apiSkeleton } from './api-skeleton.ts';
import { nameOffers, outlineOf, savedOffers } from './names.ts';
import { pairOffers, pairValueOffers } from './pairs.ts';

/** Offers from the tables of requests and responses; undefined where the step's operation has none. */
export function apiNameOffers(context: Context, part: ApiPart, below: Path): readonly Offer[] | undefined {
  const { members, operation } = tableOf(context, part);
  if (!members) return undefined;
  const shape = below.length === 0 ? undefined : apiMemberAt(members, below)?.shape;
  if (shape?.type === 'pairs') return pairOffers(context);
  const here = below.length === 0 ? members : shape?.type === 'structure' ? shape.members : undefined;
  const taken = takenNames(context);
  const level = below.length === 0 ? 'grant' : 'constraints';
  const isRuledOut = (name: string): boolean =>
    operation === 'CreateGrant' && (findGrantMember(name, level)?.instead ?? []).some((other) => taken.has(other));
  const rows = Object.entries(here ?? {}).filter(([name]) => !taken.has(name) && !isRuledOut(name));
  const inOrder = [...rows.filter(([, { required }]) => required), ...rows.filter(([, { required }]) => !required)];
  return inOrder.map(([name, member]) =>
    memberOffer(name, apiSkeleton(member.shape, name), 'element', {
      ...(member.required ? { note: 'needed' } : {}),
      about: { type: 'parameter', name, of: operation, part },
      again: true,
    }),
  );
}

export function apiValueOffers(context: Context, part: ApiPart, below: Path): readonly Offer[] | undefined {
  const { members } = tableOf(context, part);
  if (!members) return undefined;
  const shape = apiMemberAt(members, below)?.shape;
  if (!shape) return [];
  const name = String(below.findLast((step) => typeof step === 'string'));
  const parent = apiMemberAt(members, below.slice(0, -1))?.shape;
  const isPair = parent?.type === 'pairs';
  const own = isPair ? pairValueOffers(context, name) : valuesOf(context, part, below, name, shape);
  const taken = takenValues(context);
  // Who names a value, or one of a few, rarely means a part of a response.
  const isOpen = !isPair && !(shape.type === 'text' && shape.choices);
  const saved = savedOffers(context, isOpen ? shape : undefined);
  const same = saved.filter(({ label }) => label.endsWith(`.${name.replace(/Tokens$/, 'Token')}`));
  // Ciphertexts and signatures are nothing that a person writes.
  const first = shape.type === 'bytes' ? [...same, ...own] : [...own, ...same];
  return [...first, ...saved].filter(({ label }) => !taken.has(label));
}

/** The members of the request or the response of the operation that the step around the cursor calls. */
export function tableOf(
  { cursor }: Context,
  part: ApiPart,
): { readonly operation: string; readonly members: ApiMembers | undefined } {
  const operation = operationAt(cursor.root, cursor.path) ?? '';
  return { operation, members: apiMembers(operation, part) };
}

function valuesOf(context: Context, part: ApiPart, below: Path, name: string, shape: ApiShape): readonly Offer[] {
  switch (shape.type) {
    case 'text': {
      const kind = Object.hasOwn(namedParameters, name) ? namedParameters[name] : undefined;
      if (kind && below.filter((step) => typeof step === 'string').length === 1) return nameOffers(context, kind);
      if (name === 'Operations' && part === 'request') return grantOperationOffers(context);
      if (name === 'AliasName') return aliasOffers(context);
      if (name === 'ReplicaRegion' || name === 'PrimaryRegion') return regionOffers;
      if (name === 'Policy' && part === 'request')
        return documentOffers(contextWithin(context, { ...context.cursor, root: undefined, path: [] }, ['key-policy']));
      return (shape.choices ?? []).map((text) =>
        stringOffer(text, 'value', { about: { type: 'scenario-value', name: text, of: 'key-value' } }),
      );
    }
    case 'bytes':
      return BYTES.map(([form, example, note]) => ({
        label: `${form}…`,
        kind: 'value',
        insert: { type: 'string', text: `${form}\${1:${example}}` },
        note,
      }));
    case 'boolean':
      return ['true', 'false'].map(jsonOffer);
    case 'number':
      return [shape.least, shape.most].filter((each) => each !== undefined).map((each) => jsonOffer(String(each)));
    case 'time':
      return [stringOffer('2026-01-15T09:00:00Z', 'value', { note: 'an example' })];
    case 'pairs':
    case 'structure':
    case 'list':
      return [
        {
          label: shape.type === 'list' ? '[ … ]' : '{ … }',
          kind: 'whole',
          insert: { type: 'json', text: apiSkeleton(shape, name) },
          again: true,
        },
      ];
  }
}

const regionOffers: readonly Offer[] = partitions.flatMap(({ regions }) =>
  regions.map((region) => stringOffer(region.name, 'value', { note: region.place })),
);

/** How bytes are written. */
const BYTES: readonly (readonly [form: string, example: string, note: string])[] = [
  ['text:', 'hello', 'bytes of a text'],
  ['base64:', 'aGVsbG8=', 'bytes in base64'],
  ['hex:', '68656c6c6f', 'bytes in hexadecimal'],
  ['file:', 'message.bin', 'the bytes of a file'],
];

const jsonOffer = (text: string): Offer => ({ label: text, kind: 'value', insert: { type: 'json', text } });

export function aliasOffers(context: Context): readonly Offer[] {
  const keys = outlineOf(context)?.names.declaredKeys ?? [];
  return keys.flatMap(({ name, description: { aliases = [] } }) =>
    aliases.map((alias) => stringOffer(alias, 'value', { note: name })),
  );
}
