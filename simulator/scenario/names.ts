import { parseCaller } from '../access/caller.ts';
import { aliasArn, keyArn } from '../access/request.ts';
import type { Place } from '../json/place.ts';
import { nearest } from '../text/nearest.ts';
import type { KeyEntry } from './file.ts';
import { type DeclaredKey, type KeyDefaults, keysOf } from './keys.ts';
import type { ScenarioProblem } from './outline.ts';
import type { NameKind } from './shape.ts';

/** Something that the file gives a name. */
export interface NameDefinition {
  readonly kind: NameKind;
  readonly name: string;
  /** The name itself. */
  readonly place: Place;
}

/** Where the file speaks of something that has a name. */
export interface NameUse {
  readonly kind: NameKind;
  /** As written: a name, or for keys an id, an ARN or an alias. */
  readonly text: string;
  /** The text; of `$sealed.CiphertextBlob` the name alone. */
  readonly place: Place;
  readonly definition: NameDefinition | undefined;
  /** Whether the text is the name, so that renaming has to change it. */
  readonly byName: boolean;
}

/** What names are called in messages, with where they are defined. */
const kindInWords: Readonly<Record<NameKind, { readonly thing: string; readonly member: string }>> = {
  principal: { thing: 'principal', member: 'principals' },
  key: { thing: 'key', member: 'keys' },
  'key-store': { thing: 'custom key store', member: 'customKeyStores' },
  grant: { thing: 'grant', member: 'grants' },
  'vpc-endpoint': { thing: 'VPC endpoint', member: 'vpcEndpoints' },
  saved: { thing: 'response', member: 'save' },
};

/** The member of the file in which things of a kind are defined. */
export const tableOf = (kind: NameKind): string => (kind === 'saved' ? 'steps' : kindInWords[kind].member);

/** The names of one file. */
export class Names {
  readonly definitions: readonly NameDefinition[];
  /** The keys as they are once what the file leaves out is decided; each primary before its replicas. */
  readonly declaredKeys: readonly DeclaredKey[];
  private readonly byName = new Map<string, NameDefinition>();
  private readonly byKind = new Map<NameKind, string[]>();
  /** The first step that saves a response under a name. */
  private readonly savedBy = new Map<string, number>();
  private characters = 0;
  private readonly keys: ReadonlyMap<string, string>;

  constructor(definitions: readonly NameDefinition[], keys: Readonly<Record<string, KeyEntry>>, defaults: KeyDefaults) {
    this.definitions = definitions;
    for (const each of definitions) {
      const { kind, name, place } = each;
      this.byName.set(idOf(kind, name), each);
      this.named(kind).push(name);
      if (kind === 'saved' && !this.savedBy.has(name)) this.savedBy.set(name, Number(place.path[1]));
    }
    this.declaredKeys = keysOf(keys, defaults);
    this.keys = otherNamesOf(this.declaredKeys);
  }

  /** What a text names; undefined for what is defined nowhere, and for principals that stand for themselves. */
  find(kind: NameKind, text: string): NameDefinition | undefined {
    return this.byName.get(idOf(kind, text)) ?? (kind === 'key' ? this.keyNamed(text) : undefined);
  }

  /** What is wrong with a text that should name something; undefined where nothing is. */
  problemOf({
    kind,
    text,
    place,
  }: Pick<NameUse, 'kind' | 'text' | 'place'>): Pick<ScenarioProblem, 'message' | 'meant'> | undefined {
    if (this.find(kind, text)) {
      if (kind !== 'saved' || (this.savedBy.get(text) ?? -1) < Number(place.path[1])) return undefined;
      return { message: `\`${text}\` is not saved by any step before this one: let an earlier step \`save\` it` };
    }
    const { thing, member } = kindInWords[kind];
    const meant = this.nearest(kind, text);
    if (kind === 'principal') {
      const answer = parseCaller(text, { account: '0'.repeat(12) });
      if ('caller' in answer) return undefined;
      // Whoever begins an ARN means one.
      if (meant === undefined && text.includes(':')) return { message: answer.problem };
    }
    const missing = kind === 'saved' ? 'an earlier step has to `save` it' : `add it to \`${member}\``;
    return {
      message: `\`${text}\` is no ${thing} of this file: ${meant === undefined ? missing : `did you mean \`${meant}\`?`}`,
      ...(meant === undefined ? {} : { meant }),
    };
  }

  private named(kind: NameKind): string[] {
    const names = this.byKind.get(kind) ?? [];
    this.byKind.set(kind, names);
    return names;
  }

  /** Every name compared with every text would cost their product, so that many texts are told of no likeness. */
  private nearest(kind: NameKind, text: string): string | undefined {
    const names = this.named(kind);
    this.characters += names.reduce((sum, name) => sum + name.length, 0);
    return this.characters <= MOST_COMPARED ? nearest(text, names) : undefined;
  }

  private keyNamed(text: string): NameDefinition | undefined {
    const name = this.keys.get(text);
    return name === undefined ? undefined : this.byName.get(idOf('key', name));
  }
}

/** Why nothing can have a name; undefined where it can. */
export function whyNoName(kind: NameKind, name: string): string | undefined {
  if (name === '') return 'a name has at least one character: write one';
  if (kind === 'principal' && 'caller' in parseCaller(name, { account: '0'.repeat(12) }))
    return `\`${name}\` stands for somebody by itself: choose another name`;
  if (kind === 'key' && /^(arn:|alias\/)/.test(name))
    return `\`${name}\` reads as an ARN or an alias: choose another name`;
  return undefined;
}

/** Characters of names. */
const MOST_COMPARED = 500_000;

const idOf = (kind: NameKind, name: string): string => `${kind} ${name}`;

/** The ids, ARNs and aliases of keys, with the names that the file gives them. */
function otherNamesOf(keys: readonly DeclaredKey[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { name, description } of keys) {
    const { id, partition, account, region, aliases = [] } = description;
    // A replica has the id of its primary, which is the one that the id alone names.
    if (id !== undefined && !names.has(id)) names.set(id, name);
    names.set(keyArn(description), name);
    for (const alias of aliases) {
      if (!names.has(alias)) names.set(alias, name);
      names.set(aliasArn({ partition, account, region, name: alias }), name);
    }
  }
  return names;
}
