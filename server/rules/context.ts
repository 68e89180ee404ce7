import type { PolicyDocument } from '../../simulator/policy/document.ts';
import type { KindAnswer } from '../documents/kinds.ts';
import type { PolicySource, SourceDocument } from '../documents/source.ts';
import type { DocumentFacts, Finding, Rule, RuleContext } from './rule.ts';
import type { Selection } from './selection.ts';

/** What the rules of one check have in common. */
export interface Surroundings {
  readonly document: SourceDocument;
  readonly scope: Scope;
  /** Bound. */
  readonly isBroken: RuleContext['isBroken'];
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

/** What a rule sees of a check: one for each rule and scope, so small. Rules take functions out of it, so those are bound. */
export class Context implements RuleContext {
  readonly report: RuleContext['report'];
  private readonly rule: Rule;
  private readonly around: Surroundings;
  private readonly scope: Scope;

  constructor(rule: Rule, around: Surroundings) {
    this.rule = rule;
    this.around = around;
    this.scope = around.scope;
    this.report = (finding) => around.report(rule, finding);
  }

  get kind(): KindAnswer {
    return this.scope.kind;
  }

  get version(): string | undefined {
    return this.scope.source?.policy.version;
  }

  get facts(): DocumentFacts {
    return this.scope.facts;
  }

  get ruleIds(): readonly string[] {
    return this.around.ruleIds;
  }

  get isBroken(): RuleContext['isBroken'] {
    return this.around.isBroken;
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
