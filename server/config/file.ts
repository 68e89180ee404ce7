import type { DocumentKind } from '../documents/kinds.ts';
import type { SourceDocument, Span } from '../documents/source.ts';
import type { DocumentFacts, Severity } from '../rules/rule.ts';
import type { PathGlob } from './path-glob.ts';

/** Where a `.kms-lens.json` stands, which is where its paths lead from. */
export interface ConfigPlace {
  readonly uri: string;
  /** The folder that its paths start from, with a slash at the end. */
  readonly folder: string;
  /** The workspace folder, which no path may leave. */
  readonly root: string;
  readonly document: SourceDocument;
}

/** One `.kms-lens.json` as it was read: what can be understood of it, and what is wrong with the rest. */
export interface ConfigFile extends ConfigPlace {
  readonly values: ConfigValues;
  /** In the order of the text. */
  readonly problems: readonly ConfigProblem[];
}

export interface ConfigValues {
  /** The account that owns the keys, where `keys` names no other. */
  readonly account?: string;
  readonly region?: string;
  /** The kinds of files whose name does not say; the first pattern that fits counts. */
  readonly documents: readonly KindByPath[];
  /** What is known of the keys that files are about; the first pattern that fits counts. */
  readonly keys: readonly FactsByPath[];
  /** Who has which policies, by ARN. */
  readonly principals: ReadonlyMap<string, PrincipalEntry>;
  /** A scenario whose `organization` counts. */
  readonly organization?: WrittenPath;
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  readonly suppress: readonly Suppression[];
}

export interface KindByPath {
  readonly glob: PathGlob;
  readonly kind: DocumentKind;
}

export interface FactsByPath {
  readonly glob: PathGlob;
  readonly facts: WrittenFacts;
}

/** What is known of a key, its policy by the path. */
export interface WrittenFacts extends Omit<DocumentFacts, 'keyPolicy'> {
  readonly keyPolicy?: WrittenPath;
}

export interface PrincipalEntry {
  /** Left out: not known. Empty: it has none. */
  readonly policies?: readonly WrittenPath[];
  readonly permissionsBoundary?: WrittenPath;
  /** The policies passed when the session was made. */
  readonly sessionPolicies?: readonly WrittenPath[];
  /** `aws:PrincipalTag/…`. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A path with the place where it is written, for messages about files that are not there. */
export interface WrittenPath {
  readonly text: string;
  readonly span: Span;
}

/** Findings that somebody has looked at and accepts. Everything that is given has to fit. */
export interface Suppression {
  readonly rule: string;
  readonly path?: PathGlob;
  /** The `Sid` of the statement that the finding is in. */
  readonly sid?: string;
  /** Why; for those who read the file. */
  readonly reason?: string;
  /** Where `rule` names it. */
  readonly span: Span;
}

/** Something that the file gets wrong: lower case, user text in backticks, no final stop. */
export interface ConfigProblem {
  readonly span: Span;
  readonly message: string;
  /** The text is no JSON there, which an editor with a JSON service says itself. */
  readonly isSyntax: boolean;
}
