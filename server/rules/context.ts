import type { PolicyDocument } from '../../simulator/policy/document.ts';
import type { KindAnswer } from '../documents/kinds.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { BrokenParts } from './broken-parts.ts';
import type { DocumentFacts, Finding, Rule, RuleContext } from './rule.ts';

/** What the rules of one check have in common. */
export interface Surroundings {
  readonly document: SourceDocument;
  readonly facts: DocumentFacts;
  readonly broken: BrokenParts;
  readonly ruleIds: readonly string[];
  /** Somebody looks at more than the statement that is being checked. */
  looksAround(rule: Rule): void;
  report(rule: Rule, finding: Finding): void;
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

  constructor(rule: Rule, around: Surroundings) {
    const { document, facts, broken, ruleIds } = around;
    this.kind = document.kind;
    this.version = document.policy?.policy.version;
    this.facts = facts;
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

  get policy(): PolicyDocument | undefined {
    return this.document.policy?.policy;
  }
}
