import { DEEPEST_REQUEST } from '../facts/operations.ts';
import { countingMembers, type JsonMember, type JsonNode, type JsonObject, memberOf } from '../json/node.ts';
import type { Path, Place } from '../json/place.ts';
import { nearest } from '../text/nearest.ts';
import {
  givenTwice,
  notABoolean,
  notAList,
  notANumber,
  notAnObject,
  notAText,
  oneOf,
  unknownMember,
} from '../text/phrases.ts';
import { requestSecret } from './format/texts.ts';
import type { FileUse, PolicyUse, ScenarioProblem } from './outline.ts';
import type {
  EitherShape,
  MapShape,
  NameKind,
  NumberShape,
  ObjectShape,
  ParametersShape,
  PolicyShape,
  Shape,
  TextFormat,
  TextShape,
  VariantsShape,
} from './shape.ts';

/** What was found on the way through a file. */
export interface Walk {
  readonly problems: ScenarioProblem[];
  readonly policies: PolicyUse[];
  readonly files: FileUse[];
  readonly definitions: { kind: NameKind; name: string; place: Place }[];
  readonly uses: { kind: NameKind; text: string; place: Place; mustExist: boolean }[];
  /** Not every problem is listed. */
  readonly isFull: boolean;
}

/** Compares a tree with a shape: everything that does not fit is a problem, and the rest is read all the same. */
export function walk(root: JsonNode, shape: ObjectShape): Walk {
  const walker = new Walker();
  walker.value(root, [], shape, 'a scenario');
  return walker;
}

class Walker implements Walk {
  readonly problems: ScenarioProblem[] = [];
  readonly policies: PolicyUse[] = [];
  readonly files: FileUse[] = [];
  readonly definitions: Walk['definitions'] = [];
  readonly uses: Walk['uses'] = [];

  /** What is wrong further down is rarely worth reading, so that there may be more. */
  get isFull(): boolean {
    return MAX_PROBLEMS <= this.problems.length;
  }

  /** @param what what messages call it: `` `account` `` */
  value(node: JsonNode, path: Path, shape: Shape, what: string): void {
    switch (shape.type) {
      case 'text':
        return this.text(node, path, shape, what);
      case 'number':
        return this.number(node, path, shape, what);
      case 'boolean':
        return node.type === 'boolean' ? undefined : this.report({ path }, notABoolean(what));
      case 'null':
        return node.type === 'null' ? undefined : this.report({ path }, `${what} is \`null\``);
      case 'list':
        if (node.type !== 'array') return this.report({ path }, notAList(what));
        for (const [index, element] of node.elements.entries())
          this.value(
            element,
            [...path, index],
            shape.of,
            shape.of.type === 'variants' ? shape.of.what : `each of ${what}`,
          );
        return;
      case 'map':
        return this.map(node, path, shape, what);
      case 'object':
        return this.object(node, path, shape);
      case 'variants':
        return this.variants(node, path, shape);
      case 'policy':
        return this.policy(node, path, shape, what);
      case 'name':
        if (node.type !== 'string') return this.report({ path }, notAText(what));
        if (shape.orSaved !== undefined && this.saved(node.value, path, shape.orSaved)) return;
        this.uses.push({ kind: shape.of, text: node.value, place: { path }, mustExist: true });
        return;
      case 'parameters':
        return this.parameters(node, path, shape, what);
      case 'either':
        return this.either(node, path, shape, what);
    }
  }

  private report(place: Place, message: string, more: Partial<ScenarioProblem> = {}): void {
    if (!this.isFull) this.problems.push({ place, message, kind: 'malformed', ...more });
  }

  /** What is only so if an object could be read whole. */
  private lacks(object: JsonObject, place: Place, message: string, more: Partial<ScenarioProblem> = {}): void {
    this.report(place, message, { ...more, ifWhole: [object] });
  }

  private text(node: JsonNode, path: Path, shape: TextShape, what: string): void {
    const { choices, open, format, mayBeFile, defines } = shape;
    if (node.type !== 'string') return this.report({ path }, notAText(what));
    const { value } = node;
    if (choices && !open && !choices.includes(value))
      return this.report(
        { path },
        `\`${value}\` is no value of ${what.replace(/^each of /, '')}: ${oneOf(choices, value, LISTED)}`,
        meant(value, choices),
      );
    if (format) this.format(value, { path }, format);
    const file = mayBeFile ? fileOf(value) : undefined;
    if (file) this.files.push({ path, file });
    if (defines) this.definitions.push({ kind: defines, name: value, place: { path } });
  }

