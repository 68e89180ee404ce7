/**
 * The condition operators: what each compares and what it does when the request lacks the key.
 *
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators", "Set operators for multivalued context keys",
 * "IAM policy elements: Variables and tags". Checked 2026-11.
 */
import type { ConditionKeyType } from './types.ts';

export type OperatorFamily = 'String' | 'Numeric' | 'Date' | 'Bool' | 'Binary' | 'IpAddress' | 'Arn' | 'Null';

export interface ConditionOperatorFact {
  /** Without `…IfExists` and without a set operator before it. */
  readonly name: string;
  readonly family: OperatorFamily;
  /** Several values then mean that none may match. */
  readonly negated: boolean;
  /** One sentence of ours: when it holds. */
  readonly summary: string;
  /** The words between the key and the value in a sentence: `is`, `does not fit`. */
  readonly relation: string;
  /** One sentence of ours: what it does when the request lacks the key. */
  readonly absent: string;
  /** Whether `${…}` in its values is replaced. For Bool AWS's pages disagree; this is the stricter reading. */
  readonly variables: boolean;
}

const fails = 'Without the key in the request it fails.';
const holds = 'Without the key in the request it holds.';

export const conditionOperators: readonly ConditionOperatorFact[] = [
  text('StringEquals', 'is', 'The value is exactly this text, case included; `*` and `?` are plain characters.'),
  text('StringNotEquals', 'is not', 'The value is another text, or the same in another case.'),
  text('StringEqualsIgnoreCase', 'is, in any case,', 'The value is this text in any case.'),
  text('StringNotEqualsIgnoreCase', 'is not, in any case,', 'The value is another text in every case.'),
  text(
    'StringLike',
    'fits',
    'The value fits this pattern, case included; `*` is any run of characters and `?` any one.',
  ),
  text('StringNotLike', 'does not fit', 'The value does not fit this pattern.'),
  number('NumericEquals', 'equal to'),
  number('NumericNotEquals', 'different from'),
  number('NumericLessThan', 'less than'),
  number('NumericLessThanEquals', 'at most'),
  number('NumericGreaterThan', 'greater than'),
  number('NumericGreaterThanEquals', 'at least'),
  date('DateEquals', 'exactly'),
  date('DateNotEquals', 'at another time than'),
  date('DateLessThan', 'before'),
  date('DateLessThanEquals', 'at or before'),
  date('DateGreaterThan', 'after'),
  date('DateGreaterThanEquals', 'at or after'),
  operator('Bool', 'Bool', 'is', 'The value is this one of `true` and `false`, in any case.', false),
  operator('BinaryEquals', 'Binary', 'is', 'The value has exactly the bytes of this base64 text.', false),
  operator(
    'IpAddress',
    'IpAddress',
    'lies in',
    'The address lies in this range, in CIDR notation, IPv4 or IPv6.',
    false,
  ),
  operator('NotIpAddress', 'IpAddress', 'lies outside', 'The address lies outside this range.', false),
  arn(
    'ArnEquals',
    'fits',
    'The value is an ARN that fits this one, part by part, `*` and `?` as wildcards; the same as ArnLike.',
  ),
  arn('ArnLike', 'fits', 'The value is an ARN that fits this one, part by part, `*` and `?` as wildcards.'),
  arn('ArnNotEquals', 'does not fit', 'The value is no ARN that fits this one; the same as ArnNotLike.'),
  arn('ArnNotLike', 'does not fit', 'The value is no ARN that fits this one.'),
  {
    name: 'Null',
    family: 'Null',
    negated: false,
    summary: '`true`: the request lacks the key. `false`: the request has the key.',
    relation: 'is absent:',
    absent: 'It asks for just that: `true` holds and `false` fails.',
    variables: false,
  },
];

const byName = new Map(conditionOperators.map((fact) => [fact.name, fact]));

/** The operator with exactly this name, without prefix and suffix. */
export function findConditionOperator(name: string): ConditionOperatorFact | undefined {
  return byName.get(name);
}

/** The suffix that changes what a lacking key does; Null cannot have it. */
export const ifExists = {
  suffix: 'IfExists',
  summary: 'Holds when the request lacks the key, and otherwise compares as the operator does.',
} as const;

/** The prefixes for keys that have several values, written `ForAnyValue:StringEquals`. */
export const setOperators: readonly { readonly name: string; readonly summary: string; readonly absent: string }[] = [
  {
    name: 'ForAllValues',
    summary: 'Holds when every value of the key in the request satisfies the operator.',
    absent: 'Without the key in the request, or with no values, it holds; pair it with `Null` `false` in an Allow.',
  },
  {
    name: 'ForAnyValue',
    summary: 'Holds when at least one value of the key in the request satisfies the operator.',
    absent: 'Without the key in the request, or with no values, it fails.',
  },
];

/**
 * The operator families that work on keys of each type, the natural one first; Null works on all. Arn operators are on
 * the list of strings because AWS's own key policies use them on encryption context values that are ARNs.
 */
export const familiesByType: Readonly<Record<ConditionKeyType, readonly OperatorFamily[]>> = {
  String: ['String', 'Arn'],
  ARN: ['Arn', 'String'],
  Bool: ['Bool'],
  Numeric: ['Numeric'],
  Date: ['Date'],
  IPAddress: ['IpAddress'],
  Binary: ['Binary'],
};

function operator(
  name: string,
  family: OperatorFamily,
  relation: string,
  summary: string,
  variables: boolean,
): ConditionOperatorFact {
  const negated = name.includes('Not');
  return { name, family, negated, summary, relation, absent: negated ? holds : fails, variables };
}

function text(name: string, relation: string, summary: string): ConditionOperatorFact {
  return operator(name, 'String', relation, summary, true);
}

function arn(name: string, relation: string, summary: string): ConditionOperatorFact {
  return operator(name, 'Arn', relation, summary, true);
}

function number(name: string, relation: string): ConditionOperatorFact {
  return operator(name, 'Numeric', `is ${relation}`, `The number is ${relation} this one.`, false);
}

function date(name: string, relation: string): ConditionOperatorFact {
  const summary = `The time is ${relation} this one, ISO 8601 or seconds since 1970.`;
  return operator(name, 'Date', `is ${relation}`, summary, false);
}
