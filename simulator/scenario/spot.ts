import { type JsonMember, type JsonNode, memberOf } from '../json/node.ts';
import type { Path } from '../json/place.ts';
import { scenarioShape } from './format/scenario.ts';
import type { Member, ObjectShape, Shape } from './shape.ts';
import { jsonTypeOf } from './walk.ts';

/** What the tables say of a place of a scenario, be its text as broken as it may. */
export interface Spot {
  /** What may stand there; several where what is written so far leaves it open. */
  readonly shapes: readonly Shape[];
  /** The rows of the innermost member of ours that the way leads through, beside `shapes`. */
  readonly rows: readonly Row[];
  /** The way on from there, within a policy or request parameters, which have other tables. */
  readonly below: Path;
}

/** One member of a kind of object. */
export interface Row {
  readonly name: string;
  readonly member: Member;
  readonly of: ObjectShape;
  /** Names the row: `rowOf` finds it. */
  readonly id: string;
}

interface At {
  readonly shape: Shape;
  readonly row: Row | undefined;
  /** The way through the tables. */
  readonly trail: string;
}

/**
 * What belongs at a path of a scenario; undefined where nothing of it can stand.
 *
 * @param writing a member that does not count, since its name is being written
 */
export function spotAt(root: JsonNode | undefined, path: Path, writing?: JsonMember): Spot | undefined {
  const { at, below } = follow(root, path, writing);
  if (at.length === 0) return undefined;
  return { shapes: at.map(({ shape }) => shape), rows: at.flatMap(({ row }) => row ?? []), below };
}

/** The members that an object at a path may have, each once; of a step without a kind those of every kind. */
export function membersAt(root: JsonNode | undefined, path: Path, writing?: JsonMember): readonly Row[] {
  const followed = follow(root, path, writing);
  const { node } = followed;
  const [name, ...inner] = followed.below;
  if (inner.length > 0) return [];
  const at = name === undefined ? followed.at : followed.at.flatMap((each) => wrappedIn(each, name));
  const rows = at
    .flatMap((each) => alternatives(each, node, writing))
    .flatMap((each) =>
      each.shape.type === 'object' ? Object.keys(each.shape.members).map((name) => into(each, name)) : [],
    )
    .flatMap(([found]) => found?.row ?? []);
  return [...new Map(rows.map((row) => [row.name, row])).values()];
}

interface Followed {
  readonly at: readonly At[];
  readonly node: JsonNode | undefined;
  readonly below: Path;
}

function follow(root: JsonNode | undefined, path: Path, writing: JsonMember | undefined): Followed {
  let at: readonly At[] = [{ shape: scenarioShape, row: undefined, trail: '' }];
  let node = root;
  for (const [depth, step] of path.entries()) {
    const open = at.flatMap((each) => alternatives(each, node, writing));
    const foreign = open.filter(({ shape }) => shape.type === 'policy' || shape.type === 'parameters');
    if (foreign.length > 0 && typeof step === 'string') {
      const wrapped = depth + 1 < path.length ? foreign.flatMap((each) => wrappedIn(each, step)) : [];
      if (wrapped.length === 0) return { at: foreign, node, below: path.slice(depth) };
      at = wrapped;
      node = childOf(node, step);
      continue;
    }
    at = open.flatMap((each) => into(each, step));
    if (at.length === 0) break;
    node = childOf(node, step);
  }
  return { at, node, below: [] };
}

/** The shapes of which one is meant, as far as the value that stands there tells. */
export function openShapes(shape: Shape, node: JsonNode | undefined, writing?: JsonMember): readonly Shape[] {
  return alternatives({ shape, row: undefined, trail: '' }, node, writing).map((each) => each.shape);
}

/** The kind that a step is of by the members that it has. */
export function variantOf(
  { variants }: Extract<Shape, { type: 'variants' }>,
  node: JsonNode | undefined,
  writing?: JsonMember,
): string | undefined {
  if (node?.type !== 'object') return undefined;
  return Object.keys(variants).find((kind) => {
    const member = memberOf(node, kind);
    return member !== undefined && member !== writing;
  });
}

let index: ReadonlyMap<string, Row> | undefined;

/** A row by its `id`. */
export function rowOf(id: string): Row | undefined {
  index ??= new Map(rowsBelow({ shape: scenarioShape, row: undefined, trail: '' }));
  return index.get(id);
}

/** What a shape with several forms comes to for a value: each of them where there is none yet. */
function alternatives(at: At, node: JsonNode | undefined, writing?: JsonMember): readonly At[] {
  const { shape } = at;
  if (shape.type === 'either') {
    const fitting = shape.of.filter((each) => jsonTypeOf(each) === node?.type);
    return (fitting.length > 0 ? fitting : shape.of).flatMap((each) =>
      alternatives({ ...at, shape: each }, node, writing),
    );
  }
  if (shape.type !== 'variants') return [at];
  const kind = variantOf(shape, node, writing);
  return variantsOf(at, shape).filter((each) => kind === undefined || each.trail.endsWith(`?${kind}`));
}

const variantsOf = (at: At, { variants }: Extract<Shape, { type: 'variants' }>): readonly At[] =>
  Object.entries(variants).map(([kind, shape]) => ({ ...at, shape, trail: `${at.trail}?${kind}` }));

function into({ shape, row, trail }: At, step: string | number): readonly At[] {
  if (shape.type === 'list') return typeof step === 'number' ? [{ shape: shape.of, row, trail: `${trail}/*` }] : [];
  if (typeof step === 'number') return [];
  if (shape.type === 'map') return [{ shape: shape.of, row, trail: `${trail}/*` }];
  if (shape.type !== 'object' || !Object.hasOwn(shape.members, step)) return [];
  const member = shape.members[step];
  const id = `${trail}/${step}`;
  return member ? [{ shape: member.shape, row: { name: step, member, of: shape, id }, trail: id }] : [];
}

/** The object that may stand for the bytes of a parameter. */
function wrappedIn({ shape, row, trail }: At, step: string | number): readonly At[] {
  if (shape.type !== 'parameters' || typeof step !== 'string' || !shape.bytes?.names.has(step)) return [];
  return [{ shape: shape.bytes.wrapped, row, trail: `${trail}/*` }];
}

function childOf(node: JsonNode | undefined, step: string | number): JsonNode | undefined {
  if (node?.type === 'array') return typeof step === 'number' ? node.elements[step] : undefined;
  return node?.type === 'object' && typeof step === 'string' ? memberOf(node, step)?.value : undefined;
}

function rowsBelow(at: At): [string, Row][] {
  const { shape } = at;
  switch (shape.type) {
    case 'either':
      return shape.of.flatMap((each) => rowsBelow({ ...at, shape: each }));
    case 'variants':
      return variantsOf(at, shape).flatMap(rowsBelow);
    case 'list':
      return into(at, 0).flatMap(rowsBelow);
    case 'map':
      return into(at, '').flatMap(rowsBelow);
    case 'parameters':
      return shape.bytes ? rowsBelow({ ...at, shape: shape.bytes.wrapped, trail: `${at.trail}/*` }) : [];
    case 'object':
      return Object.keys(shape.members)
        .flatMap((name) => into(at, name))
        .flatMap((each) => [...(each.row ? ([[each.row.id, each.row]] as [string, Row][]) : []), ...rowsBelow(each)]);
    default:
      return [];
  }
}
