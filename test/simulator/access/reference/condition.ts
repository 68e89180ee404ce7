import type { ContextOf, Found } from './context.ts';
import { list, type PlainCondition } from './model.ts';
import { comparisons } from './operators.ts';
import { every, opposite, some, type Truth } from './truth.ts';

/** A Condition block: all operators, and under each all keys. */
export function conditionHolds(condition: PlainCondition | undefined, context: ContextOf, variables: boolean): Truth {
  const truths: Truth[] = [];
  for (const [operator, keys] of Object.entries(condition ?? {}))
    for (const [key, values] of Object.entries(keys))
      truths.push(entryHolds(operator, context(key), list(values), variables ? context : undefined));
  return every(truths);
}

function entryHolds(written: string, found: Found, values: readonly string[], variables: ContextOf | undefined): Truth {
  const [, set = '', name = '', ifExists] = /^(ForAllValues:|ForAnyValue:)?(.*?)(IfExists)?$/.exec(written) ?? [];
  if (name === 'Null') return isNull(found, values);
  const isNegated = /Not/.test(name);
  const compare = comparisons[name.replace('Not', '')];
  if (!compare) throw new Error(`the reference evaluator does not know ${written}`);

  /** One value of the request against those of the policy: one of them for positive operators, none for negated ones. */
  const holdsFor = (value: string): Truth => {
    const hit = some(values.map((each) => compare(value, each, variables)));
    return isNegated ? opposite(hit) : hit;
  };

  if (found === 'unknown' || found === 'unknown-value') return 'unknown';
  if (found === 'absent') return Boolean(ifExists) || (set ? set === 'ForAllValues:' : isNegated);
  if (set === 'ForAllValues:') return every(found.map(holdsFor));
  if (set === 'ForAnyValue:') return some(found.map(holdsFor));
  const [only, ...more] = found;
  return only !== undefined && more.length === 0 && holdsFor(only);
}

/** `"true"`: the key is absent. */
function isNull(found: Found, values: readonly string[]): Truth {
  if (found === 'unknown') return 'unknown';
  return some(values.map((value) => (value.toLowerCase() === 'true') === (found === 'absent')));
}
