import type { ContextValue, RequestValues } from '../context-value.ts';
import type { Condition, ConditionValue } from '../document.ts';
import { all, any, not, type Truth } from '../truth.ts';
import { type ConditionAssumption, type Taken, takenFor } from './condition-assumptions.ts';
import { compileValue, type ValueTest } from './operators.ts';

export interface CompiledCondition {
  readonly condition: Condition;
  /** The values as written. */
  readonly texts: readonly string[];
  /** Whether the condition holds for what the request brings for its key. */
  matches(value: ContextValue, request: RequestValues): Truth;
  /** What that hangs on. */
  explain(value: ContextValue, request: RequestValues): ConditionReasons;
}

export interface ConditionReasons {
  /** The text in the policy that nobody can decide on; left out where it is the request's value that is unknown. */
  readonly undecided?: { readonly text: string; readonly path: Condition['path'] };
  /** What AWS leaves open and was taken one way to come to the result. */
  readonly assumed?: readonly ConditionAssumption[];
}

const NO_REASONS: ConditionReasons = {};

/**
 * Compiles one operator with one key. Values are alternatives; of a negated operator none may match.
 * Source: IAM User Guide, "Condition operators" and "Conditions with multiple context keys or values"; checked 2026-11.
 */
export function compileCondition(condition: Condition, version: string | undefined): CompiledCondition {
  const { operator, key } = condition;
  const texts = condition.values.map(({ text }) => text);
  // AWS rejects a policy with an operator it does not know; nothing can be said of the statement.
  if (operator.unknown || operator.base === undefined)
    return constant(condition, texts, 'unknown', {
      undecided: { text: operator.text, path: condition.operatorPath },
    });
  if (key.kind === 'unknown')
    return constant(condition, texts, 'unknown', { undecided: { text: key.text, path: condition.path } });
  if (operator.base === 'Null') return nullCondition(condition, texts);
  return new Comparison(condition, texts, operator.base, version);
}

class Comparison implements CompiledCondition {
  readonly condition: Condition;
  readonly texts: readonly string[];
  private readonly tests: readonly ValueTest[];
  private readonly taken: Taken;
  private readonly negated: boolean;
  private readonly set: Condition['operator']['set'];

  constructor(
    condition: Condition,
    texts: readonly string[],
    base: NonNullable<Condition['operator']['base']>,
    version: string | undefined,
  ) {
    const { negated, set } = condition.operator;
    this.condition = condition;
    this.texts = texts;
    this.tests = condition.values.map((value) => compileValue(base, value, version));
    this.taken = takenFor(condition, version);
    this.negated = negated;
    this.set = set;
  }

  matches(value: ContextValue, request: RequestValues): Truth {
    if (value.state === 'present') return this.overValues(value.values, request);
    return value.state === 'unknown' ? 'unknown' : onAbsent(this.condition);
  }

  explain(value: ContextValue, request: RequestValues): ConditionReasons {
    if (value.state !== 'present') return NO_REASONS;
    const { values } = value;
    const assumed = this.taken(values, request);
    const isOpen = (test: ValueTest): boolean => values.some((each) => test(each, request) === 'unknown');
    const open =
      this.overValues(values, request) === 'unknown' ? this.condition.values[this.tests.findIndex(isOpen)] : undefined;
    if (!open && !assumed) return NO_REASONS;
    return {
      ...(open && hasPlaceholderIn(open, request) ? { undecided: open } : {}),
      ...(assumed ? { assumed } : {}),
    };
  }

  private overValues(values: readonly string[], request: RequestValues): Truth {
    const { set } = this;
    // With an empty list of values nothing that is present fits, except for a plain negated operator.
    if (this.tests.length === 0 && (set || this.condition.operator.ifExists))
      return set === 'ForAllValues' && values.every((each) => each === '');
    // Empty strings count as a null data set for the set operators.
    if (set) {
      const truths = values.filter((each) => each !== '').map((each) => this.one(each, request));
      return set === 'ForAnyValue' ? any(truths) : all(truths);
    }
    // Without a set operator a key of several values is compared only where it has a single one.
    const only = values[0];
    return values.length === 1 && only !== undefined ? this.one(only, request) : false;
  }

  private one(value: string, request: RequestValues): Truth {
    let hit: Truth = false;
    for (const test of this.tests) {
      const truth = test(value, request);
      if (truth === true) return !this.negated;
      if (truth === 'unknown') hit = truth;
    }
    return this.negated ? not(hit) : hit;
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
  if (set) return constant(condition, texts, set === 'ForAllValues', NO_REASONS);
  const wantsAbsent = texts.map((text) => text.toLowerCase());
  return {
    condition,
    texts,
    matches(value) {
      const absent: Truth = value.state === 'unknown' ? (value.present ? false : 'unknown') : value.state === 'absent';
      const truths = wantsAbsent.map((text): Truth => {
        if (text !== 'true' && text !== 'false') return false;
        return text === 'true' ? absent : not(absent);
      });
      return any(truths);
    },
    explain: () => NO_REASONS,
  };
}

function constant(
  condition: Condition,
  texts: readonly string[],
  matched: Truth,
  reasons: ConditionReasons,
): CompiledCondition {
  return { condition, texts, matches: () => matched, explain: () => reasons };
}

/** A value may be undecided for its placeholder, or for a variable whose key is not known. Only the first is the text's fault. */
function hasPlaceholderIn(value: ConditionValue, request: RequestValues): boolean {
  const variables = [...value.text.matchAll(/\$\{\s*([^},]+)/g)].map(([, name]) => name?.trim().toLowerCase() ?? '');
  return !variables.some((name) => name.includes(':') && request.get(name).state === 'unknown');
}
