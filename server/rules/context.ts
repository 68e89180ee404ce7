import type { PolicyDocument } from '../../simulator/policy/document.ts';
import type { KindAnswer } from '../documents/kinds.ts';
import type { PolicySource, SourceDocument } from '../documents/source.ts';
import type { BrokenParts } from './broken-parts.ts';
import type { DocumentFacts, Finding, Rule, RuleContext } from './rule.ts';
import type { Selection } from './selection.ts';

/** What the rules of one check have in common. */
export interface Surroundings {
  readonly document: SourceDocument;
  readonly scope: Scope;
  readonly broken: BrokenParts;
  readonly ruleIds: readonly string[];
  /** Somebody looks at more than the statement that is being checked. */
  looksAround(rule: Rule): void;
  report(rule: Rule, finding: Finding): void;
}

/** A part of a document that rules are run on, with what they are told of it. */
export interface Scope {
  readonly kind: KindAnswer;
  readonly source: PolicySource | undefined;
  readonly facts: DocumentFacts;
  readonly listeners: Selection;
  /** By the positions of the rules. */
  readonly contexts: (RuleContext | undefined)[];
}

/** What a rule sees of a check. Rules take functions out of it, so those are bound. */
export class Context implements RuleContext {
  readonly kind: KindAnswer;
  readonly version: string | undefined;
  readonly facts: DocumentFacts;
  readonly ruleIds: readonly string[];
  readonly isBroken: RuleContext['isBroken'];
  readonly report: RuleContext['report'];
  private readonly rule: Rule;
  private readonly around: Surroundings;
  private readonly scope: Scope;

  constructor(rule: Rule, around: Surroundings) {
    const { scope, broken, ruleIds } = around;
    this.scope = scope;
    this.kind = scope.kind;
    this.version = scope.source?.policy.version;
    this.facts = scope.facts;
    this.ruleIds = ruleIds;
    this.isBroken = (object) => broken.inside(object);
    this.report = (finding) => around.report(rule, finding);
    this.rule = rule;
    this.around = around;
  }

  get document(): SourceDocument {
    this.around.looksAround(this.rule);
    return this.around.document;
  }

  get source(): PolicySource | undefined {
    this.around.looksAround(this.rule);
    return this.scope.source;
  }

  get policy(): PolicyDocument | undefined {
    return this.source?.policy;
  }
}
