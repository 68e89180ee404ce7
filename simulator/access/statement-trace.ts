import type { Place } from '../json/place.ts';
import type { CompiledCondition, CompiledPolicy, CompiledStatement, ResourceMatch } from '../policy/compile.ts';
import { ABSENT, type ContextValue, type RequestValues } from '../policy/context-value.ts';
import type { Element, Item } from '../policy/document.ts';
import { any, type Truth } from '../policy/truth.ts';
import type { AssumptionId } from './assumptions.ts';
import { assumedOf } from './context/assumed.ts';
import type { ElementResult, Need, PrincipalMatch, StatementResult } from './decision.ts';
import type { PreparedRequest } from './prepared.ts';
import type { PrincipalResult } from './principal/items.ts';
import type { MatchListener } from './statement-match.ts';
import { hidesFromKeyPolicies, type StatementScope } from './statement-scope.ts';

/** Writes down what is compared of one statement, for whoever wants to know why. */
export class StatementTrace implements MatchListener, RequestValues {
  /** What AWS leaves open and the comparison took one way. */
  readonly assumed: AssumptionId[];
  /** What the request brings for condition keys, as far as the statement can see it. */
  readonly values: RequestValues;
  private readonly elements: ElementResult[] = [];
  private readonly policy: CompiledPolicy;
  private readonly compiled: CompiledStatement;
  private readonly prepared: PreparedRequest;
  private how: PrincipalMatch | undefined;

  constructor(
    policy: CompiledPolicy,
    compiled: CompiledStatement,
    prepared: PreparedRequest,
    { keyTags }: StatementScope,
    assumed: AssumptionId[],
  ) {
    this.policy = policy;
    this.compiled = compiled;
    this.prepared = prepared;
    this.assumed = assumed;
    this.values = keyTags ? prepared.values : this;
  }

  result(matched: Truth): StatementResult {
    const { elements, how } = this;
    const { statement } = this.compiled;
    const { document } = this.policy;
    return matched === true && how
      ? { document, statement, matched, elements, principal: how }
      : { document, statement, matched, elements };
  }

  principal({ direct, role, account, how, assumed }: PrincipalResult): void {
    this.how = how;
    if (assumed) this.assumed.push(assumed);
    const element = this.compiled.statement.principal;
    if (!element) return;
    const matched = any([direct, role, account]);
    const { shown } = this.prepared;
    const need = matched === 'unknown' ? this.placeholderIn(element.items) : undefined;
    this.compared(element, element.negated ? 'NotPrincipal' : 'Principal', matched, shown.caller, need);
  }

  action(matched: Truth): void {
    const element = this.compiled.statement.action;
    if (!element) return;
    const need = matched === 'unknown' ? this.placeholderIn(element.items) : undefined;
    this.compared(element, element.negated ? 'NotAction' : 'Action', matched, this.prepared.shown.action, need);
  }

  resource({ matched, undecided }: ResourceMatch): void {
    const element = this.compiled.statement.resource;
    if (!element) return;
    const need = undecided && this.undecidedResource(undecided);
    this.compared(element, element.negated ? 'NotResource' : 'Resource', matched, this.prepared.shown.resource, need);
  }

  condition(compiled: CompiledCondition, value: ContextValue, matched: Truth): void {
    const { undecided, assumed } = compiled.explain(value, this.values);
    const { condition, texts } = compiled;
    const { key, operator } = condition;
    if (assumed) this.assumed.push(...assumed);
    const presence = assumedOf(key.lower, operator.base, value, this.prepared.request);
    if (presence) this.assumed.push(presence);
    const place = this.place(condition.path);
    const need: Need | undefined =
      matched !== 'unknown'
        ? undefined
        : undecided
          ? this.placeholder(undecided.text, undecided.path)
          : { type: 'context-key', key: key.text, place, effect: this.effect };
    const element = {
      element: 'Condition',
      place,
      matched,
      expected: texts,
      actual: value.state === 'present' ? value.values : [],
      operator: operator.text,
      key: key.text,
      presence: value.state,
    } as const;
    this.elements.push(need ? { ...element, need } : element);
  }

  unreadable(): void {
    const place = this.place(this.compiled.statement.path);
    const need: Need = { type: 'unreadable-statement', place };
    this.elements.push({ element: 'Statement', place, matched: 'unknown', expected: [], actual: [], need });
  }

  /** What a key policy sees. */
  get(key: string): ContextValue {
    if (!hidesFromKeyPolicies(key)) return this.prepared.values.get(key);
    this.assumed.push('resource-tags-in-key-policy');
    return ABSENT;
  }

  private compared(
    { path, items }: Element<Item>,
    element: ElementResult['element'],
    matched: Truth,
    actual: readonly string[],
    need: Need | undefined,
  ): void {
    const expected = this.compiled.textsOf(items);
    const place = this.place(path);
    this.elements.push(
      need ? { element, place, matched, expected, actual, need } : { element, place, matched, expected, actual },
    );
  }

  private undecidedResource({ why, text, path }: NonNullable<ResourceMatch['undecided']>): Need {
    return why === 'key'
      ? { type: 'key', text, place: this.place(path), effect: this.effect }
      : this.placeholder(text, path);
  }

  private get effect(): 'Allow' | 'Deny' {
    return this.compiled.effect ?? 'Allow';
  }

  private placeholderIn(items: readonly (Item & { readonly pattern: { readonly kind: string } })[]): Need | undefined {
    const unknown = items.find(({ pattern }) => pattern.kind === 'unknown');
    return unknown && this.placeholder(unknown.text, unknown.path);
  }

  private placeholder(text: string, path: Place['path']): Need {
    return { type: 'placeholder', text, place: this.place(path), effect: this.effect };
  }

  private place(path: Place['path']): Place {
    const { document } = this.policy;
    return document === undefined ? { path } : { document, path };
  }
}
