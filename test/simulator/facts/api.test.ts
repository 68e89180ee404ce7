import { expect, test } from 'vitest';
import { type ApiShape, apiMemberAt, apiMembers } from '../../../simulator/facts/api.ts';
import { apiErrors, errorsOf } from '../../../simulator/facts/errors.ts';
import { isKmsErrorName } from '../../../simulator/kms/errors.ts';
import { operationNames, operations } from '../../../simulator/kms/operations.ts';

test('every operation that can be called has its members, its response and its errors', () => {
  for (const name of operationNames) {
    const members = apiMembers(name, 'request');
    expect(Object.keys(members ?? {})).toEqual(Object.keys(operations[name].members));
    expect(apiMembers(name, 'response')).toBeDefined();
    expect(errorsOf(name).length).toBeLessThan(apiErrors.length);
  }
});

test('every exception that the service throws is known, and those of operations have a row', () => {
  const names = apiErrors.map(({ name }) => name);
  for (const operation of operationNames) expect(names).toEqual(expect.arrayContaining([...errorsOf(operation)]));
  const unknown = names.filter((name) => !isKmsErrorName(name));
  // What KMS answers and nothing here brings about.
  expect(unknown).toEqual(['CloudHsmClusterNotActiveException', 'IncorrectTrustAnchorException']);
});

test('members are found at their paths', () => {
  const request = apiMembers('TagResource', 'request');
  expect(apiMemberAt(request, ['Tags', 0, 'TagKey'])).toEqual({ shape: { type: 'text' }, required: true });
  expect(apiMemberAt(request, ['Tags', 'TagKey'])).toBeUndefined();
  expect(apiMemberAt(request, ['constructor'])).toBeUndefined();
  expect(apiMemberAt(apiMembers('Encrypt', 'request'), ['EncryptionContext', 'a'])).toEqual({
    shape: { type: 'text' },
  });
  const state = apiMemberAt(apiMembers('DescribeKey', 'response'), ['KeyMetadata', 'KeyState'])?.shape;
  expect((state as ApiShape & { choices: readonly string[] }).choices).toContain('PendingDeletion');
});

test('nothing is known of what is no operation', () => {
  expect(apiMembers('constructor', 'request')).toBeUndefined();
  expect(apiMembers('Frobnicate', 'response')).toBeUndefined();
  expect(errorsOf('Frobnicate')).toHaveLength(apiErrors.length);
});
