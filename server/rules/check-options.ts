import type { SourceDocument } from '../documents/source.ts';
import type { DocumentFacts, Finding, Rule } from './rule.ts';
import type { Severities } from './selection.ts';
import type { StatementMemory } from './statement-memory.ts';

export interface CheckOptions {
  readonly rules: readonly Rule[];
  /** Severities by rule id from settings and `.kms-lens.json`. */
  readonly severities?: Severities;
  /** Ids of rules that somebody else speaks for: the editor's own JSON service. */
  readonly silent?: ReadonlySet<string>;
  readonly facts?: DocumentFacts;
  /** Says of a finding that it is accepted, and why: it is left out. Asked once for each that would be reported. */
  readonly suppressionOf?: (
    rule: Rule,
    finding: Finding,
    document: SourceDocument,
  ) => { readonly reason?: string } | undefined;
  /** What the last check of the same document found, so that only what changed since is checked again. */
  readonly memory?: StatementMemory;
  /** Told of a rule that failed; the others go on. */
  readonly onError?: (rule: Rule, error: unknown) => void;
}
