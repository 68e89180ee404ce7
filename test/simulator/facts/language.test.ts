import { describe, expect, test } from 'vitest';
import { findElement, policyElements } from '../../../simulator/facts/elements.ts';
import { conditionOperators, familiesByType, setOperators } from '../../../simulator/facts/operators.ts';

describe('policy elements', () => {
  test('by kind of policy', () => {
    const statementElements = (kind: 'key-policy' | 'iam-policy' | 'scp' | 'rcp') =>
      policyElements
        .filter((element) => element.level === 'statement' && element.kinds.includes(kind))
        .map(({ name }) => name);
    const withoutPrincipal = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];
    expect(statementElements('key-policy')).toEqual([
      'Sid',
      'Effect',
      'Principal',
      'NotPrincipal',
      'Action',
      'NotAction',
      'Resource',
      'NotResource',
      'Condition',
    ]);
    expect(statementElements('iam-policy')).toEqual(withoutPrincipal);
    expect(statementElements('scp')).toEqual(withoutPrincipal);
    expect(statementElements('rcp')).toEqual([
      'Sid',
      'Effect',
      'Principal',
      'Action',
      'Resource',
      'NotResource',
      'Condition',
    ]);
  });

  test('what is required is allowed, and counterparts agree', () => {
    for (const { name, kinds, requiredIn, counterpart, summary } of policyElements) {
      for (const kind of requiredIn) expect(kinds, name).toContain(kind);
      if (counterpart !== undefined) expect(findElement(counterpart)?.counterpart).toBe(name);
      expect(summary, name).toMatch(/^[A-Z`].+\.$/);
    }
    expect(findElement('effect')).toBeUndefined();
  });
});

describe('condition operators', () => {
  test('are the 27 of IAM', () => {
    expect(conditionOperators.map(({ name }) => name).sort()).toEqual(
      `ArnEquals ArnLike ArnNotEquals ArnNotLike BinaryEquals Bool DateEquals DateGreaterThan DateGreaterThanEquals
      DateLessThan DateLessThanEquals DateNotEquals IpAddress NotIpAddress Null NumericEquals NumericGreaterThan
      NumericGreaterThanEquals NumericLessThan NumericLessThanEquals NumericNotEquals StringEquals
      StringEqualsIgnoreCase StringLike StringNotEquals StringNotEqualsIgnoreCase StringNotLike`.split(/\s+/),
    );
  });

  test('the negated ones hold when the key is absent', () => {
    for (const { name, negated, absent } of conditionOperators) {
      if (name === 'Null') continue;
      expect(negated, name).toBe(/Not/.test(name));
      expect(absent, name).toContain(negated ? 'it holds' : 'it fails');
    }
  });

  test('variables work in strings and ARNs only', () => {
    for (const { name, family, variables } of conditionOperators) {
      expect(variables, name).toBe(family === 'String' || family === 'Arn');
    }
  });

  test('every type of key has operators', () => {
    for (const families of Object.values(familiesByType)) {
      for (const family of families) {
        expect(conditionOperators.some((operator) => operator.family === family)).toBe(true);
      }
    }
    expect(setOperators.map(({ name }) => name)).toEqual(['ForAllValues', 'ForAnyValue']);
  });
});
