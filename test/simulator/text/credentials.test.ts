import { expect, test } from 'vitest';
import { coveredCredentials, withoutCredentials } from '../../../simulator/text/credentials.ts';

const ID = 'AKIA2QXPLMBD3VKH7TRZ';
const SECRET = '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';

test('messages name neither ids nor secrets', () => {
  expect(withoutCredentials(`\`${ID}\` is no principal, \`${SECRET}\` neither`)).toBe(
    '`AKIA…` is no principal, `…` neither',
  );
});

test.each([
  'AKIAIOSFODNN7EXAMPLE',
  'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'AKIAKMSLENSORDERSAPP',
  'arn:aws:iam::111122223333:role/a-role-of-a-name-that-is-just-as-long-as-a-secret',
  '1234abcd-12ab-34cd-56ef-1234567890ab',
  'mrk-1234abcd12ab34cd56ef1234567890ab',
  '0123456789abcdef0123456789abcdef01234567',
])('%s is no secret', (text) => {
  expect(withoutCredentials(`\`${text}\``)).toBe(`\`${text}\``);
  expect(coveredCredentials(`"a": "${text}"`)).toBe(`"a": "${text}"`);
});

test.each([
  `"accessKeyId": "${ID}", "secretAccessKey": "${SECRET}", "a": 1`,
  `"accessKeyId": ${ID}, 'secretAccessKey': '${SECRET}', "a": 1`,
  `accessKeyId ${ID} secretAccessKey ${SECRET} "a": 1`,
  `"note": "${ID} and ${SECRET}", "a": 1`,
])('a text is shown without them, and all else stands where it stood: %s', (text) => {
  const covered = coveredCredentials(text);
  expect(covered).toHaveLength(text.length);
  expect(covered.endsWith('"a": 1')).toBe(true);
  for (const part of [ID.slice(4, 10), SECRET.slice(0, 6), SECRET.slice(-6)]) expect(covered).not.toContain(part);
});

test('short ones are covered where they stand as what they are', () => {
  expect(coveredCredentials('"secretAccessKey": "hunter2", "mfa": true')).toBe(
    '"secretAccessKey": "•••••••", "mfa": true',
  );
  expect(coveredCredentials('"secretAccessKey": "kms-lens-app"')).toBe('"secretAccessKey": "kms-lens-app"');
});
