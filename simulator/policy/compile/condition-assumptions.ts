import type { RequestValues } from '../context-value.ts';
import type { Condition } from '../document.ts';
import { parseTemplate } from '../syntax/variable.ts';

/** Points of comparing conditions that AWS does not document. */
export type ConditionAssumption =
  | 'several-values-without-set-operator'
  | 'empty-value-in-set'
  | 'bool-variable'
  | 'variable-wildcard'
  | 'newline-in-wildcard'
  | 'operator-capitals';

/** Which of them took part, given the values of the request; undefined: none. */
export type Taken = (values: readonly string[], request: RequestValues) => readonly ConditionAssumption[] | undefined;

interface Point {
  readonly id: ConditionAssumption;
  readonly takesPart: (values: readonly string[], request: RequestValues) => boolean;
}

/** Looks once at what a condition could hang on. */
export function takenFor(condition: Condition, version: string | undefined): Taken {
  const points = pointsOf(condition, version);
  return (values, request) => {
    let taken: ConditionAssumption[] | undefined;
    for (const { id, takesPart } of points) {
      if (!takesPart(values, request)) continue;
      taken ??= [];
      taken.push(id);
    }
    return taken;
  };
}

function pointsOf({ operator, values }: Condition, version: string | undefined): readonly Point[] {
  const points: Point[] = [];
  const add = (id: ConditionAssumption, takesPart: Point['takesPart']): void => {
    points.push({ id, takesPart });
  };
  if (operator.set) add('empty-value-in-set', (given) => given.includes(''));
  else add('several-values-without-set-operator', (given) => 1 < given.length);
  if (operator.problems.some(({ code }) => code === 'case')) add('operator-capitals', () => true);
  const { family } = operator;
  if (family !== 'Bool' && family !== 'String' && family !== 'Arn') return points;
  const variables = values.flatMap(({ text }) =>
    text.includes('${') ? parseTemplate(text, { version }).variables.map((name) => name.toLowerCase()) : [],
  );
  if (family === 'Bool') {
    if (variables.length > 0) add('bool-variable', () => true);
    return points;
  }
  const hasPatterns = family === 'Arn' || operator.base?.endsWith('Like') === true;
  if (!hasPatterns) return points;
  if (variables.length > 0) {
    add('variable-wildcard', (_, request) =>
      variables.some((name) => {
        const value = request.get(name);
        return value.state === 'present' && value.values.some((each) => /[*?]/.test(each));
      }),
    );
  }
  if (values.some(({ text }) => text.includes('*')))
    add('newline-in-wildcard', (given) => given.some((each) => each.includes('\n')));
  return points;
}
