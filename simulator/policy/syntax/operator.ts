import { nearest } from '../../text/nearest.ts';
import { hasPlaceholder } from './placeholder.ts';
import { NO_PROBLEMS, problem, type SyntaxProblem, spanOf } from './problem.ts';

export type OperatorFamily = 'String' | 'Numeric' | 'Date' | 'Bool' | 'Binary' | 'IpAddress' | 'Arn' | 'Null';

export type SetOperator = 'ForAllValues' | 'ForAnyValue';

export type OperatorProblemCode =
  | 'unknown'
  /** What stands before the colon is neither `ForAllValues` nor `ForAnyValue`. */
  | 'set-unknown'
  /** Other capitals than AWS writes. AWS does not document whether it takes them; read as the name that is meant. */
  | 'case'
  | 'space'
  /** `NullIfExists`: Null already asks whether the key exists. */
  | 'null-if-exists'
  /** A set operator in front of Null: the result is always the same. */
  | 'null-set';

/** A condition operator: `[ForAllValues:|ForAnyValue:]StringEquals[IfExists]`. */
export interface Operator {
  readonly text: string;
  readonly set: SetOperator | undefined;
  /** AWS's spelling, without set operator and `IfExists`; undefined where no operator could be read. */
  readonly base: OperatorName | undefined;
  readonly ifExists: boolean;
  /** Whether it holds where the value is not found: StringNotEquals, NotIpAddress, … */
  readonly negated: boolean;
  readonly family: OperatorFamily | undefined;
  /** A placeholder stands in it. */
  readonly unknown: boolean;
  readonly problems: readonly SyntaxProblem<OperatorProblemCode>[];
}

/** Every condition operator (IAM user guide, "Condition operators"). */
export const OPERATOR_NAMES = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  'ArnEquals',
  'ArnLike',
  'ArnNotEquals',
  'ArnNotLike',
  'Null',
] as const;

export type OperatorName = (typeof OPERATOR_NAMES)[number];

/** Reads a condition operator. Names in AWS's own capitals are taken first; others are still read, with a problem. */
export function parseOperator(text: string): Operator {
  const known = WELL_WRITTEN.get(text);
  if (known !== undefined) return known;
  if (hasPlaceholder(text)) return operator(text, undefined, undefined, false, NO_PROBLEMS, true);
  const trimmed = text.trim();
  if (trimmed !== text) {
    const found = problem<OperatorProblemCode>('space', spanOf(text), { suggestion: trimmed });
    const inner = parseOperator(trimmed);
    return { ...inner, text, problems: [found] };
  }
  const colon = text.indexOf(':');
  const problems: SyntaxProblem<OperatorProblemCode>[] = [];
  const set = colon < 0 ? undefined : parseSet(text.slice(0, colon), problems);
  const { base, ifExists } = parseBase(text, colon + 1, problems);
  if (base === 'Null' && ifExists) problems.push(problem('null-if-exists', spanOf(text), { suggestion: 'Null' }));
  else if (base === 'Null' && 0 <= colon) problems.push(problem('null-set', spanOf(text), { suggestion: 'Null' }));
  return operator(text, set, base, ifExists, problems, false);
}

function parseSet(written: string, problems: SyntaxProblem<OperatorProblemCode>[]): SetOperator | undefined {
  const span = spanOf(written);
  const exact = SETS.find((set) => set === written);
  if (exact !== undefined) return exact;
  const folded = SETS.find((set) => set.toLowerCase() === written.toLowerCase());
  if (folded !== undefined) {
    problems.push(problem('case', span, { suggestion: folded }));
    return folded;
  }
  const suggestion = nearest(written, SETS);
  problems.push(problem('set-unknown', span, suggestion === undefined ? {} : { suggestion }));
  return undefined;
}

function parseBase(
  text: string,
  start: number,
  problems: SyntaxProblem<OperatorProblemCode>[],
): { base: OperatorName | undefined; ifExists: boolean } {
  const written = text.slice(start);
  const span = { start, end: text.length };
  const found = BY_NAME.get(written) ?? BY_LOWER_NAME.get(written.toLowerCase());
  if (found === undefined) {
    const suggestion = nearest(written, BY_NAME.keys());
    problems.push(problem('unknown', span, suggestion === undefined ? {} : { suggestion }));
    return { base: undefined, ifExists: /IfExists$/i.test(written) };
  }
  if (found.name !== written) problems.push(problem('case', span, { suggestion: found.name }));
  return found;
}

function operator(
  text: string,
  set: SetOperator | undefined,
  base: OperatorName | undefined,
  ifExists: boolean,
  problems: readonly SyntaxProblem<OperatorProblemCode>[],
  unknown: boolean,
): Operator {
  const negated = base?.includes('Not') ?? false;
  return { text, set, base, ifExists, negated, family: base && familyOf(base), unknown, problems };
}

function familyOf(base: OperatorName): OperatorFamily {
  if (base.endsWith('IpAddress')) return 'IpAddress';
  return FAMILIES.find((family) => base.startsWith(family)) ?? 'Null';
}

const FAMILIES: readonly OperatorFamily[] = ['String', 'Numeric', 'Date', 'Bool', 'Binary', 'Arn', 'Null'];
const SETS: readonly SetOperator[] = ['ForAllValues', 'ForAnyValue'];

interface Spelling {
  readonly name: string;
  readonly base: OperatorName;
  readonly ifExists: boolean;
}

const SPELLINGS: readonly Spelling[] = OPERATOR_NAMES.flatMap((base) => [
  { name: base, base, ifExists: false },
  { name: `${base}IfExists`, base, ifExists: true },
]);
const BY_NAME: ReadonlyMap<string, Spelling> = new Map(SPELLINGS.map((each) => [each.name, each]));
const BY_LOWER_NAME: ReadonlyMap<string, Spelling> = new Map(SPELLINGS.map((each) => [each.name.toLowerCase(), each]));

/** Every operator that has nothing wrong with it: what policies use, found without parsing. */
const WELL_WRITTEN: ReadonlyMap<string, Operator> = new Map(
  SPELLINGS.filter(({ base, ifExists }) => base !== 'Null' || !ifExists).flatMap(({ name, base, ifExists }) => {
    const sets = base === 'Null' ? [undefined] : [undefined, ...SETS];
    return sets.map((set) => {
      const text = set === undefined ? name : `${set}:${name}`;
      return [text, operator(text, set, base, ifExists, NO_PROBLEMS, false)] as const;
    });
  }),
);
