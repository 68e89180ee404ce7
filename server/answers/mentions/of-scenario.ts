import { accountOf, parseCaller } from '../../../simulator/access/caller.ts';
import { type JsonObject, valueOf } from '../../../simulator/json/node.ts';
import { type Path, resolvePath } from '../../../simulator/json/place.ts';
import type { NameDefinition, NameUse } from '../../../simulator/scenario/names.ts';
import type { ScenarioOutline } from '../../../simulator/scenario/outline.ts';
import { defaultsOf } from '../../../simulator/scenario/read.ts';
import { policyUri, rootOfScenario } from '../../config/scenario-files.ts';
import type { MentionWriter, Owner } from './mention.ts';
import { accountSubject, aliasSubject, homeOf, keySubject, principalOf, type Subject, subjectOf } from './subject.ts';

/** What a scenario declares, and what its steps and grants name. Policies that stand in it are read as all policies. */
export function mentionsOfScenario(writer: MentionWriter, outline: ScenarioOutline, roots: readonly string[]): void {
  new ScenarioMentions(writer, outline).all();
  const { source } = writer;
  const root = rootOfScenario(source.uri, roots);
  for (const { file, path } of outline.policies)
    if (file !== undefined) writer.path(source.rangeOf({ path }), policyUri(source.uri, file, root));
}

class ScenarioMentions {
  private readonly writer: MentionWriter;
  private readonly outline: ScenarioOutline;
  private readonly account: string;
  /** By the kind and the name that the file gives. */
  private readonly declared = new Map<string, Subject>();
  private readonly owners = new Map<string, Owner>();

  constructor(writer: MentionWriter, outline: ScenarioOutline) {
    this.writer = writer;
    this.outline = outline;
    this.account = defaultsOf(outline.root).account;
  }

  all(): void {
    const { definitions } = this.outline.names;
    this.keys(definitions.filter(({ kind }) => kind === 'key'));
    this.principals(definitions.filter(({ kind }) => kind === 'principal'));
    for (const { name, place, kind } of definitions)
      if (kind === 'grant') this.own(place.path, { kind: 'grant', title: `Grant “${name}”`, detail: '' });
    for (const { path, title, kind } of this.outline.steps) this.own(path, { kind: 'step', title, detail: kind ?? '' });
    for (const use of this.outline.uses) this.use(use);
  }

  private principals(definitions: readonly NameDefinition[]): void {
    for (const { name, place } of definitions) {
      const arn = this.textAt([...place.path, 'arn']);
      const subject = arn === undefined ? undefined : this.principal(arn);
      const detail = arn ?? '';
      const owner = this.own(place.path, { kind: 'principal', title: name, detail, ...(subject ? { subject } : {}) });
      if (!subject || arn === undefined) continue;
      this.declared.set(`principal ${name}`, subject);
      this.writer.addByName(subject, name, place, { owner, role: 'definition' });
      this.writer.add(subject, arn, { path: [...place.path, 'arn'] }, { owner, role: 'definition' });
    }
  }

  private keys(definitions: readonly NameDefinition[]): void {
    const places = new Map(definitions.map(({ name, place }) => [name, place]));
    for (const { name, entry, description } of this.outline.names.declaredKeys) {
      const place = places.get(name);
      // Replicas have the name of their primary, which comes first.
      if (!place || this.declared.has(`key ${name}`)) continue;
      const { id, partition, account, region } = description;
      const home = homeOf(partition, region, account);
      const subject = keySubject(id, home, name);
      const owner = this.own(place.path, { kind: 'key', title: name, detail: id, subject });
      this.declared.set(`key ${name}`, subject);
      this.writer.addByName(subject, name, place, { owner, role: 'definition' });
      if (entry.id !== undefined)
        this.writer.add(subject, id, { path: [...place.path, 'id'] }, { owner, role: 'definition' });
      this.aliases(place.path, home, owner);
    }
  }

  private aliases(key: Path, home: string, owner: Owner): void {
    const node = resolvePath(this.outline.root, [...key, 'aliases'])?.node;
    for (const [index, each] of (node?.type === 'array' ? node.elements : []).entries()) {
      if (each.type !== 'string' || !each.value.startsWith('alias/')) continue;
      const path = [...key, 'aliases', index];
      this.writer.add(aliasSubject(each.value, home), each.value, { path }, { owner, role: 'definition' });
    }
  }

  private use({ kind, text, place, definition, byName }: NameUse): void {
    const owner = this.ownerOf(place.path);
    const declared = definition && this.declared.get(`${kind} ${definition.name}`);
    // By its own name, also where the file has one for it.
    const own = kind === 'principal' ? this.principal(text) : kind === 'key' ? subjectOf(text) : undefined;
    if (declared && (byName || own?.kind !== declared.kind)) this.writer.addByName(declared, text, place, { owner });
    if (!own || byName) return;
    const home = own.home ?? declared?.home;
    this.writer.add(home === own.home ? own : { ...own, home }, text, place, { owner });
  }

  /** `root` and the like are no ARNs. */
  private principal(text: string): Subject | undefined {
    const found = principalOf(text);
    if (found) return found;
    const answer = parseCaller(text, { account: this.account });
    const isRoot = 'caller' in answer && answer.caller.type === 'root';
    const account = isRoot ? accountOf(answer.caller) : undefined;
    return account === undefined ? undefined : accountSubject(account);
  }

  private own(path: Path, owner: Omit<Owner, 'range' | 'selection'>): Owner {
    const made = this.writer.owner(owner, path);
    this.owners.set(path.slice(0, 2).join('\0'), made);
    return made;
  }

  private ownerOf(path: Path): Owner | undefined {
    return this.owners.get(path.slice(0, 2).join('\0'));
  }

  private textAt(path: Path): string | undefined {
    const parent = resolvePath(this.outline.root, path.slice(0, -1))?.node;
    const value = parent?.type === 'object' ? valueOf(parent as JsonObject, String(path.at(-1))) : undefined;
    return value?.type === 'string' ? value.value : undefined;
  }
}
