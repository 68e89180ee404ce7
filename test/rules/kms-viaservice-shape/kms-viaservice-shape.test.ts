import { describe, expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const via = (value: string, operator = 'StringEquals'): string => `"${operator}": { "kms:ViaService": ${value} }`;

describe('reports', () => {
  test('what is no service and Region', () => {
    check(
      'a.key-policy.json',
      withCondition(`
        "StringEquals": { "kms:ViaService": "s3.amazonaws.com" }
        //                                  ^^^^^^^^^^^^^^^^^^ kms-viaservice-shape: \`s3.amazonaws.com\` has no Region in it; no request has this value, so the statement never applies; write it as \`service.region.amazonaws.com\`
      `),
    );
  });

  test('each of several values', () => {
    check(
      'a.iam-policy.json',
      withCondition(
        `
        "StringNotEquals": { "kms:ViaService": ["s3", "ec2.us-east-1.amazonaws.com", "us-east-1.s3.amazonaws.com"] }
        //                                      ^^^^ kms-viaservice-shape: \`s3\` is only the name of a service; no request has this value, so it does nothing in the list
        //                                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-viaservice-shape: has the Region before the service
      `,
        { effect: 'Deny' },
      ),
    );
  });

  test.each([
    ['StringEquals', 'Deny', 'so the `Deny` never applies'],
    ['StringNotEquals', 'Deny', 'so the condition always holds'],
    ['StringEqualsIfExists', 'Allow', 'so the condition holds only for requests that lack the key'],
  ])('what follows under %s in a %s', (operator, effect, consequence) => {
    const text = `
        "Bool": {}, "${operator}": {
          "kms:ViaService": "" }
        //                  ^^ kms-viaservice-shape: the value of \`kms:ViaService\` is empty; no request has this value, ${consequence}
      `;
    check('a.key-policy.json', withCondition(text, { effect }));
  });

  test.each([
    '"arn:aws:s3:us-east-1:111122223333:bucket"',
    '"s3.cn-north-1.amazonaws.com.cn"',
    '"S3.us-east-1.amazonaws.com"',
    '" s3.us-east-1.amazonaws.com"',
    '"s3.useast.amazonaws.com"',
    '"s3.us-east-1"',
    '"us-east-1.amazonaws.com"',
    '"s3 us-east-1"',
  ])('%s', (value) => {
    expect(found(via(value))).toEqual(['kms-viaservice-shape']);
  });

  test('patterns that match no value', () => {
    expect(found(via('"s3.*.amazonaws.com.cn"', 'StringLike'))).toEqual(['kms-viaservice-shape']);
  });
});

describe('leaves alone', () => {
  test.each([
    via('"s3.us-east-1.amazonaws.com"'),
    via('"s3.cn-north-1.amazonaws.com"'),
    via('"s3.*.amazonaws.com"', 'StringLike'),
    via('"*"', 'StringLike'),
    via('"S3.us-east-1.amazonaws.com"', 'StringEqualsIgnoreCase'),
    via('"s3.${AWS::Region}.amazonaws.com"'),
    via('"s3.region.amazonaws.com"'),
    via('"${service}"'),
    via('"true"', 'Null'),
    '"StringEquals": { "aws:CalledViaFirst": "s3.amazonaws.com" }',
  ])('%s', (members) => {
    expect(found(members)).toEqual([]);
  });
});

describe('fixes', () => {
  test('write it as it is meant', () => {
    expect(mended(via('"s3.cn-north-1.amazonaws.com.cn"'), 'change to `s3.cn-north-1.amazonaws.com`')).toEqual({
      StringEquals: { 'kms:ViaService': 's3.cn-north-1.amazonaws.com' },
    });
    expect(mended(via('["a", "us-east-1.s3.amazonaws.com"]'), 'change to `s3.us-east-1.amazonaws.com`')).toEqual({
      StringEquals: { 'kms:ViaService': ['a', 's3.us-east-1.amazonaws.com'] },
    });
  });

  test('ask for the Region', () => {
    expect(titles(via('"s3"'))).toEqual(['add the Region']);
    expect(mended(via('"s3"'), 'add the Region')).toEqual({
      StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' },
    });
    expect(titles(via('"s3.amazonaws.com"', 'StringLike'))).toEqual([
      'add the Region',
      'change to `s3.*.amazonaws.com`',
    ]);
  });

  test('are safe where nothing is guessed', () => {
    expect(titles(via('"S3.us-east-1.amazonaws.com"'))).toEqual(['change to `s3.us-east-1.amazonaws.com` (safe)']);
    expect(titles(via('"arn:aws:s3:us-east-1:111122223333:x"'))).toEqual(['change to `s3.us-east-1.amazonaws.com`']);
    expect(titles(via('"us-east-1.amazonaws.com"'))).toEqual([]);
  });
});
