import type { OrganizationPlace } from '../../simulator/access/request.ts';
import type { PolicyLevel } from '../../simulator/access/world.ts';
import type { JsonNode } from '../../simulator/json/node.ts';
import { memberOf, valueOf } from '../../simulator/json/node.ts';
import { isLoose } from '../../simulator/json/parse.ts';
import { type Path, toPointer } from '../../simulator/json/place.ts';
import { CompiledPolicy } from '../../simulator/policy/compile.ts';
import { readPolicy } from '../../simulator/policy/document.ts';
import type { SourceDocument } from '../documents/source.ts';
import { fullAwsAccess } from './full-aws-access.ts';
import { ConfigError, type ReadDocument, whyNoPolicy } from './listed-policies.ts';
import { folderOf, pathBelow, resolveUri } from './uris.ts';

/** The policies that an organization lays over its accounts. */
export interface Organization {
  /** Where an account stands; undefined where that is not known. */
  placeOf(account: string): OrganizationPlace | undefined;
  /** From the root down to the account; undefined where no SCP binds it. */
  serviceControl(account: string): readonly PolicyLevel[] | undefined;
  resourceControl(account: string): readonly PolicyLevel[] | undefined;
  /** The documents that the policies stand in. */
  readonly documents: readonly SourceDocument[];
}

/**
 * Reads the `organization` member of a scenario, and nothing else of it.
 *
 * @param root no path may lead out of this folder
 * @throws {ConfigError} where the member is not there or cannot be understood: half an organization decides wrongly
 */
export async function readOrganization(
  scenario: SourceDocument,
  root: string,
  read: ReadDocument,
): Promise<Organization> {
  const reader = new OrganizationReader(scenario, root, read);
  const parsed = scenario.parsed.root;
  const member = parsed?.type === 'object' ? valueOf(parsed, 'organization') : undefined;
  if (!scenario.parsed.problems.every(isLoose))
    throw new ConfigError(`${reader.placeOf([])} is no proper JSON: mend it, or name another scenario`);
  if (!member)
    throw new ConfigError(`${reader.placeOf([])} has no \`organization\`: add one, or name another scenario`);
  return reader.organization(member);
}

/** What is attached to the root, an organizational unit or an account. */
interface Target {
  readonly serviceControl: PolicyLevel;
  readonly resourceControl: PolicyLevel;
}

class OrganizationReader {
  private readonly scenario: SourceDocument;
  private readonly root: string;
  private readonly read: ReadDocument;
  private readonly documents: SourceDocument[] = [];

  constructor(scenario: SourceDocument, root: string, read: ReadDocument) {
    this.scenario = scenario;
    this.root = root;
    this.read = read;
  }

  async organization(node: JsonNode): Promise<Organization> {
    const base: Path = ['organization'];
    const id = this.text(node, base, 'id');
    const manager = this.optionalText(node, base, 'managementAccount');
    const accounts = this.accounts(node, [...base, 'accounts']);
    const targets = new Map<string, Target>();
    for (const [name, value] of this.members(valueNamed(node, 'targets'), [...base, 'targets']))
      targets.set(name, await this.target(name, value, [...base, 'targets', name]));
    const levels = (account: string, layer: keyof Target): readonly PolicyLevel[] | undefined => {
      const parents = accounts.get(account);
      // Neither SCPs nor RCPs bind the management account.
      if (!parents || account === manager) return undefined;
      return [...parents, account].map((name) => (targets.get(name) ?? untouched(name))[layer]);
    };
    return {
      placeOf(account) {
        const parents = accounts.get(account);
        if (!parents) return undefined;
        return { id, path: [id, ...parents].map((part) => `${part}/`).join('') };
      },
      serviceControl: (account) => levels(account, 'serviceControl'),
      resourceControl: (account) => levels(account, 'resourceControl'),
      documents: [this.scenario, ...this.documents],
    };
  }

  placeOf(path: Path): string {
    const { start } = this.scenario.rangeOf({ path });
    return `\`${pathBelow(this.root, this.scenario.uri) ?? this.scenario.uri}:${start.line + 1}\``;
  }

