import { describe, expect, test } from 'vitest';
import { mended, messages, titles } from '../found.ts';
import { check, policyOf, ruleIds } from '../harness.ts';

const file = 'a.key-policy.json';
const of = (service: string): string =>
  policyOf(`
    { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*", "Principal": { "Service": ${JSON.stringify(service)} } }`);

test('reports each value of a list that is no service principal', () => {
  check(
    file,
    policyOf(`
    { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*",
      "Principal": { "Service": ["s3.amazonaws.com", "sns.aws.com"] }
      //                                             ^^^^^^^^^^^^^ principal-service-format: does not end in \`amazonaws.com\`, as service principals do; AWS rejects the policy; write \`sns.amazonaws.com\`
    }`),
  );
});

describe('says what is wrong and what was meant', () => {
  test.each([
    ['s3', 'does not end in', ['change to `s3.amazonaws.com`']],
    ['cloudtrail.amazonaws', 'does not end in', ['change to `cloudtrail.amazonaws.com`']],
    ['S3.amazonaws.com', 'has capitals', ['change to `s3.amazonaws.com` (safe)']],
    ['s3_.amazonaws.com', 'is no service principal', []],
    ['*.amazonaws.com', 'has a wildcard in it', []],
    ['arn:aws:iam::111122223333:root', 'belongs under `AWS`', []],
    ['', 'names no service', []],
    ['cloudtrial.amazonaws.com', 'no service gets in under that name', ['change to `cloudtrail.amazonaws.com`']],
    ['guarduty.amazonaws.com', 'is no service principal', ['change to `guardduty.amazonaws.com`']],
  ])('%s', (service, message, offered) => {
    const found = messages('principal-service-format', file, of(service));
    expect(found.length).toBe(1);
    expect(found[0]).toContain(message);
    expect(titles('principal-service-format', file, of(service))).toEqual(offered);
    for (const title of offered) {
      const result = mended('principal-service-format', file, of(service), title.replace(' (safe)', ''));
      expect(ruleIds(file, result)).toEqual([]);
    }
  });
});

test.each([
  's3.amazonaws.com',
  'logs.us-east-1.amazonaws.com',
  'delivery.logs.amazonaws.com',
  's3.amazonaws.com.cn',
  // Services that there are, each a slip away from another.
  'sms.amazonaws.com',
  'cloudsearch.amazonaws.com',
  'macie2.amazonaws.com',
  'something-new.amazonaws.com',
  'logs.${AWS::Region}.amazonaws.com',
  'logs.region.amazonaws.com',
  '${Service}',
  '*',
])('leaves %s alone', (service) => {
  expect(ruleIds(file, of(service))).toEqual([]);
});
