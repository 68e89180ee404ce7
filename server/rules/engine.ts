import type { JsonNode, JsonObject } from '../../simulator/json/node.ts';
import { type Path, toPointer } from '../../simulator/json/place.ts';
import { grantsOf } from '../documents/grants.ts';
import type { SourceDocument, Span } from '../documents/source.ts';
import { SpanSet } from '../documents/span-set.ts';
import type { Range } from '../protocol.ts';
import { BrokenParts } from './broken-parts.ts';
import {
  type BrokenJson,
  type DocumentFacts,
  type Finding,
  type LocatedObject,
  type Rule,
  type RuleChecks,
  type RuleContext,
  type Severity,
  severityOfGroup,
} from './rule.ts';

/** A finding with its rule, its severity and its place in the text. */
export interface Diagnostic {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly finding: Finding;
  readonly range: Range;
  /** RFC 6901; undefined for broken JSON, which has no places. */
  readonly pointer: string | undefined;
}

export interface CheckOptions {
  readonly rules: readonly Rule[];
  /** Severities by rule id from settings and `.kms-lens.json`. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  /** Ids of rules that somebody else speaks for: the editor's own JSON service. */
  readonly silent?: ReadonlySet<string>;
  readonly facts?: DocumentFacts;
  /** Findings that somebody has accepted: they are left out. Asked once for each that would be reported. */
  readonly isSuppressed?: (rule: Rule, finding: Finding, document: SourceDocument) => boolean;
  /** Told of a rule that failed; the others go on. */
  readonly onError?: (rule: Rule, error: unknown) => void;
}

/** Runs every rule that applies to the document: one traversal, each part offered to the rules that ask for it. */
export function check(document: SourceDocument, options: CheckOptions): Diagnostic[] {
  const run = new Run(document, options);
  run.syntax();
  run.objects();
  run.policy();
  run.grants();
  return run.settled().sort(byPlace);
}