  /** The parents of each account, from the root down. */
  private accounts(node: JsonNode, base: Path): Map<string, readonly string[]> {
    const accounts = new Map<string, readonly string[]>();
    for (const [account, value] of this.members(valueNamed(node, 'accounts'), base)) {
      const parents = this.text(value, [...base, account], 'path').split('/');
      if (!/^r-/.test(parents[0] ?? '') || !parents.slice(1).every((part) => /^ou-/.test(part)))
        this.fail([...base, account, 'path'], 'a path goes from the root down, such as `r-ab12/ou-ab12-11111111`');
      accounts.set(account, parents);
    }
    return accounts;
  }

  private async target(name: string, node: JsonNode, path: Path): Promise<Target> {
    const isDetached = valueNamed(node, 'fullAwsAccess');
    const scps = await this.policies(node, path, 'scp');
    const keepsFullAccess = !(isDetached?.type === 'boolean' && !isDetached.value);
    return {
      serviceControl: { target: name, policies: keepsFullAccess ? [fullAwsAccess, ...scps] : scps },
      resourceControl: { target: name, policies: await this.policies(node, path, 'rcp') },
    };
  }

  private async policies(node: JsonNode, base: Path, kind: 'scp' | 'rcp'): Promise<CompiledPolicy[]> {
    const name = `${kind}s`;
    const value = valueNamed(node, name);
    if (!value) return [];
    const path = [...base, name];
    if (value.type !== 'array') return this.fail(path, `\`${name}\` is a list: write \`[ … ]\``);
    const policies: CompiledPolicy[] = [];
    for (const [index, element] of value.elements.entries())
      policies.push(await this.policy(element, [...path, index], kind));
    return policies;
  }

  /** A path, from the scenario's folder, or a policy that stands in the scenario itself. */
  private async policy(node: JsonNode, path: Path, kind: 'scp' | 'rcp'): Promise<CompiledPolicy> {
    if (node.type === 'object') return new CompiledPolicy(readPolicy(node, path), this.scenario.uri);
    if (node.type !== 'string') return this.fail(path, 'a policy is a path or an object');
    const uri = resolveUri(folderOf(this.scenario.uri) ?? '', node.value, this.root);
    if (uri === undefined) return this.fail(path, `\`${node.value}\` lies outside of the workspace folder`);
    const document = await this.read(uri, kind);
    const problem = document ? whyNoPolicy(document) : 'cannot be read: mend the path or add the file';
    if (!document?.policy || problem) return this.fail(path, `\`${node.value}\` ${problem}`);
    this.documents.push(document);
    return new CompiledPolicy(document.policy.policy, document.uri);
  }

  private members(node: JsonNode | undefined, path: Path): [string, JsonNode][] {
    if (!node) return [];
    if (node.type !== 'object') return this.fail(path, 'this is an object: write `{ … }`');
    return node.members.flatMap(({ key, value }): [string, JsonNode][] =>
      value && memberOf(node, key.value)?.value === value ? [[key.value, value]] : [],
    );
  }

  private text(node: JsonNode, path: Path, name: string): string {
    return this.optionalText(node, path, name) ?? this.fail(path, `\`${name}\` is missing: add it`);
  }

  private optionalText(node: JsonNode, path: Path, name: string): string | undefined {
    if (node.type !== 'object') return this.fail(path, 'this is an object: write `{ … }`');
    const value = valueOf(node, name);
    if (!value || value.type === 'string') return value?.value;
    return this.fail([...path, name], `\`${name}\` is a text: write it in double quotes`);
  }

  private fail(path: Path, problem: string): never {
    throw new ConfigError(`${this.placeOf(path)} (\`${toPointer(path)}\`): ${problem}`);
  }
}

function valueNamed(node: JsonNode, name: string): JsonNode | undefined {
  return node.type === 'object' ? valueOf(node, name) : undefined;
}

/** A target without attachments of its own. */
function untouched(target: string): Target {
  return {
    serviceControl: { target, policies: [fullAwsAccess] },
    resourceControl: { target, policies: [] },
  };
}
