import { expect, test } from 'vitest';
import {
  readAllowArgument,
  readEnvelopeArgument,
  readRequest,
  readSimulateArgument,
  readTableArgument,
} from '../../client/arguments.ts';

test('no argument is an empty one', () => {
  expect(readSimulateArgument(undefined)).toEqual({});
  expect(readEnvelopeArgument(null)).toEqual({});
});

test('a whole argument', () => {
  const request = {
    principal: 'root',
    action: 'kms:Decrypt',
    keyAccount: '111122223333',
    key: 'arn:aws:kms:us-east-1:111122223333:key/1',
    region: 'us-east-1',
    encryptionContext: { a: 'b' },
    context: { 'aws:TagKeys': ['a', 'b'], 'aws:SourceVpc': 'vpc-1' },
    via: 's3',
  };
  const argument = { uri: 'file:///a.json', statement: '/Statement/0', request, open: true };
  expect(
    readSimulateArgument({ ...argument, identityPolicies: ['file:///b.json', { uri: 'c:', text: '{}' }] }),
  ).toEqual({
    ...argument,
    identityPolicies: [{ uri: 'file:///b.json' }, { uri: 'c:', text: '{}' }],
  });
});

test('what else stands in an argument is dropped', () => {
  expect(readEnvelopeArgument({ principal: 'root', payload: 'x', other: 1 })).toEqual({
    principal: 'root',
    payload: 'x',
  });
});

test.each([
  [5, 'the argument must be an object'],
  [{ uri: 5 }, '`uri` must be a string'],
  [{ open: 'yes' }, '`open` must be true or false'],
  [{ request: 'Decrypt' }, '`request` must be an object'],
  [{ request: { principal: 'root' } }, '`request.action` must be a string'],
  [{ request: { principal: 'root', action: 'Sign', context: { a: 5 } } }, '`context.a` must be a string'],
  [
    { request: { principal: 'root', action: 'Sign', encryptionContext: { a: [] } } },
    '`encryptionContext.a` must be a string',
  ],
  [{ identityPolicies: 'a' }, '`identityPolicies` must be a list'],
  [{ identityPolicies: [{}] }, '`identityPolicies.uri` must be a string'],
])('a wrong argument is said to be wrong: %j', (argument, message) => {
  expect(() => readSimulateArgument(argument)).toThrow(message);
});

test('a request without a principal is none', () => {
  expect(() => readRequest({ action: 'kms:Sign' })).toThrow('`request.principal` must be a string');
});

test('the arguments of the other commands', () => {
  expect(readAllowArgument(undefined)).toEqual({});
  expect(readAllowArgument({ uri: 'a:', proposal: 1, preview: false, other: 1 })).toEqual({
    uri: 'a:',
    proposal: 1,
    preview: false,
  });
  expect(() => readAllowArgument({ proposal: '1' })).toThrow('`proposal` must be a number');
  const table = { uri: 'a:', principal: 'root', keyAccount: '111122223333', key: 'arn:', open: false };
  expect(readTableArgument({ ...table, identityPolicies: ['b:'] })).toEqual({
    ...table,
    identityPolicies: [{ uri: 'b:' }],
  });
  expect(() => readTableArgument({ principal: 5 })).toThrow('`principal` must be a string');
});
