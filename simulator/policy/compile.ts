import { type Hearer, type Named, PrincipalIndex } from './compile/by-principal.ts';
import { type CompiledCondition, compileCondition } from './compile/condition.ts';
import { compileResource, type ResourceMatcher } from './compile/resource.ts';
import type { Item, PolicyDocument, Statement } from './document.ts';
import { type CompiledAction, compileAction } from './syntax/action.ts';
import { foldCase } from './syntax/fold-case.ts';
import { any, not, type Truth } from './truth.ts';

export type { Hearer, Named } from './compile/by-principal.ts';
export type { CompiledCondition } from './compile/condition.ts';
export type { ResourceMatch, ResourceTarget } from './compile/resource.ts';

/** A policy made ready to be asked often: patterns compiled, and for each action the statements that speak of it. */
export class CompiledPolicy {
  readonly policy: PolicyDocument;
  /** The URI or file of the document, for the places in decisions. */
  readonly document: string | undefined;
  private readonly statements: readonly CompiledStatement[];
  private readonly byAction = new Map<string, Speaking>();

  constructor(policy: PolicyDocument, document?: string) {
    this.policy = policy;
    this.document = document;
    this.statements = policy.statements.map((statement) => new CompiledStatement(statement, policy));
  }

  /** The statements that speak, or may speak, of an action (`Decrypt`), in their order. The others cannot matter. */
  speakingOf(action: string): readonly CompiledStatement[] {
    return this.speaking(action).all;
  }

  /** Those of them that allow, or deny, or both where nobody can tell. */
  having(effect: Effect, action: string): readonly CompiledStatement[] {
    return this.speaking(action).having(effect);
  }

  /** Hands over the same, as far as they may name the caller, in no particular order. */
  concerning(effect: Effect, action: string, who: Named, hearer: Hearer): void {
    this.speaking(action).index(effect).concerning(who, hearer);
  }

  private speaking(action: string): Speaking {
    let found = this.byAction.get(action);
    if (!found) {
      found = new Speaking(this.statements.filter((statement) => statement.mayMatterTo(`kms:${action}`)));
      this.byAction.set(action, found);
    }
    return found;
  }

  get size(): number {
    return this.statements.length;
  }
}

export type Effect = 'Allow' | 'Deny';

/** The statements that speak of one action. */
class Speaking {
  readonly all: readonly CompiledStatement[];
  private allowing: readonly CompiledStatement[] | undefined;
  private denying: readonly CompiledStatement[] | undefined;
  private allowIndex: PrincipalIndex | undefined;
  private denyIndex: PrincipalIndex | undefined;

  constructor(all: readonly CompiledStatement[]) {
    this.all = all;
  }

  having(effect: Effect): readonly CompiledStatement[] {
    if (effect === 'Allow') {
      this.allowing ??= this.all.filter((statement) => statement.effect !== 'Deny');
      return this.allowing;
    }
    this.denying ??= this.all.filter((statement) => statement.effect !== 'Allow');
    return this.denying;
  }

  index(effect: Effect): PrincipalIndex {
    if (effect === 'Allow') {
      this.allowIndex ??= new PrincipalIndex(this.having(effect));
      return this.allowIndex;
    }
    this.denyIndex ??= new PrincipalIndex(this.having(effect));
    return this.denyIndex;
  }
}

export class CompiledStatement {
  readonly statement: Statement;
  readonly effect: Effect | undefined;
  private readonly policy: PolicyDocument;
  private texts: Map<readonly Item[], readonly string[]> | undefined;
  private readonly actions = new Map<string, Truth>();
  /** One action is asked about often in a row. */
  private lastAction = '';
  private lastTruth: Truth = false;
  private compiledActions: readonly (CompiledAction | 'unknown')[] | undefined;
  private compiledConditions: readonly CompiledCondition[] | undefined;
  private compiledResource: ResourceMatcher | undefined;

  constructor(statement: Statement, policy: PolicyDocument) {
    this.statement = statement;
    this.effect = statement.effect;
    this.policy = policy;
  }

  /** Statements without an Action are accepted by KMS and dead; those that cannot be read may say anything. */
  mayMatterTo(action: string): boolean {
    if (!this.statement.action) return !this.statement.readable && !this.statement.object;
    return this.speaksOf(action) !== false || !this.statement.readable;
  }

  /** Whether Action or NotAction covers `kms:Decrypt`. */
  speaksOf(action: string): Truth {
    if (action === this.lastAction) return this.lastTruth;
    const folded = foldCase(action);
    let truth = this.actions.get(folded);
    if (truth === undefined) {
      truth = this.compareAction(action);
      this.actions.set(folded, truth);
    }
    this.lastAction = action;
    this.lastTruth = truth;
    return truth;
  }

  get conditions(): readonly CompiledCondition[] {
    this.compiledConditions ??= this.statement.conditions.map((condition) =>
      compileCondition(condition, this.policy.version),
    );
    return this.compiledConditions;
  }

  get matchesResource(): ResourceMatcher {
    this.compiledResource ??= compileResource(this.statement.resource, this.policy.version);
    return this.compiledResource;
  }

  /** The values of one of its elements, as written. */
  textsOf(items: readonly Item[]): readonly string[] {
    this.texts ??= new Map();
    let texts = this.texts.get(items);
    if (!texts) {
      texts = items.map(({ text }) => text);
      this.texts.set(items, texts);
    }
    return texts;
  }

  private compareAction(action: string): Truth {
    const element = this.statement.action;
    if (!element) return false;
    this.compiledActions ??= element.items.map(({ pattern }) =>
      pattern.kind === 'unknown' ? 'unknown' : compileAction(pattern),
    );
    const covered = any(this.compiledActions.map((each) => (each === 'unknown' ? each : each.matches(action))));
    return element.negated ? not(covered) : covered;
  }
}
