import { expect, test } from 'vitest';
import { fixed, policyOf, ruleIds } from '../harness.ts';

const FILE = 'a.iam-policy.json';
const allow = (...actions: readonly string[]): string =>
  `{ "Effect": "Allow", "Action": ${JSON.stringify(actions)}, "Resource": "*" }`;
const OBJECTS = allow('s3:GetObject', 's3:PutObject');

test('reports the key for reading alone, and adds what writing needs', () => {
  const text = policyOf(`
    ${OBJECTS},
    { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*" }
    //                             ^^^^^^^^^^^^^ kms-decrypt-without-generate: \`kms:Decrypt\` is enough for reading encrypted objects, and not for writing them; the policy allows \`s3:PutObject\` as well, for which Amazon S3 asks for \`kms:GenerateDataKey\`; allow that, too, if uploads are encrypted with the key
  `);
  const mended = fixed(FILE, text, 'add `kms:GenerateDataKey`');
  expect(JSON.parse(mended).Statement[1].Action).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
  expect(ruleIds(FILE, mended)).toEqual([]);
});

test('knows objects by a wildcard, too', () => {
  expect(ruleIds(FILE, policyOf(`${allow('s3:*')}, ${allow('kms:Decrypt')}`))).toEqual([
    'kms-decrypt-without-generate',
  ]);
});

test.each([
  ['both', `${OBJECTS}, ${allow('kms:Decrypt', 'kms:GenerateDataKey*')}`],
  ['both in two statements', `${OBJECTS}, ${allow('kms:Decrypt')}, ${allow('kms:Generate*')}`],
  ['reading alone', `${allow('s3:GetObject')}, ${allow('kms:Decrypt')}`],
  ['two buckets', `${allow('s3:GetObject')}, ${allow('s3:PutObject')}, ${allow('kms:Decrypt')}`],
  ['no key at all', OBJECTS],
  ['writing alone', `${allow('s3:PutObject')}, ${allow('kms:GenerateDataKey')}`],
  ['no objects', allow('kms:Decrypt')],
  ['everything', `${OBJECTS}, ${allow('*')}`],
  ['a placeholder', `${OBJECTS}, ${allow('kms:Decrypt')}, ${allow('${More}')}`],
])('leaves %s alone', (_, statements) => {
  expect(ruleIds(FILE, policyOf(statements))).toEqual([]);
});
