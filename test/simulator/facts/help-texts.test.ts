import { describe, expect, test } from 'vitest';
import { actionPhrases } from '../../../simulator/facts/action-phrases.ts';
import { actionNames } from '../../../simulator/facts/actions.ts';
import { findConditionKey } from '../../../simulator/facts/condition-keys.ts';
import { conditionValues } from '../../../simulator/facts/condition-values.ts';
import { elementValues } from '../../../simulator/facts/element-values.ts';
import { findElement } from '../../../simulator/facts/elements.ts';
import { findGrantMember, grantMembers } from '../../../simulator/facts/grant-members.ts';
import { conditionOperators, findConditionOperator } from '../../../simulator/facts/operators.ts';
import { actionPage, conditionKeyPage } from '../../../simulator/facts/pages.ts';
import { findPrincipalKind, principalKinds } from '../../../simulator/facts/principal-kinds.ts';
import { serviceName } from '../../../simulator/facts/services.ts';

test('every action has words for a sentence, and nothing else has', () => {
  expect(Object.keys(actionPhrases).sort()).toEqual([...actionNames].sort());
  for (const phrase of Object.values(actionPhrases)) expect(phrase).toMatch(/^[a-z][^.]*[^. ]$/);
});

test('every value of Version and Effect is described', () => {
  for (const element of ['Version', 'Effect']) {
    const described = elementValues.filter((fact) => fact.element === element).map(({ value }) => value);
    expect(described.sort()).toEqual([...(findElement(element)?.values ?? [])].sort());
  }
});

test('values of condition keys are described all or not at all', () => {
  for (const key of new Set(conditionValues.map((fact) => fact.key))) {
    const described = conditionValues.filter((fact) => fact.key === key).map(({ value }) => value);
    expect(described.sort()).toEqual([...(findConditionKey(key)?.key.values ?? [])].sort());
  }
});

test('every operator has a relation, and the negated ones are the opposite of another', () => {
  for (const { name, relation, negated } of conditionOperators) {
    expect(relation).not.toBe('');
    if (negated) expect(findConditionOperator(name.replace('Not', ''))?.negated).toBe(false);
  }
});

test('texts are sentences', () => {
  for (const { summary } of [...elementValues, ...conditionValues, ...grantMembers, ...principalKinds])
    expect(summary).toMatch(/^[A-Z`].*\.$/s);
});

describe('members of grants', () => {
  test('are found where they stand only', () => {
    expect(findGrantMember('Operations', 'grant')?.summary).toContain('What the grant allows');
    expect(findGrantMember('Operations', 'constraints')).toBeUndefined();
    expect(findGrantMember('SourceArn', 'constraints')).toBeDefined();
  });

  test('have one row each', () => {
    const rows = grantMembers.map(({ level, name }) => `${level} ${name}`);
    expect(new Set(rows).size).toBe(rows.length);
  });
});

test('kinds of principals are found by kind', () => {
  expect(findPrincipalKind('account')?.named).toContain('hands the decision to the IAM policies');
  expect(findPrincipalKind('malformed')).toBeUndefined();
});

test.each([
  ['s3', 'Amazon S3'],
  ['ec2', 'Amazon EBS'],
  ['logs', 'Amazon CloudWatch Logs'],
  ['iam', 'AWS IAM'],
  ['nonsense', undefined],
])('the service %s is %s', (code, name) => {
  expect(serviceName(code)).toBe(name);
});

test('pages', () => {
  expect(actionPage('ReEncryptTo')?.url).toBe('https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html');
  expect(actionPage('SynchronizeMultiRegionKey')).toBeUndefined();
  expect(conditionKeyPage('aws:PrincipalTag/${TagKey}').url).toMatch(/#condition-keys-principaltag$/);
  expect(conditionKeyPage('kms:RecipientAttestation:PCR${PcrId}').url).toMatch(/conditions-attestation\.html$/);
});
