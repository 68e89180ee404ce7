import type { JsonNode } from '../../simulator/json/node.ts';
import type { Path } from '../../simulator/json/place.ts';
import type { PolicyDocument, Statement } from '../../simulator/policy/document.ts';
import type { PolicyUse } from '../../simulator/scenario/outline.ts';
import { grantsOf } from '../documents/grants.ts';
import type { PolicySource, SourceDocument } from '../documents/source.ts';
import { BrokenParts } from './broken-parts.ts';
import type { CheckOptions } from './check-options.ts';
import { Context, type Scope, type Surroundings } from './context.ts';
import { Findings } from './findings.ts';
import { visitObjects } from './objects.ts';
import type { BrokenJson, DocumentFacts, Finding, LocatedObject, Rule, RuleContext, UsedComment } from './rule.ts';
import { type Listener, narrowed, rulesFor, type Selection } from './selection.ts';
import type { RememberedStatement, RuleFinding, StatementMemory } from './statement-memory.ts';
import { factsOfUse, keyPoliciesIn } from './support/scenario-facts.ts';

/** One check of one document: offers its parts to the rules that ask for them. */
export class Run implements Surroundings {
  readonly document: SourceDocument;
  readonly broken: BrokenParts;
  readonly isBroken: RuleContext['isBroken'] = (object) => this.broken.inside(object);
  readonly ruleIds: readonly string[];
  readonly findings: Findings;
  /** The ids of rules that cannot say that there is nothing to find. */
  readonly failed = new Set<string>();
  private readonly options: CheckOptions;
  private readonly listeners: Selection;
  /** What is being checked: the document, or a policy that stands in it. */
  scope: Scope;
  private keyFacts: DocumentFacts | undefined;
  private readonly fewer = new Map<ReadonlySet<Rule>, Selection>();
  /** While a statement is checked that is to be remembered. */
  private watch: { readonly findings: RuleFinding[]; readonly again: Set<Rule> } | undefined;

  constructor(document: SourceDocument, options: CheckOptions) {
    this.document = document;
    this.options = options;
    this.broken = new BrokenParts(document);
    this.findings = new Findings(document, options, this.broken);
    this.ruleIds = options.rules.map(({ id }) => id);
    this.listeners = rulesFor(options.rules, document.kind.candidates, options.severities);
    const { kind, policy } = document;
    this.scope = { kind, source: policy, facts: options.facts ?? {}, listeners: this.listeners, contexts: [] };
  }

  syntax(): void {
    const { document } = this;
    const { text, parsed } = document;
    this.brokenText({ text, problems: parsed.problems, embedded: false, outer: (offset) => offset });
    const inner = document.policy;
    if (inner?.outer)
      this.brokenText({ text: inner.text, problems: inner.parsed.problems, embedded: true, outer: inner.outer });
  }

  private brokenText(text: BrokenJson): void {
    if (0 < text.problems.length)
      this.each(this.listeners.syntax, (rule, context) => rule.check.syntax?.(text, context));
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

  /** The same for all of the document. */
  private ofKeys(): DocumentFacts {
    this.keyFacts ??= keyPoliciesIn(this.document);
    return this.keyFacts;
  }

  private scopeOf(source: PolicySource, use: PolicyUse): Scope {
    const { rules, severities } = this.options;
    const { kind } = use;
    const all = rulesFor(rules, [kind], severities);
    return {
      kind: { kind, candidates: [kind], whole: true },
      source,
      facts: kind === 'iam-policy' ? { ...this.ofKeys(), ...factsOfUse(use) } : factsOfUse(use),
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
    const embedded = this.document.policy?.outer !== undefined;
    if (0 < listeners.object.length)
      visitObjects(statement.object, { base: statement.path, embedded }, (object) =>
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

  suppression(comment: UsedComment): void {
    this.each(this.listeners.suppression, (rule, context) => rule.check.suppression?.(comment, context));
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

  looksAround(rule: Rule): void {
    this.watch?.again.add(rule);
  }

  report(rule: Rule, finding: Finding): void {
    this.watch?.findings.push({ rule, finding });
    this.findings.add(rule, finding);
  }
}
