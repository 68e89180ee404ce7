import { familiesByType } from '../../simulator/facts/operators.ts';
import type { ConditionKey } from '../../simulator/facts/types.ts';
import type { Condition, ConditionValue, Statement } from '../../simulator/policy/document.ts';
import { parseDate } from '../../simulator/policy/syntax/date.ts';
import { parseIpRange } from '../../simulator/policy/syntax/ip.ts';
import type { OperatorFamily } from '../../simulator/policy/syntax/operator.ts';
import type { ParsedValue } from '../../simulator/policy/syntax/value.ts';
import { parseBase64, parseBoolean, parseDecimal } from '../../simulator/policy/syntax/values.ts';
import { type Fix, type RuleContext, rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { conditionOperators } from './support/condition-sources.ts';
import { atKey, factOf, isLiteral, underOperator, withValue } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

export const condTypeMismatch = rule({
  id: 'cond-type-mismatch',
  group: 'suspicious',
  kinds: policyKinds,
  title: 'an operator or a value that does not fit the type',
  documentation: {
    what: 'An operator for another type than the condition key has, or a value that is no number, date, IP address, base64 text or one of `true` and `false` where the operator compares those.',
    why: 'What cannot be read as the type is never equal to anything, so the condition never holds, or negated always.',
    spares:
      'Tags and encryption contexts, whose values may be anything, string operators on ARNs, keys of other services, policy variables and template expressions.',
    bad: keyPolicyWithCondition('"Bool": { "aws:ViaAWSService": "yes" }'),
    good: keyPolicyWithCondition('"Bool": { "aws:ViaAWSService": "true" }'),
    sources: [conditionOperators, policyChecks],
  },
  check: {
    condition(condition, statement, context) {
      const { operator, key } = condition;
      const fact = factOf(condition);
      if (fact && operator.family && !fits(fact, operator.family)) {
        context.report({
          at: atKey(condition),
          message: `\`${key.text}\` ${IN_WORDS[fact.type]}, and \`${operator.base}\` compares ${COMPARES[operator.family]}`,
          why: 'AWS documents no such comparison, so it may never hold',
          next: `use an operator such as \`${NATURAL[fact.type]}\``,
          fixes: conversions(condition, statement, fact),
        });
        return;
      }
      for (const value of condition.values) checkValue(value, operator.family, context);
    },
  },
});

function checkValue(value: ConditionValue, family: OperatorFamily | undefined, { report }: RuleContext): void {
  const parsed = isLiteral(value.text) ? read(value.text, family) : undefined;
  const [problem] = parsed?.kind === 'malformed' ? parsed.problems : [];
  // A day that no calendar has is for the rule about dates.
  if (!family || !problem || problem.code === 'date-range') return;
  const fixes: Fix[] = problem.suggestion === undefined ? [] : [withValue(value.path, problem.suggestion, true)];
  report({
    at: { path: value.path },
    message: `\`${value.text}\` is not ${EXPECTED[family]}`,
    why: 'no request matches it',
    next: problem.suggestion === undefined ? `write ${EXPECTED[family]}` : `write \`${problem.suggestion}\``,
    fixes,
  });
}

function read(text: string, family: OperatorFamily | undefined): ParsedValue<unknown> | undefined {
  switch (family) {
    case 'Bool':
    case 'Null':
      return parseBoolean(text);
    case 'Numeric':
      return parseDecimal(text);
    case 'Date':
      return parseDate(text);
    case 'IpAddress':
      return parseIpRange(text);
    case 'Binary':
      return parseBase64(text);
    default:
      return undefined;
  }
}

/** Whether AWS documents the operators for the key. What people may put into a tag may be compared as they like. */
function fits({ name, type, alsoTypes = [] }: ConditionKey, family: OperatorFamily): boolean {
  if (family === 'Null' || (name.includes('${') && type === 'String')) return true;
  return [type, ...alsoTypes].some((each) => familiesByType[each].includes(family));
}

/** The operator that says the same of the right type, where every value can be read as one of it. */
function conversions(condition: Condition, statement: Statement, { type }: ConditionKey): Fix[] {
  const { operator, values } = condition;
  const to = operator.base && CONVERSIONS[type]?.[operator.base];
  const family = familiesByType[type][0];
  if (!to || operator.set || !values.every(({ text }) => read(text, family)?.kind === 'value')) return [];
  return underOperator(condition, statement, operator.ifExists ? `${to}IfExists` : to, false);
}

const IN_WORDS: Readonly<Record<ConditionKey['type'], string>> = {
  String: 'is a text',
  ARN: 'is an ARN',
  Bool: 'is `true` or `false`',
  Numeric: 'is a number',
  Date: 'is a date',
  IPAddress: 'is an IP address',
  Binary: 'is binary data',
};

const NATURAL: Readonly<Record<ConditionKey['type'], string>> = {
  String: 'StringEquals',
  ARN: 'ArnLike',
  Bool: 'Bool',
  Numeric: 'NumericEquals',
  Date: 'DateLessThan',
  IPAddress: 'IpAddress',
  Binary: 'BinaryEquals',
};

const COMPARES: Readonly<Record<OperatorFamily, string>> = {
  String: 'texts',
  Numeric: 'numbers',
  Date: 'dates',
  Bool: '`true` and `false`',
  Binary: 'binary data',
  IpAddress: 'IP addresses',
  Arn: 'ARNs',
  Null: 'nothing',
};

const EXPECTED: Readonly<Record<OperatorFamily, string>> = {
  String: 'a text',
  Numeric: 'a number',
  Date: 'a date such as `2026-01-31T00:00:00Z`',
  Bool: '`true` or `false`',
  Binary: 'a base64 text',
  IpAddress: 'an IP address or a range such as `203.0.113.0/24`',
  Arn: 'an ARN',
  Null: '`true` or `false`',
};

const CONVERSIONS: Readonly<Partial<Record<ConditionKey['type'], Readonly<Record<string, string>>>>> = {
  Bool: { StringEquals: 'Bool', StringEqualsIgnoreCase: 'Bool', StringLike: 'Bool' },
  IPAddress: {
    StringEquals: 'IpAddress',
    StringLike: 'IpAddress',
    StringNotEquals: 'NotIpAddress',
    StringNotLike: 'NotIpAddress',
  },
  Numeric: { StringEquals: 'NumericEquals', StringNotEquals: 'NumericNotEquals' },
  Date: { StringEquals: 'DateEquals', StringNotEquals: 'DateNotEquals' },
};
