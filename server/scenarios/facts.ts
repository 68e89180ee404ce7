import { parseCaller } from '../../simulator/access/caller.ts';
import { keyArn } from '../../simulator/access/request.ts';
import { type JsonNode, valueOf } from '../../simulator/json/node.ts';
import { resolvePath } from '../../simulator/json/place.ts';
import type { PolicyDocument } from '../../simulator/policy/document.ts';
import { type DeclaredKey, keysOf } from '../../simulator/scenario/keys.ts';
import { defaultsOf } from '../../simulator/scenario/read.ts';
import { folderOf, resolveUri, rootOf } from '../config/uris.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { DocumentFacts, ReplicaFact } from '../rules/rule.ts';
import { inlineKeyPolicies } from '../rules/support/scenario-facts.ts';
import type { ScenarioUse } from './scenario-index.ts';

/** The text of a key policy that a scenario names. */
export type ReadKeyPolicy = (uri: string) => Promise<SourceDocument | undefined>;

/**
 * What scenarios say of a policy that they use: whose key it is, of which spec and usage, which replicas it has, and for an
 * identity policy whose it is and what the policies of the keys are. Only what they write down counts, not what they take
 * for granted, and what two of them contradict each other about counts as unknown.
 */
export async function factsFromScenarios(
  uses: readonly ScenarioUse[],
  roots: readonly string[],
  read: ReadKeyPolicy,
): Promise<DocumentFacts> {
  const facts: DocumentFacts[] = [];
  for (const use of uses) {
    const [section, name] = use.use.path;
    const scenario = new Scenario(use.scenario, roots, read);
    if (section === 'keys') facts.push(await scenario.ofKey(String(name)));
    else if (section === 'principals') facts.push(await scenario.ofPrincipal(String(name)));
  }
  return agreed(facts);
}

class Scenario {
  private readonly document: SourceDocument;
  private readonly roots: readonly string[];
  private readonly read: ReadKeyPolicy;

  constructor(document: SourceDocument, roots: readonly string[], read: ReadKeyPolicy) {
    this.document = document;
    this.roots = roots;
    this.read = read;
  }

  async ofKey(name: string): Promise<DocumentFacts> {
    const entry = this.node('keys', name);
    const account = textOf(entry, 'account') ?? textOf(this.document.scenario?.root, 'account');
    const keySpec = textOf(entry, 'spec');
    const keyUsage = textOf(entry, 'usage');
    const replicas = await this.replicasOf(name);
    return {
      ...(account === undefined ? {} : { account }),
      ...(keySpec === undefined ? {} : { keySpec }),
      ...(keyUsage === undefined ? {} : { keyUsage }),
      ...(replicas.length > 0 ? { replicas } : {}),
    };
  }

  /** Whose identity policy it is, and what the keys of the scenario allow. */
  async ofPrincipal(name: string): Promise<DocumentFacts> {
    const answer = parseCaller(textOf(this.node('principals', name), 'arn') ?? '');
    const account = 'caller' in answer && answer.caller.type !== 'service' ? answer.caller.account : undefined;
    const keyPolicies = new Map<string, PolicyDocument | undefined>();
    for (const key of this.keys())
      if (key.entry.policy !== undefined) keyPolicies.set(keyArn(key.description), await this.policyOf(key.name));
    return {
      ...(account === undefined ? {} : { account }),
      ...(keyPolicies.size > 0 ? { keyPolicies } : {}),
    };
  }

  /** The other keys that share the id of a multi-Region key and have a policy of their own. */
  private async replicasOf(name: string): Promise<ReplicaFact[]> {
    const keys = this.keys();
    const own = keys.find((key) => key.name === name);
    const id = own?.entry.id;
    if (!own || id === undefined || !id.startsWith('mrk-')) return [];
    const replicas: ReplicaFact[] = [];
    for (const { name: other, entry, description } of keys) {
      const isRelated = other !== name && entry.id === id && description.account === own.description.account;
      const policy = isRelated ? await this.policyOf(other) : undefined;
      if (policy) replicas.push({ name: other, region: description.region, ownRegion: own.description.region, policy });
    }
    return replicas;
  }

  private keys(): DeclaredKey[] {
    const { scenario } = this.document;
    return scenario?.file ? keysOf(scenario.file.keys ?? {}, defaultsOf(scenario.root)) : [];
  }

  private async policyOf(key: string): Promise<PolicyDocument | undefined> {
    const inside = inlineKeyPolicies(this.document).get(key);
    if (inside) return inside;
    const file = textOf(this.node('keys', key), 'policy');
    const folder = folderOf(this.document.uri) ?? '';
    const uri = file === undefined ? undefined : resolveUri(folder, file, rootOf(folder, this.roots));
    return uri === undefined ? undefined : (await this.read(uri))?.policy?.policy;
  }

  private node(...path: readonly string[]): JsonNode | undefined {
    const { scenario } = this.document;
    return scenario && resolvePath(scenario.root, path)?.node;
  }
}

/** What all of them say alike, or only one says. */
function agreed(all: readonly DocumentFacts[]): DocumentFacts {
  const facts: { -readonly [P in keyof DocumentFacts]: DocumentFacts[P] } = {};
  for (const name of ['account', 'keySpec', 'keyUsage'] as const) {
    const [only, ...others] = new Set(all.flatMap((each) => each[name] ?? []));
    if (only !== undefined && others.length === 0) facts[name] = only;
  }
  const replicas = all.flatMap((each) => each.replicas ?? []);
  if (replicas.length > 0) facts.replicas = replicas;
  const keyPolicies = all.flatMap((each) => [...(each.keyPolicies ?? [])]);
  if (keyPolicies.length > 0) facts.keyPolicies = new Map(keyPolicies);
  return facts;
}

function textOf(node: JsonNode | undefined, name: string): string | undefined {
  const value = node?.type === 'object' ? valueOf(node, name) : undefined;
  return value?.type === 'string' ? value.value : undefined;
}
