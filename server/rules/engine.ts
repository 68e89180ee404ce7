import type { JsonNode } from '../../simulator/json/node.ts';
import { type Path, toPointer } from '../../simulator/json/place.ts';
import type { PolicyDocument, Statement } from '../../simulator/policy/document.ts';
import type { PolicyUse } from '../../simulator/scenario/outline.ts';
import { grantsOf } from '../documents/grants.ts';
import type { KindAnswer } from '../documents/kinds.ts';
import type { PolicySource, SourceDocument, Span } from '../documents/source.ts';
import { SpanSet } from '../documents/span-set.ts';
import type { Range } from '../protocol.ts';
import { BrokenParts } from './broken-parts.ts';
import { visitObjects } from './objects.ts';
import {
  type BrokenJson,
  type DocumentFacts,
  type Finding,
  type LocatedObject,
  type Rule,
  type RuleContext,
  type Severity,
  severityOfGroup,
} from './rule.ts';
import { isOn, type Listener, narrowed, rulesFor, type Selection, type Severities } from './selection.ts';
import type { RememberedStatement, RuleFinding, StatementMemory } from './statement-memory.ts';
import { factsOfUse } from './support/scenario-facts.ts';
import type { SpannedText } from './suppress/comment.ts';
import { SuppressionComments } from './suppress/comments.ts';

/** A finding with its rule, its severity and its place in the text. */
export interface Diagnostic {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly finding: Finding;
  readonly range: Range;
  /** RFC 6901; undefined for broken JSON, which has no places. */
  readonly pointer: string | undefined;
}

/** A finding that somebody has looked at and accepts. */
export interface Suppressed {
  readonly diagnostic: Diagnostic;
  readonly by: Acceptance;
}

export interface Acceptance {
  /** In the document itself, or elsewhere. */
  readonly where: 'comment' | 'configuration';
  readonly reason?: string;
}

export interface Inspection {
  readonly diagnostics: Diagnostic[];
  readonly suppressed: Suppressed[];
  /** Every rule that is on could look at everything: the text is whole, and none failed. */
  readonly isComplete: boolean;
}

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

/** What is wrong with a document and nobody has accepted. */
export function check(document: SourceDocument, options: CheckOptions): Diagnostic[] {
  return inspect(document, options).diagnostics;
}

/** Runs every rule that applies to the document: one traversal, each part offered to the rules that ask for it. */
export function inspect(document: SourceDocument, options: CheckOptions): Inspection {
  const run = new Run(document, options);
  run.syntax();
  run.objects();
  run.policies();
  run.grants();
  run.scenario();
  run.settle();
  run.suppressions();
  run.settle();
  const { diagnostics, suppressed, isComplete } = run;
  diagnostics.sort(byPlace);
  suppressed.sort((a, b) => byPlace(a.diagnostic, b.diagnostic));
  return { diagnostics, suppressed, isComplete };
}

/** A finding of a rule as it is shown. */
export function diagnosticOf(
  document: SourceDocument,
  rule: Rule,
  finding: Finding,
  severities: CheckOptions['severities'],
): Diagnostic {
  const { at } = finding;
  const isPlace = 'path' in at;
  const chosen = severities?.[rule.id];
  return {
    rule,
    severity: chosen && chosen !== 'off' ? chosen : (finding.severity ?? severityOfGroup[rule.group]),
    finding,
    range: document.rangeOfSpan(isPlace ? document.spanOf(at) : at),
    pointer: isPlace ? toPointer(at.path) : undefined,
  };
}

/** The message with its reason and its remedy, as one text. */
export function fullMessage(finding: Finding): string {
  return [finding.message, finding.why, finding.next].filter((part) => part !== undefined).join('; ');
}

/** A diagnostic with the characters that it stands on. */
interface Reported {
  readonly diagnostic: Diagnostic;
  readonly span: Span;
}

class Run {
  readonly diagnostics: Diagnostic[] = [];
  readonly suppressed: Suppressed[] = [];
  /** What is not settled yet. */
  private reported: Reported[] = [];
  private readonly comments: SuppressionComments;
  /** The names in comments that have suppressed something. */
  private readonly used = new Set<SpannedText>();
  /** The ids of rules that cannot say that there is nothing to find. */
  private readonly failed = new Set<string>();
  readonly document: SourceDocument;
  readonly broken: BrokenParts;
  readonly ruleIds: readonly string[];
  private readonly options: CheckOptions;
  private readonly listeners: Selection;
  /** What is being checked: the document, or a policy that stands in it. */
  scope: Scope;
  private readonly fewer = new Map<ReadonlySet<Rule>, Selection>();
  /** While a statement is checked that is to be remembered. */
  private watch: { readonly findings: RuleFinding[]; readonly again: Set<Rule> } | undefined;

