import type { SourceDocument, Span } from '../documents/source.ts';
import { SpanSet } from '../documents/span-set.ts';
import type { BrokenParts } from './broken-parts.ts';
import type { CheckOptions } from './check-options.ts';
import { type Acceptance, type Diagnostic, diagnosticOf, type Suppressed, spanOfFinding } from './diagnostic.ts';
import type { Finding, Rule } from './rule.ts';
import type { SpannedText } from './suppress/comment.ts';
import { SuppressionComments } from './suppress/comments.ts';

/** A diagnostic with the characters that it stands on. */
interface Reported {
  readonly diagnostic: Diagnostic;
  readonly span: Span;
}

/** What rules report of a document, and what becomes of it: shown, accepted, or left to another rule. */
export class Findings {
  readonly diagnostics: Diagnostic[] = [];
  readonly suppressed: Suppressed[] = [];
  readonly comments: SuppressionComments;
  /** The names in comments that have suppressed something. */
  readonly used = new Set<SpannedText>();
  /** What is not settled yet. */
  private reported: Reported[] = [];
  private readonly document: SourceDocument;
  private readonly options: CheckOptions;
  private readonly broken: BrokenParts;

  constructor(document: SourceDocument, options: CheckOptions, broken: BrokenParts) {
    this.document = document;
    this.options = options;
    this.broken = broken;
    this.comments = new SuppressionComments(document);
  }

  add(rule: Rule, finding: Finding): void {
    const { document, options, broken } = this;
    const { at } = finding;
    const isPlace = 'path' in at;
    const span = spanOfFinding(document, finding);
    if (isPlace && broken.touches(span)) return;
    const { policy } = document;
    const isEmbedded = isPlace && policy?.outer !== undefined && at.path[0] === policy.base[0];
    if (options.silent?.has(rule.id) && !isEmbedded && !isInner(document, span)) return;
    this.reported.push({ diagnostic: diagnosticOf(document, rule, finding, options.severities, span), span });
  }

  /** Takes what was reported, without what a more specific rule says of the same characters, and asks who accepts it. */
  settle(): void {
    const yielding = new Set(this.reported.flatMap(({ diagnostic }) => diagnostic.rule.yieldsTo ?? []));
    const spans = new Map<string, Span[]>();
    for (const { diagnostic, span } of this.reported) {
      const { id } = diagnostic.rule;
      if (!yielding.has(id)) continue;
      const own = spans.get(id);
      if (own) own.push(span);
      else spans.set(id, [span]);
    }
    const spoken = new Map([...spans].map(([id, own]) => [id, new Spoken(own)]));
    const isSaid = ({ diagnostic, span }: Reported): boolean =>
      diagnostic.rule.yieldsTo?.some((id) => spoken.get(id)?.touches(span)) ?? false;
    for (const each of this.reported) {
      if (isSaid(each)) continue;
      const { diagnostic } = each;
      const by = this.acceptanceOf(diagnostic);
      if (by) this.suppressed.push({ diagnostic, by });
      else this.diagnostics.push(diagnostic);
    }
    this.reported = [];
  }

  private acceptanceOf({ rule, finding, range }: Diagnostic): Acceptance | undefined {
    const inConfiguration = this.options.suppressionOf?.(rule, finding, this.document);
    const inComment = this.comments.covering(rule.id, range.start.line);
    if (inComment) this.used.add(inComment.name);
    const found = inComment?.comment ?? inConfiguration;
    if (!found) return undefined;
    const { reason } = found;
    return { where: inComment ? 'comment' : 'configuration', ...(reason === undefined ? {} : { reason }) };
  }
}

/** Whether a span lies in the string that holds a policy: the editor's JSON service does not look in there. */
function isInner(document: SourceDocument, span: Span): boolean {
  const source = document.policy;
  if (!source?.outer) return false;
  const string = document.spanOf({ path: source.base });
  return string.start < span.start && span.end < string.end;
}

/** Where a rule has spoken. */
class Spoken {
  private readonly all: SpanSet;
  private readonly empty: SpanSet;

  constructor(spans: readonly Span[]) {
    this.all = new SpanSet(spans);
    this.empty = new SpanSet(spans.filter(({ start, end }) => start === end));
  }

  /** Whether it shares a character with the stretch, or one of the two is empty and stands in or beside the other. */
  touches(span: Span): boolean {
    return span.start === span.end ? this.all.meets(span) : this.all.overlaps(span) || this.empty.meets(span);
  }
}