/** Whether a rule runs at all under these severities. */
export function isOn({ id, optIn }: Rule, severities: CheckOptions['severities']): boolean {
  const chosen = severities?.[id];
  return chosen === undefined ? optIn !== true : chosen !== 'off';
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

/** A rule that asks for a kind of part, with what it may use. */
interface Listener {
  readonly rule: Rule;
  readonly context: RuleContext;
}

class Run {
  private readonly reported: Reported[] = [];
  private readonly document: SourceDocument;
  private readonly options: CheckOptions;
  private readonly broken: BrokenParts;
  private readonly listeners: Readonly<Record<keyof RuleChecks, readonly Listener[]>>;

  constructor(document: SourceDocument, options: CheckOptions) {
    this.document = document;
    this.options = options;
    this.broken = new BrokenParts(document);
    const { candidates } = document.kind;
    const running = options.rules
      .filter((rule) => isOn(rule, options.severities))
      .filter(({ kinds }) => candidates.length > 0 && candidates.every((kind) => kinds.includes(kind)))
      .map((rule): Listener => ({ rule, context: this.contextOf(rule) }));
    const listening = (part: keyof RuleChecks) => running.filter(({ rule }) => rule.check[part] !== undefined);
    this.listeners = {
      syntax: listening('syntax'),
      object: listening('object'),
      policy: listening('policy'),
      statement: listening('statement'),
      action: listening('action'),
      resource: listening('resource'),
      principal: listening('principal'),
      condition: listening('condition'),
      grant: listening('grant'),
    };
  }

  /** What was reported, without what a more specific rule says of the same characters. */
  settled(): Diagnostic[] {
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
    return this.reported.filter((each) => !isSaid(each)).map(({ diagnostic }) => diagnostic);
  }

  syntax(): void {
    const { document } = this;
    const { text, parsed } = document;
    this.brokenText({ text, problems: parsed.problems, embedded: false, outer: (offset) => offset });
    const inner = document.policy;
    if (inner?.outer)
      this.brokenText({ text: inner.text, problems: inner.parsed.problems, embedded: true, outer: inner.outer });
  }

  objects(): void {
    const listening = this.listeners.object;
    if (listening.length === 0) return;
    const visit = (root: JsonNode, base: Path, embedded: boolean): void => {
      const pending: Visited[] = [{ node: root, step: undefined, parent: undefined }];
      for (let next = pending.pop(); next; next = pending.pop()) {
        const parent = next;
        const { node } = next;
        if (node.type === 'object') {
          const object: LocatedObject = {
            node,
            embedded,
            get path() {
              return pathOf(parent, base);
            },
          };
          for (const { rule, context } of listening) this.guard(rule, () => rule.check.object?.(object, context));
          for (const [step, value] of countingValues(node)) pending.push({ node: value, step, parent });
        } else if (node.type === 'array') {
          for (const [step, value] of node.elements.entries()) pending.push({ node: value, step, parent });
        }
      }
    };
    const { root } = this.document.parsed;
    if (root) visit(root, [], false);
    const inner = this.document.policy;
    if (inner?.outer && inner.parsed.root) visit(inner.parsed.root, inner.base, true);
  }

  policy(): void {
    const policy = this.document.policy?.policy;
    if (!policy) return;
    this.each('policy', (rule, context) => rule.check.policy?.(policy, context));
    for (const statement of policy.statements) {
      this.each('statement', (rule, context) => rule.check.statement?.(statement, context));
      for (const item of statement.action?.items ?? [])
        this.each('action', (rule, context) => rule.check.action?.(item, statement, context));
      for (const item of statement.resource?.items ?? [])
        this.each('resource', (rule, context) => rule.check.resource?.(item, statement, context));
      for (const item of statement.principal?.items ?? [])
        this.each('principal', (rule, context) => rule.check.principal?.(item, statement, context));
      for (const item of statement.conditions)
        this.each('condition', (rule, context) => rule.check.condition?.(item, statement, context));
    }
  }

  grants(): void {
    for (const grant of grantsOf(this.document)?.grants ?? [])
      this.each('grant', (rule, context) => rule.check.grant?.(grant, context));
  }

  private brokenText(text: BrokenJson): void {
    if (0 < text.problems.length) this.each('syntax', (rule, context) => rule.check.syntax?.(text, context));
  }

  private each(part: keyof RuleChecks, visit: (rule: Rule, context: RuleContext) => void): void {
    for (const { rule, context } of this.listeners[part]) this.guard(rule, () => visit(rule, context));
  }

  private guard(rule: Rule, visit: () => void): void {
    try {
      visit();
    } catch (error) {
      this.options.onError?.(rule, error);
    }
  }

  private contextOf(rule: Rule): RuleContext {
    const { document, options, reported, broken } = this;
    const chosen = options.severities?.[rule.id];
    const severityOf = (finding: Finding): Severity =>
      chosen && chosen !== 'off' ? chosen : (finding.severity ?? severityOfGroup[rule.group]);
    return {
      document,
      policy: document.policy?.policy,
      facts: options.facts ?? {},
      isBroken: (object) => broken.inside(object),
      report(finding) {
        const { at } = finding;
        const isPlace = 'path' in at;
        const span: Span = isPlace ? document.spanOf(at) : at;
        if (isPlace && broken.touches(span)) return;
        const isEmbedded = isPlace && document.policy?.outer !== undefined && at.path[0] === document.policy.base[0];
        if (options.silent?.has(rule.id) && !isEmbedded && !isInner(document, span)) return;
        if (options.isSuppressed?.(rule, finding, document)) return;
        const diagnostic = {
          rule,
          severity: severityOf(finding),
          finding,
          range: document.rangeOfSpan(span),
          pointer: isPlace ? toPointer(at.path) : undefined,
        };
        reported.push({ diagnostic, span });
      },
    };
  }
}

/** A value on the way through a tree; paths are made from the links, since a copy per level would cost the square of the depth. */
interface Visited {
  readonly node: JsonNode;
  readonly step: string | number | undefined;
  readonly parent: Visited | undefined;
}

function pathOf(visited: Visited, base: Path): Path {
  const steps: (string | number)[] = [];
  for (let at: Visited | undefined = visited; at?.step !== undefined; at = at.parent) steps.push(at.step);
  return [...base, ...steps.reverse()];
}

/** The values of an object's members; of members with the same name the last one counts. */
function countingValues({ members }: JsonObject): Map<string, JsonNode> {
  const values = new Map<string, JsonNode>();
  for (const { key, value } of members) {
    values.delete(key.value);
    if (value) values.set(key.value, value);
  }
  return values;
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
