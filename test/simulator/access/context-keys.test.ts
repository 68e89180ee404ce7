import { expect, test } from 'vitest';
import { globalKeys } from '../../../simulator/access/context/global-keys.ts';
import { kmsKeys } from '../../../simulator/access/context/kms-keys.ts';
import { globalConditionKeys, kmsConditionKeys } from '../../../simulator/facts/condition-keys.ts';

/** `aws:PrincipalTag/${TagKey}` is looked up as `aws:principaltag/`. */
const stem = (name: string): string => name.replace(/\$\{.*$/, '').toLowerCase();

test('every global condition key has a rule of its own for when it is present', () => {
  // aws:ARN is an old name that no request has; it is unknown like all names that are not AWS’s.
  const expected = globalConditionKeys.map(({ name }) => stem(name)).filter((name) => name !== 'aws:arn');
  expect([...globalKeys.keys()].sort()).toEqual([...new Set(expected)].sort());
});

test('every condition key of KMS has a rule of its own for when it is present', () => {
  const missing = kmsConditionKeys
    .map(({ name }) => stem(name))
    .filter((name) => ![...kmsKeys.keys()].some((key) => name === key || name.startsWith(key)));
  expect(missing).toEqual([]);
});
