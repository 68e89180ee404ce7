import { type CompiledCondition, compileCondition } from './compile/condition.ts';
import { compileResource, type KeyMatcher } from './compile/resource.ts';
import type { PolicyDocument, Statement } from './document.ts';
import { compileAction } from './syntax/action.ts';
import { foldCase } from './syntax/fold-case.ts';
import { any, not, type Truth } from './truth.ts';

export type { CompiledCondition } from './compile/condition.ts';
export type { KeyToMatch, ResourceMatch, ValueOf } from './compile/resource.ts';

/** A policy made ready to be asked often: patterns compiled, and for each action the statements that speak of it. */
export class CompiledPolicy {
  readonly policy: PolicyDocument;
  /** The URI or file of the document, for the places in decisions. */
  readonly document: string | undefined;
  private readonly statements: readonly CompiledStatement[];
  private readonly byAction = new Map<string, readonly CompiledStatement[]>();

  constructor(policy: PolicyDocument, document?: string) {
    this.policy = policy;
    this.document = document;
    this.statements = policy.statements.map((statement) => new CompiledStatement(statement, policy));
  }

  /** The statements that speak, or may speak, of an action (`Decrypt`), in their order. The others cannot matter. */
  speakingOf(action: string): readonly CompiledStatement[] {
    let found = this.byAction.get(action);
    if (!found) {
      found = this.statements.filter((statement) => statement.mayMatterTo(`kms:${action}`));
      this.byAction.set(action, found);
    }
    return found;
  }

  get size(): number {
    return this.statements.length;
  }
}

export class CompiledStatement {
  readonly statement: Statement;
  readonly effect: 'Allow' | 'Deny' | undefined;
  private readonly policy: PolicyDocument;
  private readonly actions = new Map<string, Truth>();
  private compiledConditions: readonly CompiledCondition[] | undefined;
  private compiledResource: KeyMatcher | undefined;

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
    const folded = foldCase(action);
    let truth = this.actions.get(folded);
    if (truth === undefined) {
      truth = this.compareAction(action);
      this.actions.set(folded, truth);
    }
    return truth;
  }

  get conditions(): readonly CompiledCondition[] {
    this.compiledConditions ??= this.statement.conditions.map((condition) =>
      compileCondition(condition, this.policy.version),
    );
    return this.compiledConditions;
  }

  get matchesResource(): KeyMatcher {
    this.compiledResource ??= compileResource(this.statement.resource, this.policy.version);
    return this.compiledResource;
  }

  private compareAction(action: string): Truth {
    const element = this.statement.action;
    if (!element) return false;
    const covered = any(
      element.items.map(({ pattern }) =>
        pattern.kind === 'unknown' ? 'unknown' : compileAction(pattern).matches(action),
      ),
    );
    return element.negated ? not(covered) : covered;
  }
}
