import type { ContextValue } from '../context-value.ts';
import type { Condition, ConditionValue } from '../document.ts';
import { all, any, not, type Truth } from '../truth.ts';
import { type ConditionAssumption, type Taken, takenFor } from './condition-assumptions.ts';
import { compileValue, type ValueTest } from './operators.ts';
import type { ValueOf } from './resource.ts';

export interface CompiledCondition {
  readonly condition: Condition;
  /** The values as written. */
  readonly texts: readonly string[];
  /** Whether the condition holds for what the request brings for its key. */
  evaluate(value: ContextValue, valueOf: ValueOf): ConditionResult;
}

export interface ConditionResult {
  readonly matched: Truth;
  /** The text in the policy that nobody can decide on; left out where it is the request's value that is unknown. */
  readonly undecided?: { readonly text: string; readonly path: Condition['path'] };
  /** What AWS leaves open and was taken one way to come to the result. */
  readonly assumed?: readonly ConditionAssumption[];
}

const HOLDS: ConditionResult = { matched: true };
const FAILS: ConditionResult = { matched: false };
const OPEN: ConditionResult = { matched: 'unknown' };
const plain = (matched: Truth): ConditionResult => (matched === 'unknown' ? OPEN : matched ? HOLDS : FAILS);

/**
 * Compiles one operator with one key. Values are alternatives; of a negated operator none may match.
 * Source: IAM User Guide, "Condition operators" and "Conditions with multiple context keys or values"; checked 2026-11.
 */
export function compileCondition(condition: Condition, version: string | undefined): CompiledCondition {
  const { operator, key } = condition;
  const texts = condition.values.map(({ text }) => text);
  // AWS rejects a policy with an operator it does not know; nothing can be said of the statement.
  if (operator.unknown || operator.base === undefined)
    return constant(condition, texts, 'unknown', { text: operator.text, path: condition.operatorPath });
  if (key.kind === 'unknown') return constant(condition, texts, 'unknown', { text: key.text, path: condition.path });
  if (operator.base === 'Null') return nullCondition(condition, texts);
  return new Comparison(condition, texts, operator.base, version);
}

interface Test {
  readonly value: ConditionValue;
  readonly test: ValueTest;
}

class Comparison implements CompiledCondition {
  readonly condition: Condition;
  readonly texts: readonly string[];
  private readonly tests: readonly Test[];
  private readonly taken: Taken | undefined;

  constructor(
    condition: Condition,
    texts: readonly string[],
    base: NonNullable<Condition['operator']['base']>,
    version: string | undefined,
  ) {
    this.condition = condition;
    this.texts = texts;
    this.tests = condition.values.map((value) => ({ value, test: compileValue(base, value, version) }));
    this.taken = takenFor(condition, version);
  }

  evaluate(value: ContextValue, valueOf: ValueOf): ConditionResult {
    if (value.state === 'unknown') return OPEN;
    if (value.state === 'absent') return plain(onAbsent(this.condition));
    const matched = this.overValues(value.values, valueOf);
    const assumed = this.taken?.(value.values, valueOf);
    if (matched !== 'unknown') return assumed ? { matched, assumed } : plain(matched);
    const open = this.tests.find(({ test }) => value.values.some((each) => test(each, valueOf) === 'unknown'))?.value;
    return {
      matched,
      ...(open && hasPlaceholderIn(open, valueOf) ? { undecided: open } : {}),
      ...(assumed ? { assumed } : {}),
    };
  }

  private overValues(values: readonly string[], valueOf: ValueOf): Truth {
    const { set, ifExists } = this.condition.operator;
    // With an empty list of values nothing that is present fits, except for a plain negated operator.
    if (this.tests.length === 0 && (set || ifExists))
      return set === 'ForAllValues' && values.every((each) => each === '');
    // Empty strings count as a null data set for the set operators.
    if (set) {
      const truths = values.filter((each) => each !== '').map((each) => this.one(each, valueOf));
      return set === 'ForAnyValue' ? any(truths) : all(truths);
    }
    // Without a set operator a key of several values is compared only where it has a single one.
    const [only] = values;
    return values.length === 1 && only !== undefined ? this.one(only, valueOf) : false;
  }

  private one(value: string, valueOf: ValueOf): Truth {
    let hit: Truth = false;
    for (const { test } of this.tests) {
      const truth = test(value, valueOf);
      if (truth === true) return !this.condition.operator.negated;
      if (truth === 'unknown') hit = truth;
    }
    return this.condition.operator.negated ? not(hit) : hit;
  }
}

/** What an absent key means for each operator. */
function onAbsent({ operator }: Condition): Truth {
  if (operator.set === 'ForAllValues' || operator.ifExists) return true;
  if (operator.set === 'ForAnyValue') return false;
  return operator.negated;
}

function nullCondition(condition: Condition, texts: readonly string[]): CompiledCondition {
  const { set } = condition.operator;
  // A set operator makes Null always the same (IAM Access Analyzer, "Null with qualifier").
  if (set) return { condition, texts, evaluate: () => plain(set === 'ForAllValues') };
  const wantsAbsent = texts.map((text) => text.toLowerCase());
  return {
    condition,
    texts,
    evaluate(value) {
      const absent: Truth = value.state === 'unknown' ? (value.present ? false : 'unknown') : value.state === 'absent';
      const truths = wantsAbsent.map((text): Truth => {
        if (text !== 'true' && text !== 'false') return false;
        return text === 'true' ? absent : not(absent);
      });
      return plain(any(truths));
    },
  };
}

function constant(
  condition: Condition,
  texts: readonly string[],
  matched: Truth,
  undecided: NonNullable<ConditionResult['undecided']>,
): CompiledCondition {
  return { condition, texts, evaluate: () => ({ matched, undecided }) };
}

/** A value may be undecided for its placeholder, or for a variable whose key is not known. Only the first is the text's fault. */
function hasPlaceholderIn(value: ConditionValue, valueOf: ValueOf): boolean {
  const variables = [...value.text.matchAll(/\$\{\s*([^},]+)/g)].map(([, name]) => name?.trim().toLowerCase() ?? '');
  return !variables.some((name) => name.includes(':') && valueOf(name).state === 'unknown');
}