  private format(value: string, place: Place, format: TextFormat): void {
    const { pattern, accepts, otherwise, secret, confidential } = format;
    if (pattern.test(value) && (accepts?.(value) ?? true)) return;
    if (secret) this.report(place, otherwise, { kind: 'real-credentials' });
    else this.report(place, `${confidential ? 'this' : `\`${value}\``} ${otherwise}`);
  }

  private number(node: JsonNode, path: Path, { least, most, whole }: NumberShape, what: string): void {
    if (node.type !== 'number') return this.report({ path }, notANumber(what));
    if (!Number.isFinite(node.value) || (whole && !Number.isInteger(node.value)))
      return this.report({ path }, `${what} is a ${whole ? 'whole ' : ''}number: \`${node.text}\` is none, so mend it`);
    if (node.value < least || (most !== undefined && most < node.value))
      this.report(
        { path },
        `${what} is ${most === undefined ? `at least ${least}` : `from ${least} to ${most}`}: mend it`,
      );
  }

  private map(node: JsonNode, path: Path, { of, names, known, defines }: MapShape, what: string): void {
    if (node.type !== 'object') return this.report({ path }, notAnObject(what));
    for (const { key, value } of this.members(node, path)) {
      const name = key.value;
      const place: Place = { path: [...path, name], part: 'key' };
      if (names) this.format(name, place, names);
      if (known && !known.includes(name))
        this.report(place, unknownMember(name, what, known, LISTED), meant(name, known));
      if (defines) this.definitions.push({ kind: defines, name, place });
      if (value) this.value(value, [...path, name], of, `\`${name}\``);
      else this.lacks(node, place, `\`${name}\` has no value: add one`);
    }
  }

  private object(node: JsonNode, path: Path, { what, members }: ObjectShape): void {
    if (node.type !== 'object') return this.report({ path }, notAnObject(what));
    for (const { key, value } of this.members(node, path)) {
      const name = key.value;
      const known = Object.hasOwn(members, name) ? members[name] : undefined;
      const place: Place = { path: [...path, name], part: 'key' };
      if (!known) {
        const names = Object.keys(members);
        if (!this.isFull) this.lacks(node, place, unknownMember(name, what, names, LISTED), meant(name, names));
      } else if (value) this.value(value, [...path, name], known.shape, `\`${name}\``);
      else this.lacks(node, place, `\`${name}\` has no value: add one`);
    }
    for (const [name, { required }] of Object.entries(members))
      if (required && !memberOf(node, name)) this.lacks(node, { path }, `${what} has a \`${name}\`: add it`);
  }

  private variants(node: JsonNode, path: Path, shape: VariantsShape): void {
    if (node.type !== 'object') return this.report({ path }, notAnObject(shape.what));
    const [first, second] = Object.keys(shape.variants).filter((kind) => memberOf(node, kind));
    const variant = first === undefined || second !== undefined ? undefined : shape.variants[first];
    if (variant) return this.object(node, path, variant);
    const { place, message, isMissing, ...more } = noVariant(node, path, shape, first, second);
    if (isMissing) this.lacks(node, place, message);
    else this.report(place, message, more);
    this.usesAnyway(node, path, shape);
  }

  /** What is named in an object of no kind is named all the same: who gives it another name means all places. */
  private usesAnyway(node: JsonObject, path: Path, { variants }: VariantsShape): void {
    const members = Object.fromEntries(Object.values(variants).flatMap((variant) => Object.entries(variant.members)));
    const walker = new Walker();
    walker.object(node, path, { type: 'object', what: '', members });
    for (const use of walker.uses) this.uses.push({ ...use, mustExist: false });
    for (const definition of walker.definitions) this.definitions.push(definition);
  }

  private policy(node: JsonNode, path: Path, { kind }: PolicyShape, what: string): void {
    if (node.type === 'object') {
      this.policies.push({ kind, path, file: undefined, inline: node });
      return;
    }
    if (node.type !== 'string' || node.value === '')
      return this.report({ path }, `${what} is a policy: write its path in double quotes, or the policy itself`);
    this.policies.push({ kind, path, file: node.value, inline: undefined });
  }

  private either(node: JsonNode, path: Path, { of, what: kind }: EitherShape, what: string): void {
    const shape = of.find((each) => jsonTypeOf(each) === node.type);
    if (shape) return this.value(node, path, shape, what);
    const types = of.map((each) => typeInWords[each.type] ?? each.type);
    this.report({ path }, `${what} is ${kind}: write ${types.join(' or ')}`);
  }

  /** Iterative, since what stands here is not ours and may be nested as deep as somebody likes; bounded, since each level has a path. */
  private parameters(root: JsonNode, base: Path, { bytes }: ParametersShape, what: string): void {
    if (root.type !== 'object') return this.report({ path: base }, notAnObject(what));
    const open: [JsonNode, Path][] = [[root, base]];
    for (let next = open.pop(); next; next = open.pop()) {
      const [node, path] = next;
      if (DEEPEST_REQUEST < path.length - base.length)
        this.report({ path }, `${what} is nested more deeply than any request: take this out`);
      else if (node.type === 'array')
        for (const [index, element] of node.elements.entries()) open.push([element, [...path, index]]);
      else if (node.type === 'object') {
        const wrapped = path.length === base.length + 1 && bytes?.names.has(String(path.at(-1))) && bytes.wrapped;
        if (wrapped) this.object(node, path, wrapped);
        for (const { key, value } of wrapped ? countingMembers(node) : this.members(node, path)) {
          if (value) open.push([value, [...path, key.value]]);
          else if (wrapped) continue;
          else this.lacks(node, { path: [...path, key.value], part: 'key' }, `\`${key.value}\` has no value: add one`);
        }
      } else if (node.type === 'string') this.parameter(node.value, path, base, bytes?.names);
    }
  }

  private parameter(text: string, path: Path, base: Path, byteNames: ReadonlySet<string> | undefined): void {
    if (this.saved(text, path)) return;
    if (SECRETS.has(String(path.at(-1)))) return this.format(text, { path }, requestSecret);
    const [name = '', ...inner] = path.slice(base.length).map(String);
    const file = fileOf(text);
    if (file !== undefined && byteNames?.has(name) && (inner.length === 0 || inner.join() === 'wrap')) {
      this.files.push({ path, file });
      return;
    }
    const isNamed = name === GRANT_TOKENS ? inner.length === 1 : inner.length === 0;
    const kind = isNamed && Object.hasOwn(namedParameters, name) ? namedParameters[name] : undefined;
    // A call may well name what is not there, to see what KMS answers.
    if (kind) this.uses.push({ kind, text, place: { path }, mustExist: false });
  }

  /** Whether a text stands for a part of a saved response. */
  private saved(text: string, path: Path, member?: string): boolean {
    const saved = /^\$([A-Za-z_]\w*)/.exec(text)?.[1];
    if (saved === undefined) return false;
    const whole = `$${saved}.${member}`;
    if (member !== undefined && text !== whole)
      this.report({ path }, `\`${text}\` is no \`${member}\` of a response: did you mean \`${whole}\`?`, {
        kind: 'undefined-name',
        meant: whole,
      });
    const span = { start: 1, end: 1 + saved.length };
    this.uses.push({ kind: 'saved', text: saved, place: { path, span }, mustExist: true });
    return true;
  }

  private members(node: JsonObject, path: Path): readonly JsonMember[] {
    const counting = countingMembers(node);
    if (counting.length < node.members.length) {
      const kept = new Set(counting);
      const occurrences = new Map<string, number>();
      for (const each of node.members) {
        const name = each.key.value;
        const occurrence = occurrences.get(name) ?? 0;
        occurrences.set(name, occurrence + 1);
        if (!kept.has(each))
          this.report({ path: [...path, name], part: 'key', occurrence }, givenTwice(name), {
            kind: 'repeated-member',
          });
      }
    }
    return counting;
  }
}

