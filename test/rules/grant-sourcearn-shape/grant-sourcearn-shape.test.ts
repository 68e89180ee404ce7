import { expect, test } from 'vitest';
import { messages } from '../found.ts';
import { check, ruleIds } from '../harness.ts';

const source = (text: string): string => JSON.stringify({ Constraints: { SourceArn: text } });

test('reports the whole value', () => {
  check(
    'a.kms-grant.json',
    `{
      "Constraints": { "SourceArn": "Orders" }
      //                            ^^^^^^^^ grant-sourcearn-shape: \`Orders\` is not the ARN of a resource; AWS KMS rejects the request; write it like
    }`,
  );
});

test.each([
  ['arn:aws:s3:::orders', 'names no account'],
  ['arn:aws:dynamodb:us-east-1:11112222333:table/Orders', 'names the account `11112222333`, which is none'],
  ['arn:aws:dynamodb:us-east-1:*:table/Orders', 'names the account `*`, which is none'],
  ['arn:aws:dynamodb:us-east-1:111122223333', 'is not the ARN of a resource'],
  ['arn:aws:dynamodb:us-east-1:111122223333:', 'is not the ARN of a resource'],
])('%s %s', (text, message) => {
  const [found] = messages('grant-sourcearn-shape', 'a.kms-grant.json', source(text));
  expect(found).toContain(`\`${text}\` ${message}; `);
});

test.each([
  source('arn:aws:dynamodb:us-east-1:111122223333:table/Orders'),
  source('arn:aws:iam::111122223333:role/Orders'),
  source('arn:aws-cn:rds:cn-north-1:111122223333:db:orders'),
  source('arn:aws:dynamodb:us-east-1:<account>:table/Orders'),
  source('arn:aws:dynamodb:us-east-1:ACCOUNT_ID:table/Orders'),
  source('${TableArn}'),
  source('tableArn'),
  source(''),
  JSON.stringify({ Grants: [{ Constraints: { SourceArn: 'Orders' } }] }),
])('leaves %s alone', (text) => {
  expect(ruleIds('a.kms-grant.json', text)).toEqual([]);
});