  constructor(document: SourceDocument, options: CheckOptions) {
    this.document = document;
    this.options = options;
    this.broken = new BrokenParts(document);
    this.comments = new SuppressionComments(document);
    this.ruleIds = options.rules.map(({ id }) => id);
    this.listeners = rulesFor(options.rules, document.kind.candidates, options.severities);
    const { kind, policy } = document;
    this.scope = { kind, source: policy, facts: options.facts ?? {}, listeners: this.listeners, contexts: [] };
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

  /** Offers the comments that are meant to suppress findings, once it is known what they suppress. */
  suppressions(): void {
    const known = new Map(this.options.rules.map((rule) => [rule.id, rule]));
    for (const comment of this.comments.all) {
      const unknown = comment.names.filter(({ text }) => !known.has(text));
      const isIdle = (name: SpannedText): boolean =>
        comment.reach !== undefined && !this.used.has(name) && this.foundNothing(known.get(name.text));
      const unused = comment.names.filter(isIdle);
      this.each(this.listeners.suppression, (rule, context) =>
        rule.check.suppression?.({ ...comment, unknown, unused }, context),
      );
    }
  }

  get isComplete(): boolean {
    return this.broken.none && this.failed.size === 0;
  }

  /** Whether a rule has looked at all of the document. Of one that is off nobody knows what it would find. */
  private foundNothing(rule: Rule | undefined): boolean {
    const { severities, silent } = this.options;
    if (!rule || rule.check.suppression || !this.broken.none || !isOn(rule, severities)) return false;
    if (silent?.has(rule.id) || this.failed.has(rule.id)) return false;
    const { candidates } = this.document.kind;
    return candidates.length === 1 || candidates.every((kind) => rule.kinds.includes(kind));
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

  syntax(): void {
    const { document } = this;
    const { text, parsed } = document;
    this.brokenText({ text, problems: parsed.problems, embedded: false, outer: (offset) => offset });
    const inner = document.policy;
    if (inner?.outer)
      this.brokenText({ text: inner.text, problems: inner.parsed.problems, embedded: true, outer: inner.outer });
  }

  /** Those of statements are a part of them, so that they need not be visited while the statement stays as it is. */
  objects(): void {
    const { parsed, policy } = this.document;
    const { object: listeners } = this.listeners;
    if (listeners.length === 0) return;
    const later = new Set<JsonNode | undefined>(policy?.policy.statements.map(({ object }) => object));
    const visit = (root: JsonNode | undefined, base: Path, embedded: boolean): void =>
      visitObjects(root, { base, embedded, later }, (object) => this.object(object, listeners));
    visit(parsed.root, [], false);
    if (policy?.outer) visit(policy.parsed.root, policy.base, true);
  }

  private object(object: LocatedObject, listeners: readonly Listener[]): void {
    this.each(listeners, (rule, context) => rule.check.object?.(object, context));
  }

  /** The document's own policy, or those that stand in it, each by the rules of its kind. */
  policies(): void {
    const whole = this.scope;
    for (const source of this.document.policies) {
      this.scope = source.use ? this.scopeOf(source, source.use) : whole;
      this.policy(source.policy);
    }
    this.scope = whole;
  }

  private scopeOf(source: PolicySource, use: PolicyUse): Scope {
    const { rules, severities } = this.options;
    const { kind } = use;
    const all = rulesFor(rules, [kind], severities);
    return {
      kind: { kind, candidates: [kind], whole: true },
      source,
      facts: factsOfUse(use),
      // Its objects are visited with those of the document.
      listeners: { ...all, object: [] },
      contexts: [],
    };
  }

  private policy(policy: PolicyDocument): void {
    const { listeners } = this.scope;
    this.each(listeners.policy, (rule, context) => rule.check.policy?.(policy, context));
    const memory = this.usableMemory(policy);
    policy.statements.forEach((statement, index) => {
      if (memory) this.remembered(statement, index, memory);
      else this.statement(statement, listeners);
    });
    memory?.end(policy.statements.length);
  }

  private statement(statement: Statement, listeners: Selection): void {
    if (0 < listeners.object.length)
      visitObjects(statement.object, { base: statement.path, embedded: this.isEmbedded }, (object) =>
        this.object(object, listeners.object),
      );
    this.each(listeners.statement, (rule, context) => rule.check.statement?.(statement, context));
    const { action, resource, principal, conditions } = statement;
    this.each(action && listeners.action, ({ check }, context) => {
      for (const item of action?.items ?? []) check.action?.(item, statement, context);
    });
    this.each(resource && listeners.resource, ({ check }, context) => {
      for (const item of resource?.items ?? []) check.resource?.(item, statement, context);
    });
    this.each(principal && listeners.principal, ({ check }, context) => {
      for (const item of principal?.items ?? []) check.principal?.(item, statement, context);
    });
    this.each(0 < conditions.length ? listeners.condition : undefined, ({ check }, context) => {
      for (const item of conditions) check.condition?.(item, statement, context);
    });
  }

  /** Broken JSON makes what stands around a statement matter, and escaped text is not what its statements were read from. */
  private usableMemory({ version, statements }: PolicyDocument): StatementMemory | undefined {
    const { document, listeners, broken } = this;
    const { facts, source } = this.scope;
    const { memory } = this.options;
    if (!memory || !broken.none || source?.outer || source?.use) return undefined;
    const { kind, candidates, whole } = document.kind;
    const isList = statements[0]?.path.at(-1) !== 'Statement';
    memory.about(listeners.ids, kind, candidates.join(' '), whole, version, isList, ...Object.values(facts));
    return memory;
  }

  private remembered(statement: Statement, index: number, memory: StatementMemory): void {
    const known = memory.recall(index, statement);
    if (!known) {
      memory.remember(index, { notes: statement.notes, ...this.watched(statement) });
      return;
    }
    for (const { rule, finding } of known.findings) this.report(rule, finding);
    if (0 < known.again.size) this.statement(statement, this.only(known.again));
  }

  /** Checks a statement and keeps an eye on who looks at more than it. */
  private watched(statement: Statement): Omit<RememberedStatement, 'notes'> {
    const watch = { findings: [], again: new Set<Rule>() };
    this.watch = watch;
    this.statement(statement, this.listeners);
    this.watch = undefined;
    const findings = watch.findings.filter(({ rule }: RuleFinding) => !watch.again.has(rule));
    return { findings, again: watch.again };
  }

  private only(rules: ReadonlySet<Rule>): Selection {
    let listeners = this.fewer.get(rules);
    if (!listeners) {
      listeners = narrowed(this.listeners, rules);
      this.fewer.set(rules, listeners);
    }
    return listeners;
  }

  grants(): void {
    const grants = grantsOf(this.document);
    if (!grants) return;
    this.each(this.listeners.grants, (rule, context) => rule.check.grants?.(grants, context));
    for (const grant of grants.grants)
      this.each(this.listeners.grant, (rule, context) => rule.check.grant?.(grant, context));
  }

  scenario(): void {
    const { listeners, document } = this;
    if (listeners.scenario.length === 0) return;
    const { scenario } = document;
    if (scenario) this.each(listeners.scenario, (rule, context) => rule.check.scenario?.(scenario, context));
  }

  private brokenText(text: BrokenJson): void {
    if (0 < text.problems.length)
      this.each(this.listeners.syntax, (rule, context) => rule.check.syntax?.(text, context));
  }

  private each(listeners: readonly Listener[] | undefined, visit: (rule: Rule, context: RuleContext) => void): void {
    for (const { rule, position } of listeners ?? []) {
      const { contexts } = this.scope;
      contexts[position] ??= new Context(rule, this);
      try {
        visit(rule, contexts[position]);
      } catch (error) {
        this.looksAround(rule);
        this.failed.add(rule.id);
        this.options.onError?.(rule, error);
      }
    }
  }

  /** Somebody looks at more than the statement that is being checked. */
  looksAround(rule: Rule): void {
    this.watch?.again.add(rule);
  }

  report(rule: Rule, finding: Finding): void {
    const { document, options, broken } = this;
    this.watch?.findings.push({ rule, finding });
    const { at } = finding;
    const isPlace = 'path' in at;
    const span: Span = isPlace ? document.spanOf(at) : at;
    if (isPlace && broken.touches(span)) return;
    const isEmbedded = isPlace && this.isEmbedded && at.path[0] === document.policy?.base[0];
    if (options.silent?.has(rule.id) && !isEmbedded && !isInner(document, span)) return;
    this.reported.push({ diagnostic: diagnosticOf(document, rule, finding, options.severities), span });
  }

  private get isEmbedded(): boolean {
    return this.document.policy?.outer !== undefined;
  }
}

/** A part of a document that rules are run on, with what they are told of it. */
interface Scope {
  readonly kind: KindAnswer;
  readonly source: PolicySource | undefined;
  readonly facts: DocumentFacts;
  readonly listeners: Selection;
  /** By the positions of the rules. */
  readonly contexts: (RuleContext | undefined)[];
}

/** What a rule sees of a run. Rules take functions out of it, so those are bound. */
class Context implements RuleContext {
  readonly kind: KindAnswer;
  readonly version: string | undefined;
  readonly facts: DocumentFacts;
  readonly ruleIds: readonly string[];
  readonly isBroken: RuleContext['isBroken'];
  readonly report: RuleContext['report'];
  private readonly rule: Rule;
  private readonly run: Run;
  private readonly scope: Scope;

  constructor(rule: Rule, run: Run) {
    const { scope, broken, ruleIds } = run;
    this.kind = scope.kind;
    this.version = scope.source?.policy.version;
    this.facts = scope.facts;
    this.scope = scope;
    this.ruleIds = ruleIds;
    this.isBroken = (object) => broken.inside(object);
    this.report = (finding) => run.report(rule, finding);
    this.rule = rule;
    this.run = run;
  }

  get document(): SourceDocument {
    this.run.looksAround(this.rule);
    return this.run.document;
  }

  get source(): PolicySource | undefined {
    this.run.looksAround(this.rule);
    return this.scope.source;
  }

  get policy(): PolicyDocument | undefined {
    return this.source?.policy;
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

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    a.range.start.line - b.range.start.line ||
    a.range.start.character - b.range.start.character ||
    a.range.end.line - b.range.end.line ||
    a.range.end.character - b.range.end.character ||
    a.rule.id.localeCompare(b.rule.id)
  );
}
