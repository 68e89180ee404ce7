import { findGrantMember } from '../../../../simulator/facts/grant-members.ts';
import { findServiceOperation, type ServiceOperation } from '../../../../simulator/facts/service-operations.ts';
import { serviceMembers } from '../../../../simulator/scenario/format/services.ts';
import type { Shape, VariantsShape } from '../../../../simulator/scenario/shape.ts';
import { membersAt, type Row, spotAt, variantOf } from '../../../../simulator/scenario/spot.ts';
import { askedAt } from '../../help/scenario/parameter.ts';
import { type Context, takenNames } from '../context.ts';
import { memberOffer, type Offer } from '../offer.ts';
import type { Snippet } from '../snippet.ts';
import { tableOf } from './api.ts';
import { requestSkeleton } from './api-skeleton.ts';
import { skeletonOf } from './skeleton.ts';

/** The members that the object at the cursor does not have yet, those that it must have first. */
export function memberOffers(context: Context): readonly Offer[] {
  const { cursor } = context;
  const taken = takenNames(context);
  const rows = membersAt(cursor.root, cursor.path, cursor.member).filter(({ name }) => fits(context, name));
  return inOrder(context, rows)
    .filter(({ name }) => !taken.has(name) && !instead(name).some((other) => taken.has(other)))
    .map((row) => offerOf(context, row));
}

/** Of the members of services those of what the step asks for, once that is written. */
function fits({ cursor }: Context, name: string): boolean {
  if (cursor.path.length !== 2 || !Object.hasOwn(serviceMembers, name)) return true;
  const row = askedRow(cursor);
  return !row || [...row.needs, ...row.takes].some((member) => member === name);
}

function askedRow({ root, path }: Context['cursor']): ServiceOperation | undefined {
  const { service = '', operation = '' } = askedAt(root, path);
  return findServiceOperation(service, operation);
}

const offerOf = (context: Context, { name, member, id }: Row): Offer =>
  memberOffer(name, parametersSkeleton(context, member.shape) ?? skeletonOf(member.shape), 'element', {
    about: { type: 'scenario-member', name: id },
    again: true,
  });

/** A request with what its operation needs. */
export function parametersSkeleton(context: Context, shape: Shape): Snippet | undefined {
  const { members } = shape.type === 'parameters' && shape.of === 'request' ? tableOf(context, 'request') : {};
  return members && requestSkeleton(members);
}

/** A grant has one grantee; nobody writes the other one by intent. */
function instead(name: string): readonly string[] {
  return (findGrantMember(name, 'grant') ?? findGrantMember(name, 'constraints'))?.instead ?? [];
}

function inOrder({ cursor }: Context, rows: readonly Row[]): readonly Row[] {
  const variants = spotAt(cursor.root, cursor.path, cursor.member)?.shapes.find((shape) => shape.type === 'variants');
  if (variants && variantOf(variants, cursor.container, cursor.member) === undefined)
    return firstOfKind(variants, rows);
  // `$schema` is for editors that do not know the file.
  const needed: readonly string[] = askedRow(cursor)?.needs ?? [];
  const rank = ({ name, member }: Row): number =>
    member.required || needed.includes(name) ? 0 : name.startsWith('$') ? 2 : 1;
  return [...rows].sort((a, b) => rank(a) - rank(b));
}

/** Of what has no kind yet the members that give it one, and those that most kinds have. */
function firstOfKind({ variants }: VariantsShape, rows: readonly Row[]): readonly Row[] {
  const kinds = Object.keys(variants);
  const shapes = Object.values(variants);
  const shared = rows.filter(
    ({ name }) =>
      !kinds.includes(name) && shapes.length / 2 < shapes.filter(({ members }) => Object.hasOwn(members, name)).length,
  );
  return [...kinds.flatMap((kind) => rows.find(({ name }) => name === kind) ?? []), ...shared];
}
