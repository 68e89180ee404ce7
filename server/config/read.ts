import { parseCaller } from '../../simulator/access/caller.ts';
import { findKeySpec, keySpecNames, keyUsages } from '../../simulator/facts/key-specs.ts';
import { regionName } from '../../simulator/facts/region-name.ts';
import type { JsonNode } from '../../simulator/json/node.ts';
import { isLoose } from '../../simulator/json/parse.ts';
import { documentKinds } from '../documents/kinds.ts';
import { SourceDocument } from '../documents/source.ts';
import { rules } from '../rules/generated/index.ts';
import type { DocumentFacts, Severity } from '../rules/rule.ts';
import { describe } from '../rules/support/json-problems.ts';
import type {
  ConfigFile,
  ConfigProblem,
  ConfigValues,
  FactsByPath,
  KindByPath,
  PrincipalEntry,
  Suppression,
  WrittenFacts,
} from './file.ts';
import { MemberReader } from './members.ts';
import { compilePathGlob, type PathGlob } from './path-glob.ts';
import { folderOf, rootOf } from './uris.ts';

/** Where a name is unknown, this is what the file is called. */
const FILE = '`.kms-lens.json`';

/** The members that the file may have. */
export const configMembers = [
  '$schema',
  'account',
  'region',
  'documents',
  'keys',
  'principals',
  'organization',
  'rules',
  'suppress',
] as const;

/** What an entry of `keys` may tell. */
export const keyFacts = [
  'account',
  'keySpec',
  'keyUsage',
  'keyPolicy',
] as const satisfies readonly (keyof DocumentFacts)[];

export const severities = ['off', 'information', 'warning', 'error'] as const satisfies readonly (Severity | 'off')[];

/** Reads a `.kms-lens.json`. Never fails: what cannot be understood is a problem with its place, the rest counts. */
export function readConfig(uri: string, text: string, roots: readonly string[] = []): ConfigFile {
  const document = new SourceDocument({ uri, text, languageId: 'jsonc' });
  const { root, problems } = document.parsed;
  const reader = new ConfigReader();
  const folder = folderOf(uri) ?? '';
  return {
    uri,
    folder,
    root: rootOf(folder, roots),
    document,
    values: root ? reader.file(root) : EMPTY,
    problems: [...syntaxProblems(problems, text), ...reader.problems].sort((a, b) => a.span.start - b.span.start),
  };
}

const EMPTY: ConfigValues = { documents: [], keys: [], principals: new Map(), rules: {}, suppress: [] };

/** Comments and trailing commas are welcome, and an empty file says nothing. */
function syntaxProblems(problems: SourceDocument['parsed']['problems'], text: string): ConfigProblem[] {
  return problems
    .filter((problem) => !isLoose(problem) && problem.code !== 'empty')
    .map((problem) => {
      const { message, next } = describe(problem, text);
      return { span: { start: problem.start, end: problem.end }, message: `${message}: ${next}`, isSyntax: true };
    });
}

class ConfigReader extends MemberReader {
  file(root: JsonNode): ConfigValues {
    const values = this.known(root, FILE, configMembers);
    const account = this.account(values.account);
    const region = this.region(values.region);
    const organization = this.path(values.organization, '`organization`');
    return {
      ...(account === undefined ? {} : { account }),
      ...(region === undefined ? {} : { region }),
      ...(organization ? { organization } : {}),
      documents: values.documents ? this.documents(values.documents) : [],
      keys: values.keys ? this.keys(values.keys) : [],
      principals: values.principals ? this.principals(values.principals) : new Map(),
      rules: values.rules ? this.rules(values.rules) : {},
      suppress: this.list(values.suppress, '`suppress`')?.flatMap((each) => this.suppression(each) ?? []) ?? [],
    };
  }

  private account(node: JsonNode | undefined): string | undefined {
    if (node?.type === 'number')
      return this.report(node, 'an account ID is a text: write its 12 digits in double quotes');
    const text = this.text(node, '`account`');
    if (text === undefined || !node || /^\d{12}$/.test(text)) return text;
    return this.report(node, `\`${text}\` is no account ID: write its 12 digits`);
  }

  private region(node: JsonNode | undefined): string | undefined {
    const text = this.text(node, '`region`');
    if (text === undefined || !node || regionName.test(text)) return text;
    return this.report(node, `\`${text}\` is no Region: write its name, such as \`eu-central-1\``);
  }

  private documents(node: JsonNode): KindByPath[] {
    return this.byPath(node, '`documents`').flatMap(({ glob, value }) => {
      const kind = this.choice(value, 'a kind of document', documentKinds);
      return kind ? [{ glob, kind }] : [];
    });
  }

