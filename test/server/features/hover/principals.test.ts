import { describe, expect, test } from 'vitest';
import { hover, rows, statement } from './harness.ts';

const KEY = 'orders.key-policy.json';
const principal = (member: string, text: string): string => statement(`"Principal": { "${member}": ["${text}"] }`);

describe('principals in words', () => {
  test('the account hands the decision on', () => {
    expect(hover(KEY, principal('AWS', 'arn:aws:iam::111122223333:ro$0ot'))).toBe(
      '**The account 111122223333** · principal\n\nThe whole account, its root user included.\n\nIn a key policy it hands the decision to the IAM policies of the account: nobody but the root user gets anything by this statement alone.',
    );
  });

  test.each([
    ['AWS', '111122223333', '**The account 111122223333**'],
    ['AWS', '*', '**Every AWS identity in every account**'],
    ['AWS', 'arn:aws:iam::111122223333:role/a/b/App', '**The role App of 111122223333**'],
    ['AWS', 'arn:aws:iam::111122223333:role/a/b/App', 'stands for all its sessions'],
    ['AWS', 'arn:aws:iam::111122223333:user/my_name', '**The user my\\_name of 111122223333**'],
    ['AWS', 'arn:aws:sts::111122223333:assumed-role/App/me', '**The session me of the role App of 111122223333**'],
    ['AWS', 'arn:aws:sts::111122223333:federated-user/Bob', '**The federated user Bob of 111122223333**'],
    ['AWS', 'AROADBQP57FF2AEXAMPLE', '**A deleted role**'],
    ['AWS', 'arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX', 'only its service'],
    ['Service', 'logs.eu-central-1.amazonaws.com', '**The service Amazon CloudWatch Logs**'],
    ['Service', 'unheard-of.amazonaws.com', '**The service `unheard-of.amazonaws.com`**'],
    ['Service', 'logs.amazonaws.com', 'missing: this service calls as one principal for each Region'],
    ['Federated', 'cognito-identity.amazonaws.com', 'no caller of KMS is one'],
  ])('%s: %s', (member, text, words) => {
    expect(hover(KEY, principal(member, `$0${text}`))).toContain(words);
  });

  test('the bare star', () => {
    expect(hover(KEY, statement('"Principal": "$0*"'))).toContain('Every AWS identity in every account');
  });

  test('the path of a role and the Region of a service', () => {
    expect(rows(KEY, principal('AWS', '$0arn:aws:iam::111122223333:role/a/b/App'))).toEqual({ Path: '`/a/b/`' });
    expect(rows(KEY, principal('Service', '$0logs.eu-west-1.amazonaws.com'))).toEqual({
      Region: 'Europe (Ireland), `eu-west-1`',
    });
  });

  test.each(['AWS', 'Service', 'Federated', 'CanonicalUser'])('the member %s', (member) => {
    expect(hover(KEY, statement(`"Principal": { "$0${member}": "x" }`))).toContain(
      `**\`${member}\`** · kind of principal`,
    );
  });

  test.each(['arn:aws:iam::111122223333:role/a-*', 'arn:aws:iam::${Account}:root', 'me'])(
    'of what stands for nobody in particular nothing is said: %s',
    (text) => {
      expect(hover(KEY, principal('AWS', `$0${text}`))).toBeUndefined();
    },
  );
});

describe('ARNs taken apart', () => {
  test('a key', () => {
    expect(
      hover(
        'a.iam-policy.json',
        statement('"Resource": "$0arn:aws:kms:eu-central-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"'),
      ),
    ).toBe(`**\`arn:aws:kms:eu-central-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab\`** · ARN

The multi-Region key mrk-1234abcd12ab34cd56ef1234567890ab of 111122223333. Its replicas have the same id.

| | |
|:---|:---|
| Partition | AWS, \`aws\` |
| Service | AWS KMS, \`kms\` |
| Region | Europe (Frankfurt), \`eu-central-1\` |
| Account | \`111122223333\` |
| Resource | \`key/mrk-1234abcd12ab34cd56ef1234567890ab\` |`);
  });

  test.each([
    ['arn:aws-cn:kms:cn-north-1:111122223333:key/*', 'Partition', 'AWS in China, `aws-cn`'],
    ['arn:aws:kms:*:111122223333:key/*', 'Region', '`*`: every Region'],
    ['arn:aws:kms:eu-*:111122223333:key/*', 'Region', '`eu-*`: every Region that fits'],
    ['arn:aws:kms:eu-west-1:*:key/*', 'Account', '`*`: every account'],
    ['arn:aws:kms:eu-west-1:111122223333:*', 'Wildcards', 'here it reaches keys and aliases'],
    ['arn:aws:kms:eu-west-1:111122223333:alias/*', 'Wildcards', 'here it reaches aliases'],
    ['arn:aws:s3:::orders/*', 'Region', 'none: the resource belongs to no Region'],
    ['arn:aws:kms:eu-west-1:${Account}:key/*', 'Account', '`${Account}`, to be filled in'],
  ])('%s: %s', (arn, row, value) => {
    expect(rows('a.iam-policy.json', statement(`"Resource": ["$0${arn}"]`))[row]).toContain(value);
  });

  test('an alias is not its key', () => {
    expect(
      hover('a.iam-policy.json', statement('"Resource": "$0arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"')),
    ).toContain(
      'The alias aws/s3 of an AWS managed key of 111122223333. A statement about an alias is never about its key.',
    );
  });

  test('the star is this key in a key policy and everything elsewhere', () => {
    expect(hover(KEY, statement('"Resource": "$0*"'))).toContain('This key.');
    expect(hover('a.iam-policy.json', statement('"Resource": "$0*"'))).toContain('Every resource.');
  });
});
