import { type Named, PrincipalIndex } from './compile/by-principal.ts';
import { type CompiledCondition, compileCondition } from './compile/condition.ts';
import { compileResource, type ResourceMatcher } from './compile/resource.ts';
import type { ActionItem, Element, Item, PolicyDocument, Statement } from './document.ts';
import { type CompiledAction, compileAction } from './syntax/action.ts';
import { foldCase } from './syntax/fold-case.ts';
import { any, not, type Truth } from './truth.ts';

export type { Named } from './compile/by-principal.ts';
export type { CompiledCondition } from './compile/condition.ts';
export type { ResourceMatch, ResourceTarget } from './compile/resource.ts';

/** A policy made ready to be asked often: patterns compiled, and for each action the statements that speak of it. */
export class CompiledPolicy {
  readonly policy: PolicyDocument;
  /** The URI or file of the document, for the places in decisions. */
  readonly document: string | undefined;
  private readonly statements: readonly CompiledStatement[];
  private readonly byAction = new Map<string, readonly CompiledStatement[]>();
  private readonly byPrincipal = new Map<string, PrincipalIndex>();
  /** One action is asked about often in a row. */
  private lastAction: string | undefined;
  private lastSpeaking: readonly CompiledStatement[] = [];

  constructor(policy: PolicyDocument, document?: string) {
    this.policy = policy;
    this.document = document;
    this.statements = policy.statements.map((statement) => new CompiledStatement(statement, policy));
  }

  /** The statements that speak, or may speak, of an action (`Decrypt`), in their order. The others cannot matter. */
  speakingOf(action: string): readonly CompiledStatement[] {
    if (action === this.lastAction) return this.lastSpeaking;
    let found = this.byAction.get(action);
    if (!found) {
      found = this.statements.filter((statement) => statement.mayMatterTo(`kms:${action}`));
      this.byAction.set(action, found);
    }
    this.lastAction = action;
    this.lastSpeaking = found;
    return found;
  }

  /** The same, as far as they may name the caller, in no particular order; one may come several times. */
  concerning(action: string, who: Named): readonly CompiledStatement[] {
    let index = this.byPrincipal.get(action);
    if (!index) {
      index = new PrincipalIndex(this.speakingOf(action));
      this.byPrincipal.set(action, index);
    }
    return index.concerning(who);
  }

  get size(): number {
    return this.statements.length;
  }
}

export class CompiledStatement {
  readonly statement: Statement;
  readonly effect: 'Allow' | 'Deny' | undefined;
  private readonly policy: PolicyDocument;
  private texts: Map<readonly Item[], readonly string[]> | undefined;
  private readonly actions = new Map<string, Truth>();
  /** One action is asked about often in a row. */
  private lastAction = '';
  private lastTruth: Truth = false;
  private compiledActions: CompiledActions | undefined;
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
    this.compiledActions ??= compileActions(element);
    return speaksOf(element, action, this.compiledActions);
  }
}

type CompiledActions = readonly (CompiledAction | 'unknown')[];

function compileActions({ items }: Element<ActionItem>): CompiledActions {
  return items.map(({ pattern }) => (pattern.kind === 'unknown' ? 'unknown' : compileAction(pattern)));
}

/** Whether an Action or NotAction covers `kms:Decrypt`. */
export function speaksOf(element: Element<ActionItem>, action: string, compiled = compileActions(element)): Truth {
  const covered = any(compiled.map((each) => (each === 'unknown' ? each : each.matches(action))));
  return element.negated ? not(covered) : covered;
}