  private keys(node: JsonNode): FactsByPath[] {
    return this.byPath(node, '`keys`').map(({ glob, value }) => ({ glob, facts: this.facts(value) }));
  }

  private facts(node: JsonNode): WrittenFacts {
    const values = this.known(node, 'a key', keyFacts);
    const account = this.account(values.account);
    const keySpec = this.choice(values.keySpec, 'a key spec', keySpecNames, 'write one that CreateKey takes');
    const keyUsage = this.choice(values.keyUsage, 'a key usage', usageNames);
    const keyPolicy = this.path(values.keyPolicy, '`keyPolicy`');
    const possible = findKeySpec(keySpec ?? '')?.uses.map(({ usage }) => usage);
    const isPossible = keyUsage === undefined || (possible?.includes(keyUsage) ?? true);
    if (possible && values.keyUsage && !isPossible)
      this.report(values.keyUsage, `no key of \`${keySpec}\` has it: write ${inCode(possible)}`);
    return {
      ...(account === undefined ? {} : { account }),
      ...(keySpec === undefined ? {} : { keySpec }),
      ...(keyUsage === undefined || !isPossible ? {} : { keyUsage }),
      ...(keyPolicy ? { keyPolicy } : {}),
    };
  }

  /** The values of an object whose names are patterns of paths. */
  private byPath(node: JsonNode, what: string): { readonly glob: PathGlob; readonly value: JsonNode }[] {
    return [...this.members(node, what)].flatMap(([pattern, { key, value }]) => {
      if (pattern === '' || pattern.startsWith('/')) {
        this.report(key, 'a pattern starts from the folder of this file: write one such as `policies/*.json`');
        return [];
      }
      return value ? [{ glob: compilePathGlob(pattern), value }] : [];
    });
  }

  private principals(node: JsonNode): Map<string, PrincipalEntry> {
    const principals = new Map<string, PrincipalEntry>();
    for (const [arn, { key, value }] of this.members(node, '`principals`')) {
      const answer = parseCaller(arn);
      if ('problem' in answer || !arn.startsWith('arn:'))
        this.report(key, `\`${arn}\` is nobody's ARN: write one such as \`arn:aws:iam::111122223333:role/App\``);
      else if (answer.caller.type === 'root')
        this.report(key, 'a root user has no policies of its own: name a user or a role');
      else if (value) principals.set(arn, this.principal(value));
    }
    return principals;
  }

  private principal(node: JsonNode): PrincipalEntry {
    const values = this.known(node, 'a principal', ['policies', 'permissionsBoundary', 'sessionPolicies', 'tags']);
    const policies = this.paths(values.policies, '`policies`');
    const permissionsBoundary = this.path(values.permissionsBoundary, '`permissionsBoundary`');
    const sessionPolicies = this.paths(values.sessionPolicies, '`sessionPolicies`');
    const tags = this.texts(values.tags, '`tags`');
    return {
      ...(policies ? { policies } : {}),
      ...(permissionsBoundary ? { permissionsBoundary } : {}),
      ...(sessionPolicies ? { sessionPolicies } : {}),
      ...(tags ? { tags } : {}),
    };
  }

  private rules(node: JsonNode): Record<string, Severity | 'off'> {
    const values = this.known(node, '`rules`', ruleIds);
    return Object.fromEntries(
      Object.entries(values).flatMap(([id, value]) => {
        const severity = this.choice(value, 'a severity', severities);
        return severity ? [[id, severity] as const] : [];
      }),
    );
  }

  private suppression(node: JsonNode): Suppression | undefined {
    const values = this.known(node, 'a suppression', ['rule', 'path', 'sid', 'reason']);
    const path = this.text(values.path, '`path`');
    const sid = this.text(values.sid, '`sid`');
    const reason = this.text(values.reason, '`reason`');
    if (node.type !== 'object') return undefined;
    if (!values.rule) return this.report(node, 'a suppression names a `rule`: add one');
    const rule = this.choice(values.rule, 'a rule', ruleIds);
    // With a part that cannot be read it might hide more than it means to.
    const isWhole =
      (values.path === undefined) === (path === undefined) && (values.sid === undefined) === (sid === undefined);
    if (rule === undefined || !isWhole) return undefined;
    return {
      rule,
      span: { start: values.rule.start, end: values.rule.end },
      ...(path === undefined ? {} : { path: compilePathGlob(path) }),
      ...(sid === undefined ? {} : { sid }),
      ...(reason === undefined ? {} : { reason }),
    };
  }
}

const usageNames = keyUsages.map(({ name }) => name);

const inCode = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(' or ');

const ruleIds: readonly string[] = rules.map(({ id }) => id);
