import type { RequestValues } from '../context-value.ts';
import type { ConditionValue } from '../document.ts';
import { compileArnPattern } from '../syntax/arn-pattern.ts';
import { parseDate } from '../syntax/date.ts';
import { foldCase } from '../syntax/fold-case.ts';
import { compileGlob } from '../syntax/glob.ts';
import { ipRangeContains, parseIpAddress, parseIpRange } from '../syntax/ip.ts';
import type { OperatorName } from '../syntax/operator.ts';
import { compileTemplateArn, compileTemplateGlob, substitute, type TemplatePattern } from '../syntax/template.ts';
import type { ParsedValue } from '../syntax/value.ts';
import { compareDecimals, equalBytes, parseBase64, parseBoolean, parseDecimal } from '../syntax/values.ts';
import { parseTemplate, type Template } from '../syntax/variable.ts';
import type { Truth } from '../truth.ts';
import { lookupIn } from './lookup.ts';

/**
 * Whether one value of a request fits one value of the policy, in the operator's positive sense: what StringNotEquals
 * forbids is what this finds.
 */
export type ValueTest = (value: string, request: RequestValues) => Truth;

/** Compiles one value of a condition. Values of the wrong form fit nothing. */
export function compileValue(operator: OperatorName, { text }: ConditionValue, version: string | undefined): ValueTest {
  switch (operator) {
    case 'StringEquals':
    case 'StringNotEquals':
      return equalText(parseTemplate(text, { version }), (each) => each);
    case 'StringEqualsIgnoreCase':
    case 'StringNotEqualsIgnoreCase':
      return equalText(parseTemplate(text, { version }), foldCase);
    case 'StringLike':
    case 'StringNotLike': {
      const pattern = compileTemplateGlob(parseTemplate(text, { version }));
      return likePattern(pattern, (widened) => compileGlob(widened, { escaped: true }));
    }
    case 'ArnEquals':
    case 'ArnLike':
    case 'ArnNotEquals':
    case 'ArnNotLike': {
      const pattern = compileTemplateArn(parseTemplate(text, { version }));
      return likePattern(pattern, (widened) => compileArnPattern(widened, { escaped: true }));
    }
    case 'Bool':
      return compared(text, parseBoolean, (given, wanted) => given === wanted);
    case 'BinaryEquals':
      return compared(text, parseBase64, equalBytes);
    case 'IpAddress':
    case 'NotIpAddress':
      return inRange(text);
    case 'NumericEquals':
    case 'NumericNotEquals':
    case 'NumericLessThan':
    case 'NumericLessThanEquals':
    case 'NumericGreaterThan':
    case 'NumericGreaterThanEquals': {
      const holds = ordering(operator.slice('Numeric'.length));
      return compared(text, parseDecimal, (given, wanted) => holds(compareDecimals(given, wanted)));
    }
    case 'DateEquals':
    case 'DateNotEquals':
    case 'DateLessThan':
    case 'DateLessThanEquals':
    case 'DateGreaterThan':
    case 'DateGreaterThanEquals': {
      const holds = ordering(operator.slice('Date'.length));
      return compared(text, parseDate, (given, wanted) => holds(Math.sign(given.milliseconds - wanted.milliseconds)));
    }
    case 'Null':
      return () => false;
  }
}

function equalText(template: Template, fold: (text: string) => string): ValueTest {
  if (template.variables.length === 0 && !template.hasPlaceholder) {
    const filled = substitute(template, () => undefined);
    const wanted = fold(filled.resolved ? filled.text : template.text);
    return (value) => fold(value) === wanted;
  }
  const pattern = compileTemplateGlob(template, { ignoreCase: true });
  return (value, request) => {
    if (isOpen(template, request))
      return compileGlob(pattern.widened, { escaped: true, ignoreCase: true }).matches(value) ? 'unknown' : false;
    const filled = substitute(template, lookupIn(request));
    return filled.resolved && fold(filled.text) === fold(value);
  };
}

function likePattern(
  pattern: TemplatePattern,
  widen: (widened: string) => { matches(value: string): boolean },
): ValueTest {
  const { template } = pattern;
  if (template.variables.length === 0 && !template.hasPlaceholder)
    return (value) => pattern.matches(value, () => undefined) === 'match';
  const widest = widen(pattern.widened);
  return (value, request) => {
    if (isOpen(template, request)) return widest.matches(value) ? 'unknown' : false;
    return pattern.matches(value, lookupIn(request)) === 'match';
  };
}

/** Whether a part of the text is not known: a placeholder, or a variable whose key nobody stated. */
function isOpen(template: Template, request: RequestValues): boolean {
  return (
    template.hasPlaceholder || template.variables.some((key) => request.get(key.toLowerCase()).state === 'unknown')
  );
}

function compared<T>(
  text: string,
  parse: (text: string) => ParsedValue<T>,
  holds: (given: T, wanted: T) => boolean,
): ValueTest {
  const wanted = parse(text);
  if (wanted.kind === 'unknown') return () => 'unknown';
  if (wanted.kind === 'malformed') return () => false;
  return (value) => {
    const given = parse(value);
    return given.kind === 'value' && holds(given.value, wanted.value);
  };
}

function inRange(text: string): ValueTest {
  const range = parseIpRange(text);
  if (range.kind === 'unknown') return () => 'unknown';
  if (range.kind === 'malformed') return () => false;
  return (value) => {
    const address = parseIpAddress(value);
    return address !== undefined && ipRangeContains(range.value, address);
  };
}

/** `-1`, `0` or `1`: the request's value below, at or above the policy's. NotEquals finds what it forbids. */
function ordering(comparison: string): (order: number) => boolean {
  switch (comparison) {
    case 'LessThan':
      return (order) => order < 0;
    case 'LessThanEquals':
      return (order) => order <= 0;
    case 'GreaterThan':
      return (order) => order > 0;
    case 'GreaterThanEquals':
      return (order) => order >= 0;
    default:
      return (order) => order === 0;
  }
}