/** What is wrong with an object that is of no kind, or of two. */
function noVariant(
  { members }: JsonObject,
  path: Path,
  { what, variants }: VariantsShape,
  first: string | undefined,
  second: string | undefined,
): { readonly place: Place; readonly message: string; readonly meant?: string; readonly isMissing?: true } {
  if (second !== undefined)
    return {
      place: { path: [...path, second], part: 'key' },
      message: `${what} does one thing, and this has \`${first}\` and \`${second}\`: make two of it`,
    };
  const kinds = Object.keys(variants);
  const written = members.find(({ key }) => oneOf(kinds, key.value).startsWith('did you mean'))?.key.value;
  if (written !== undefined)
    return {
      place: { path: [...path, written], part: 'key' },
      message: unknownMember(written, what, kinds),
      ...meant(written, kinds),
    };
  const all = kinds.map((kind) => `\`${kind}\``).join(', ');
  return { place: { path }, message: `${what} says what it does: add one of ${all}`, isMissing: true };
}

/** The name or value that was probably meant. */
function meant(written: string, names: readonly string[]): Pick<ScenarioProblem, 'meant'> {
  const name = nearest(written, names);
  return name === undefined ? {} : { meant: name };
}

const MAX_PROBLEMS = 1000;

const LISTED = 'completion lists them all';

/** Parameters of the API whose values may be names of the file. */
export const namedParameters: Readonly<Record<string, NameKind>> = {
  KeyId: 'key',
  SourceKeyId: 'key',
  DestinationKeyId: 'key',
  TargetKeyId: 'key',
  GranteePrincipal: 'principal',
  RetiringPrincipal: 'principal',
  GrantTokens: 'grant',
  GrantToken: 'grant',
  GrantId: 'grant',
  CustomKeyStoreId: 'key-store',
};

/** Parameters of the API that are secret, wherever in the request they stand. */
const SECRETS: ReadonlySet<string> = new Set(['KeyStorePassword', 'RawSecretAccessKey']);

/** A list, unlike the others. */
const GRANT_TOKENS = 'GrantTokens';

/** The path of `file:path`. */
export function fileOf(text: string): string | undefined {
  return text.startsWith('file:') ? text.slice('file:'.length) : undefined;
}

const typeInWords: Readonly<Partial<Record<Shape['type'], string>>> = {
  text: 'a text',
  list: 'a list of texts',
  object: 'an object',
  null: '`null`',
};

/** The kind of JSON value that a shape is written as; a policy may be a text besides. */
export function jsonTypeOf(shape: Shape): JsonNode['type'] {
  switch (shape.type) {
    case 'text':
    case 'name':
      return 'string';
    case 'list':
      return 'array';
    case 'number':
    case 'boolean':
    case 'null':
      return shape.type;
    default:
      return 'object';
  }
}
