import type { ContextValue } from '../context-value.ts';
import type { Condition, ConditionValue } from '../document.ts';
import { all, any, not, type Truth } from '../truth.ts';
import { compileValue } from './operators.ts';
import type { ValueOf } from './resource.ts';

export interface CompiledCondition {
  readonly condition: Condition;
  /** Whether the condition holds for what the request brings for its key. */
  evaluate(value: ContextValue, valueOf: ValueOf): ConditionResult;
}

export interface ConditionResult {
  readonly matched: Truth;
  /** The text in the policy that nobody can decide on; left out where it is the request's value that is unknown. */
  readonly undecided?: { readonly text: string; readonly path: Condition['path'] };
}

/**
 * Compiles one operator with one key. Values are alternatives; of a negated operator none may match.
 * Source: IAM User Guide, "Condition operators" and "Conditions with multiple context keys or values"; checked 2026-11.
 */
export function compileCondition(condition: Condition, version: string | undefined): CompiledCondition {
  const { operator, key } = condition;
  if (operator.unknown) return constant(condition, 'unknown', { text: operator.text, path: condition.operatorPath });
  if (key.kind === 'unknown') return constant(condition, 'unknown', { text: key.text, path: condition.path });
  // AWS rejects a policy with an operator it does not know; nothing can be said of the statement.
  if (operator.base === undefined)
    return constant(condition, 'unknown', { text: operator.text, path: condition.operatorPath });
  if (operator.base === 'Null') return nullCondition(condition);
  const tests = condition.values.map((value) => ({
    value,
    test: compileValue(operator.base ?? 'StringEquals', value, version),
  }));
  const { negated, ifExists, set } = operator;
  return {
    condition,
    evaluate(value, valueOf) {
      if (value.state === 'absent') return { matched: onAbsent(condition) };
      if (value.state === 'unknown') return { matched: 'unknown' };
      const inner = (each: string): Truth => {
        const hit = any(tests.map(({ test }) => test(each, valueOf)));
        return negated ? not(hit) : hit;
      };
      const matched = overValues(value.values, inner);
      if (matched !== 'unknown') return { matched };
      const open = tests.find(({ test }) => value.values.some((each) => test(each, valueOf) === 'unknown'))?.value;
      return open && hasPlaceholderIn(open, valueOf) ? { matched, undecided: open } : { matched };
    },
  };

  function overValues(values: readonly string[], inner: (value: string) => Truth): Truth {
    // With an empty list of values nothing that is present fits, except for a plain negated operator.
    if (condition.values.length === 0 && (set || ifExists))
      return set === 'ForAllValues' && values.every((each) => each === '');
    // Empty strings count as a null data set for the set operators.
    if (set === 'ForAnyValue') return any(values.filter((each) => each !== '').map(inner));
    if (set === 'ForAllValues') return all(values.filter((each) => each !== '').map(inner));
    // Without a set operator a key of several values is compared only where it has a single one.
    const [only] = values;
    return values.length === 1 && only !== undefined ? inner(only) : false;
  }
}

/** What an absent key means for each operator. */
function onAbsent({ operator }: Condition): Truth {
  if (operator.set === 'ForAllValues' || operator.ifExists) return true;
  if (operator.set === 'ForAnyValue') return false;
  return operator.negated;
}

function nullCondition(condition: Condition): CompiledCondition {
  const wantsAbsent = condition.values.map(({ text }) => text.toLowerCase());
  return {
    condition,
    evaluate(value) {
      const absent: Truth = value.state === 'unknown' ? (value.present ? false : 'unknown') : value.state === 'absent';
      const truths = wantsAbsent.map((text): Truth => {
        if (text !== 'true' && text !== 'false') return false;
        return text === 'true' ? absent : not(absent);
      });
      return { matched: any(truths) };
    },
  };
}

function constant(
  condition: Condition,
  matched: Truth,
  undecided: NonNullable<ConditionResult['undecided']>,
): CompiledCondition {
  return { condition, evaluate: () => ({ matched, undecided }) };
}

/** A value may be undecided for its placeholder, or for a variable whose key is not known. Only the first is the text's fault. */
function hasPlaceholderIn(value: ConditionValue, valueOf: ValueOf): boolean {
  const variables = [...value.text.matchAll(/\$\{\s*([^},]+)/g)].map(([, name]) => name?.trim().toLowerCase() ?? '');
  return !variables.some((name) => name.includes(':') && valueOf(name).state === 'unknown');
}
