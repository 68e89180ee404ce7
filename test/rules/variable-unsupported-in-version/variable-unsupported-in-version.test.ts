import { expect, test } from 'vitest';
import { titles } from '../found.ts';
import { check, fixed, ruleIds } from '../harness.ts';

const file = 'a.iam-policy.json';
const rule = 'variable-unsupported-in-version';
const of = (version: string, value: string): string =>
  `{ ${version}"Statement": { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:*:111122223333:key/*",
     "Condition": { "StringEquals": { "aws:userid": "${value}" } } } }`;
const OLD = '"Version": "2008-10-17", ';

test('reports the version, once for all variables', () => {
  const text = `
    {
      "Version": "2008-10-17",
      //         ^^^^^^^^^^^^ variable-unsupported-in-version: \`\${aws:username}\` is plain text under \`2008-10-17\`; only \`2012-10-17\` has policy variables
      "Statement": {
        "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:*:111122223333:key/\${aws:username}",
        "Condition": { "StringEquals": { "aws:userid": "\${aws:userid}" } }
      }
    }`;
  check(file, text);
  const mended = fixed(file, text, 'change to `2012-10-17`');
  expect(JSON.parse(mended).Version).toBe('2012-10-17');
  expect(ruleIds(file, mended)).toEqual([]);
});

test('reports a version that is missing', () => {
  expect(ruleIds(file, of('', '${aws:username}'))).toEqual([rule]);
  expect(titles(rule, file, of('', '${aws:username}'))).toEqual(['add `"Version": "2012-10-17"`']);
});

test.each([
  of('"Version": "2012-10-17", ', '${aws:username}'),
  of('"Version": "${Version}", ', '${aws:username}'),
  of('"version": "2012-10-17", ', '${aws:username}'),
  of(OLD, '${AWS::AccountId}'),
  of(OLD, 'me'),
  of('', 'me'),
])('leaves alone: %s', (text) => {
  expect(ruleIds(file, text)).toEqual([]);
});
