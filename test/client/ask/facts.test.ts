import { describe, expect, test } from 'vitest';
import { askForRequest } from '../../../client/ask/access.ts';
import { factChoices, readPair, valueChoices } from '../../../client/ask/context.ts';
import { type Act, accessOptions, scripted } from './script.ts';

const via = {
  key: 'kms:ViaService',
  values: ['s3.*.amazonaws.com', 'ec2.us-east-1.amazonaws.com'],
  description: 'the service that forwards the request',
  inStatement: true,
};
const options = accessOptions({
  encryptionContext: { department: 'payroll' },
  contextKeys: [{ key: 'aws:SecureTransport', values: ['true'], description: '', inStatement: false }, via],
});
const none = { encryptionContext: {}, context: {} };

async function answering(...acts: readonly Act[]) {
  const { ask, seen } = scripted({ choose: 'arn:aws:iam::111122223333:role' }, { choose: 'kms:Decrypt' }, ...acts);
  const asked = await askForRequest(ask, options, undefined);
  return { request: asked?.kind === 'request' ? asked.request : undefined, seen: seen.slice(2) };
}

describe('the list of facts', () => {
  test('starts with “Decide now” and sends nothing that was not chosen', async () => {
    const { request, seen } = await answering({ choose: 'Decide now' });
    expect(request).not.toHaveProperty('encryptionContext');
    expect(request).not.toHaveProperty('context');
    expect(seen[0]?.labels).toEqual([
      'Decide now',
      '— Encryption context',
      'department: payroll',
      'Add an encryption context pair…',
      '— Condition keys',
      'kms:ViaService',
      'aws:SecureTransport',
      'Set another condition key…',
    ]);
  });

  test('says the question as it stands', () => {
    const [decide] = factChoices(options, none, 'kms:Decrypt by root of 111122223333');
    expect(decide).toMatchObject({ label: 'Decide now', description: 'kms:Decrypt by root of 111122223333' });
  });

  test('a pair that the document asks for is sent by choosing it, and left out by choosing it again', async () => {
    const sent = await answering({ choose: 'department' }, { choose: 'Decide now' });
    expect(sent.request).toMatchObject({ encryptionContext: { department: 'payroll' } });
    const not = await answering({ choose: 'department' }, { choose: 'department' }, { choose: 'Decide now' });
    expect(not.request).not.toHaveProperty('encryptionContext');
  });

  test('a condition key gets one of the values that the document compares with', async () => {
    const { request, seen } = await answering(
      { choose: 'kms:ViaService' },
      { choose: 'ec2.us-east-1.amazonaws.com' },
      { choose: 'Decide now' },
    );
    expect(request).toMatchObject({ context: { 'kms:ViaService': 'ec2.us-east-1.amazonaws.com' } });
    expect(seen[2]?.labels).toContain('kms:ViaService: ec2.us-east-1.amazonaws.com');
  });

  test('a key of one’s own stands in the list once it is set', async () => {
    const { request, seen } = await answering(
      { choose: 'Set another condition key' },
      { type: 'aws:RequestTag/a = b=c', choose: 'Use' },
      { choose: 'Decide now' },
    );
    expect(request).toMatchObject({ context: { 'aws:RequestTag/a': 'b=c' } });
    expect(seen[2]?.labels).toContain('aws:RequestTag/a: b=c');
  });

  test('a value can be taken back', async () => {
    const { request } = await answering(
      { choose: 'aws:SecureTransport' },
      { choose: 'false' },
      { choose: 'aws:SecureTransport: false' },
      { choose: 'Leave it out' },
      { choose: 'Decide now' },
    );
    expect(request).not.toHaveProperty('context');
  });
});

describe('the values of a key', () => {
  test('a pattern is completed, not sent', () => {
    expect(valueChoices(via, none, '')[0]).toEqual({
      kind: 'fill',
      label: 's3.*.amazonaws.com',
      description: 'a pattern: write a value that it matches',
      text: 's3.*.amazonaws.com',
    });
  });

  test('true has a counterpart', () => {
    const key = { key: 'kms:GrantIsForAWSResource', values: ['true'], description: '', inStatement: true };
    expect(valueChoices(key, none, '').map(({ label }) => label)).toEqual(['true', 'false']);
  });

  test('commas may make a list', () => {
    const choices = valueChoices(via, none, 'a, b');
    expect(choices.slice(0, 2)).toMatchObject([
      { label: 'Use “a, b”', value: { context: { 'kms:ViaService': 'a, b' } } },
      { label: 'Use the list “a”, “b”', value: { context: { 'kms:ViaService': ['a', 'b'] } } },
    ]);
  });
});

test('a pair needs a name and an equals sign', () => {
  expect(readPair('a=', 'x=y')).toEqual({ value: 'a=', meaning: 'a: ' });
  expect(readPair('a', 'x=y')).toEqual({ problem: 'write a name, `=` and a value, such as `x=y`' });
  expect(readPair('=b', 'x=y')).toEqual({ problem: 'write a name, `=` and a value, such as `x=y`' });
});
