import { keyArn } from '../../simulator/access/request.ts';
import { type CanEntry, isCan, type PrincipalEntry } from '../../simulator/scenario/file.ts';
import type { ScenarioWorld } from '../../simulator/scenario/world.ts';
import { folderOf, pathBelow, resolveUri, rootOf } from '../config/uris.ts';
import type { OpenScenario } from './open.ts';

/**
 * A command line that asks what a step asks: `kms-lens simulate` with everything in its options where they can say it,
 * else `kms-lens test` with that step alone. Paths start from the workspace folder.
 */
export function commandLineOf(scenario: OpenScenario, index: number, roots: readonly string[]): string {
  const { uri } = scenario.document;
  const root = rootOf(folderOf(uri) ?? '', roots);
  const entry = scenario.world?.file.steps?.[index];
  const simulate =
    scenario.world && entry && isCan(entry) ? new Simulate(scenario.world, entry, uri, root).words() : undefined;
  const title = scenario.document.scenario?.steps[index]?.title ?? '';
  const words = simulate ?? ['kms-lens', 'test', pathBelow(root, uri) ?? uri, '--filter', title];
  return words.map(quoted).join(' ');
}

class Simulate {
  private readonly world: ScenarioWorld;
  private readonly entry: CanEntry;
  private readonly uri: string;
  private readonly root: string;
  /** Something has no option. */
  private isBeyond = false;

  constructor(world: ScenarioWorld, entry: CanEntry, uri: string, root: string) {
    this.world = world;
    this.entry = entry;
    this.uri = uri;
    this.root = root;
  }

  words(): string[] | undefined {
    const {
      can,
      as = 'root',
      on,
      to,
      encryptionContext = {},
      via,
      context = {},
      input,
      vpce,
      grantTokens,
    } = this.entry;
    const { file } = this.world;
    const principal = file.principals?.[as];
    const key = on === undefined ? undefined : this.world.keyOf(on);
    const hasGrants = (key?.key.grants.length ?? 0) > 0;
    if (to !== undefined || grantTokens || hasGrants || file.organization || !key || key.description.requestAlias)
      return undefined;
    const entry = key.key.entry;
    if (entry.policy === undefined || isReserved(key.description)) return undefined;
    const words = [
      ...['kms-lens', 'simulate', '--principal', this.principalArn(as, principal)],
      ...['--action', `kms:${can.replace(/^kms:/i, '')}`],
      ...this.file('--key-policy', entry.policy),
      ...['--key', keyArn(key.description)],
      ...(principal?.policies ?? []).flatMap((policy) => this.file('--identity-policy', policy)),
      ...(principal?.permissionsBoundary === undefined
        ? []
        : this.file('--permissions-boundary', principal.permissionsBoundary)),
      ...(principal?.sessionPolicies ?? []).flatMap((policy) => this.file('--session-policy', policy)),
      ...(vpce === undefined ? [] : this.endpoint(vpce)),
      ...Object.entries(encryptionContext).flatMap(([name, value]) => ['--encryption-context', `${name}=${value}`]),
      ...(via === undefined ? [] : ['--via', via]),
      ...Object.entries(context).flatMap(([name, value]) => this.conditionKey(name, value)),
      ...(input ? ['--input', JSON.stringify(input)] : []),
      ...this.expectation(),
    ];
    return this.isBeyond ? undefined : words;
  }

  /** The session's name, tags and second factor have no option. */
  private principalArn(as: string, principal: PrincipalEntry | undefined): string {
    if (!principal) return as === 'root' ? `root:${this.world.defaults.account}` : as;
    const { tags = {}, mfa, sessionName } = principal;
    if (Object.keys(tags).length > 0 || mfa !== undefined || sessionName !== undefined) this.isBeyond = true;
    return principal.arn;
  }

  private file(option: string, policy: string | object): string[] {
    const uri = typeof policy === 'string' ? resolveUri(folderOf(this.uri) ?? '', policy, this.root) : undefined;
    const path = uri === undefined ? undefined : pathBelow(this.root, uri);
    if (path === undefined) this.isBeyond = true;
    return [option, path ?? ''];
  }

  private endpoint(id: string): string[] {
    const policy = this.world.file.vpcEndpoints?.[id]?.policy;
    if (policy === undefined) {
      this.isBeyond = true;
      return [];
    }
    return [...this.file('--vpce-policy', policy), '--context', `aws:SourceVpce=${id}`];
  }

  private conditionKey(name: string, value: string | readonly string[] | null): string[] {
    // That a key is absent cannot be said.
    if (value === null) this.isBeyond = true;
    const values = typeof value === 'string' ? [value] : (value ?? []);
    return values.flatMap((each) => ['--context', `${name}=${each}`]);
  }

  private expectation(): string[] {
    const { expect } = this.entry;
    if (expect === undefined) return [];
    return ['--expect', typeof expect === 'string' ? expect : expect.verdict];
  }
}

const isReserved = ({ aliases = [] }: { readonly aliases?: readonly string[] }): boolean =>
  aliases.some((alias) => alias.startsWith('alias/aws/'));

/** As POSIX shells read it; nothing is quoted that need not be. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
