import { parseCaller } from '../../simulator/access/caller.ts';
import type { DocumentKind } from '../documents/kinds.ts';
import type { SourceDocument } from '../documents/source.ts';
import { statementAt } from '../documents/statements.ts';
import type { CheckOptions } from '../rules/check-options.ts';
import type { DocumentFacts, Finding, Rule, Severity } from '../rules/rule.ts';
import type { ConfigFile, ConfigPlace, PrincipalEntry, Suppression, WrittenPath } from './file.ts';
import type { PathGlob } from './path-glob.ts';
import { pathBelow } from './uris.ts';

/** A principal that a configuration lists. */
export interface ListedPrincipal {
  readonly arn: string;
  readonly entry: PrincipalEntry;
  /** The file that lists it: paths start from there. */
  readonly file: ConfigPlace;
}

/** What a configuration tells of a key, its policy by the path and the file that names it. */
export interface ListedFacts extends Omit<DocumentFacts, 'keyPolicy'> {
  readonly keyPolicy?: { readonly path: WrittenPath; readonly file: ConfigPlace };
}

/** What a configuration adds to a simulation. */
export interface Listing {
  principal(caller: string): ListedPrincipal | undefined;
  /** The scenario whose organization counts, with the file that says so. */
  readonly organization: { readonly path: WrittenPath; readonly file: ConfigPlace } | undefined;
}

/**
 * What the configuration files around a document say together. The nearest file wins, key by key: one Region, one
 * severity for each rule, one entry for each principal. Suppressions add up.
 */
export class Config implements Listing {
  /** Nearest first. */
  readonly files: readonly ConfigFile[];
  readonly region: string | undefined;
  readonly rules: Readonly<Record<string, Severity | 'off'>>;

  constructor(files: readonly ConfigFile[]) {
    this.files = files;
    this.region = files.find(({ values }) => values.region !== undefined)?.values.region;
    this.rules = Object.assign({}, ...files.toReversed().map(({ values }) => values.rules));
  }

  /** The kind that a file has by its path; its name, where that says something, comes first. */
  kindOf(uri: string): DocumentKind | undefined {
    for (const { folder, values } of this.files) {
      const found = entryFor(values.documents, folder, uri);
      if (found) return found.kind;
    }
    return undefined;
  }

  /** What is known of the key that a document is about. The nearest file wins, fact by fact. */
  factsOf(uri: string): ListedFacts {
    const told = this.files.map((file): ListedFacts => {
      const { account, keys } = file.values;
      const { keyPolicy, ...facts } = entryFor(keys, file.folder, uri)?.facts ?? {};
      return {
        ...(account === undefined ? {} : { account }),
        ...facts,
        ...(keyPolicy ? { keyPolicy: { path: keyPolicy, file } } : {}),
      };
    });
    return Object.assign({}, ...told.toReversed());
  }

  /** The entry of a caller: of that very ARN, else for a session that of its role. */
  principal(caller: string): ListedPrincipal | undefined {
    return this.listed((arn) => arn === caller) ?? this.listed(isRoleOf(caller));
  }

  /** Everybody who is listed, the nearest file's first; of an ARN in several files the nearest entry. */
  get principals(): readonly ListedPrincipal[] {
    const found = new Map<string, ListedPrincipal>();
    for (const file of this.files) {
      for (const [arn, entry] of file.values.principals) if (!found.has(arn)) found.set(arn, { arn, entry, file });
    }
    return [...found.values()];
  }

  get organization(): Listing['organization'] {
    for (const file of this.files) if (file.values.organization) return { path: file.values.organization, file };
    return undefined;
  }

  /** The suppression that covers a finding. */
  suppressionOf(rule: Rule, finding: Finding, document: SourceDocument): Suppression | undefined {
    for (const { folder, values } of this.files) {
      const found = values.suppress.find((each) =>
        covers(each, rule, finding, document, pathBelow(folder, document.uri)),
      );
      if (found) return found;
    }
    return undefined;
  }

  /** How a document is checked under this configuration. The severities of `given` count where this is silent. */
  checkOptions(facts: DocumentFacts, given: CheckOptions['severities'] = {}): ConfiguredCheck {
    return {
      severities: { ...given, ...this.rules },
      facts,
      suppressionOf: (rule, finding, document) => this.suppressionOf(rule, finding, document),
    };
  }

  private listed(fits: (arn: string) => boolean): ListedPrincipal | undefined {
    for (const file of this.files) {
      for (const [arn, entry] of file.values.principals) if (fits(arn)) return { arn, entry, file };
    }
    return undefined;
  }
}

/** The part of the options of a check that settings and configuration decide. */
export type ConfiguredCheck = Pick<CheckOptions, 'severities' | 'facts' | 'suppressionOf'>;

/** That of a document without any configuration file. */
export const NO_CONFIG = new Config([]);

/** The first entry whose pattern fits a document. */
function entryFor<T extends { readonly glob: PathGlob }>(
  entries: readonly T[],
  folder: string,
  uri: string,
): T | undefined {
  const path = pathBelow(folder, uri);
  return path === undefined ? undefined : entries.find(({ glob }) => glob.matches(path));
}

/** A session's ARN names its role without the path. */
function isRoleOf(session: string): (arn: string) => boolean {
  const answer = parseCaller(session);
  if ('problem' in answer || answer.caller.type !== 'role-session' || answer.caller.roleArn !== undefined)
    return () => false;
  const { account, roleName } = answer.caller;
  return (arn) => {
    const role = parseCaller(arn);
    return (
      'caller' in role &&
      role.caller.type === 'role-session' &&
      role.caller.roleArn !== undefined &&
      role.caller.account === account &&
      role.caller.roleName === roleName
    );
  };
}

function covers(
  suppression: Suppression,
  rule: Rule,
  { at }: Finding,
  document: SourceDocument,
  path: string | undefined,
): boolean {
  if (suppression.rule !== rule.id) return false;
  if (suppression.path && (path === undefined || !suppression.path.matches(path))) return false;
  if (suppression.sid === undefined) return true;
  return 'path' in at && statementAt(document, at.path)?.sid === suppression.sid;
}
