import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  OPERATOR_NAMES,
  type OperatorProblemCode,
  parseOperator,
} from '../../../../simulator/policy/syntax/operator.ts';

describe('parseOperator', () => {
  it('reads every operator, with IfExists and set operators around it', () => {
    for (const base of OPERATOR_NAMES) {
      for (const set of [undefined, 'ForAllValues', 'ForAnyValue'] as const) {
        for (const ifExists of [false, true]) {
          if (base === 'Null' && (ifExists || set !== undefined)) continue;
          const text = `${set === undefined ? '' : `${set}:`}${base}${ifExists ? 'IfExists' : ''}`;
          expect(parseOperator(text)).toMatchObject({ text, set, base, ifExists, unknown: false, problems: [] });
        }
      }
    }
  });

  it.each([
    ['StringEquals', 'String', false],
    ['StringNotLike', 'String', true],
    ['NumericGreaterThanEquals', 'Numeric', false],
    ['DateNotEquals', 'Date', true],
    ['Bool', 'Bool', false],
    ['BinaryEquals', 'Binary', false],
    ['IpAddress', 'IpAddress', false],
    ['NotIpAddress', 'IpAddress', true],
    ['ArnNotLikeIfExists', 'Arn', true],
    ['Null', 'Null', false],
  ])('%s is of the family %s, negated: %j', (text, family, negated) => {
    expect(parseOperator(text)).toMatchObject({ family, negated });
  });

  it.each<[string, OperatorProblemCode, string, string | undefined]>([
    ['StringsEquals', 'unknown', 'StringsEquals', 'StringEquals'],
    ['StringEqualsIfExist', 'unknown', 'StringEqualsIfExist', 'StringEqualsIfExists'],
    ['StringMatches', 'unknown', 'StringMatches', undefined],
    ['', 'unknown', '', undefined],
    ['ForAllValues:', 'unknown', '', undefined],
    ['ForAllValues:StringEqual', 'unknown', 'StringEqual', 'StringEquals'],
    ['ForAllValue:StringEquals', 'set-unknown', 'ForAllValue', 'ForAllValues'],
    ['ForSomeValues:StringEquals', 'set-unknown', 'ForSomeValues', undefined],
    ['stringequals', 'case', 'stringequals', 'StringEquals'],
    ['StringLikeIfexists', 'case', 'StringLikeIfexists', 'StringLikeIfExists'],
    ['forAnyValue:StringLike', 'case', 'forAnyValue', 'ForAnyValue'],
    [' Bool', 'space', ' Bool', 'Bool'],
    ['NullIfExists', 'null-if-exists', 'NullIfExists', 'Null'],
    ['ForAnyValue:Null', 'null-set', 'ForAnyValue:Null', 'Null'],
  ])('%j: %s', (text, code, stretch, suggestion) => {
    const { problems } = parseOperator(text);
    expect(problems).toHaveLength(1);
    const [found] = problems;
    expect(found?.code).toBe(code);
    expect(found?.suggestion).toBe(suggestion);
    expect(text.slice(found?.span.start, found?.span.end)).toBe(stretch);
  });

  it('still reads what is only written oddly', () => {
    expect(parseOperator('FORALLVALUES:stringnotequalsIFEXISTS')).toMatchObject({
      set: 'ForAllValues',
      base: 'StringNotEquals',
      ifExists: true,
      negated: true,
      family: 'String',
    });
    expect(parseOperator(' ForAnyValue:StringLike ')).toMatchObject({ set: 'ForAnyValue', base: 'StringLike' });
    expect(parseOperator('NullIfExists')).toMatchObject({ base: 'Null', ifExists: true });
    expect(parseOperator('StringsEquals')).toMatchObject({ base: undefined, family: undefined, negated: false });
  });

  it('does not judge placeholders', () => {
    expect(parseOperator('${OPERATOR}')).toMatchObject({ unknown: true, base: undefined, problems: [] });
  });

  it('takes any string', () => {
    const pieces = fc.constantFrom('ForAllValues', ':', 'String', 'Equals', 'IfExists', 'Null', ' ', '${', '}');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((all) => all.join('')),
        ),
        (text) => {
          const operator = parseOperator(text);
          expect(operator.text).toBe(text);
          expect(operator.base !== undefined || operator.unknown || operator.problems.length !== 0).toBe(true);
        },
      ),
    );
  });
});
