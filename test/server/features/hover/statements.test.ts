import { describe, expect, test } from 'vitest';
import { hover, pointedAt, statement } from './harness.ts';

const ROLE = '"Principal": { "AWS": "arn:aws:iam::111122223333:role/OrdersApi" }';

function sentence(members: string, file = 'orders.key-policy.json'): string | undefined {
  return hover(file, statement(members).replace('[{', '[$0{'))?.split('\n\n')[1];
}

describe('a statement as one sentence', () => {
  test('on its opening brace and on its Sid', () => {
    const members = `"Sid": "Use $0it", "Effect": "Allow", ${ROLE}, "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
      "Resource": "*", "Condition": { "StringEquals": { "kms:EncryptionContext:service": "orders" } }`;
    const expected = `**\`Use it\`** · statement

Allows the role OrdersApi of 111122223333 to decrypt, generate data keys and generate data key pairs, if the encryption context has \`service\` = \`orders\`.`;
    expect(hover('orders.key-policy.json', statement(members))).toBe(expected);
    expect(pointedAt('orders.key-policy.json', statement(members))).toBe('"Use it"');
    const onBrace = statement(members.replace('$0', '')).replace('[{', '[$0{');
    expect(hover('orders.key-policy.json', onBrace)).toBe(expected);
    expect(pointedAt('orders.key-policy.json', onBrace)).toBe('{');
  });

  test.each([
    [
      '"Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:*"',
      'Lets the IAM policies of the account 111122223333 decide who may do everything with the key.',
    ],
    [
      `"Effect": "Deny", "Principal": "*", "Action": "kms:ScheduleKeyDeletion", "Condition": { "BoolIfExists": { "aws:MultiFactorAuthPresent": "false" } }`,
      'Forbids everyone to schedule the deletion of the key, if `aws:MultiFactorAuthPresent` is `false` (or the request lacks `aws:MultiFactorAuthPresent`).',
    ],
    [
      `"Effect": "Deny", "NotPrincipal": { "AWS": "arn:aws:iam::111122223333:user/a" }, "NotAction": "kms:Describe*"`,
      'Forbids everyone except the user a of 111122223333 to do everything except `kms:Describe*`.',
    ],
    [
      '"Effect": "Allow", "Principal": { "Service": "cloudtrail.amazonaws.com" }, "Action": "kms:GenerateDataKey*"',
      'Allows the service AWS CloudTrail to generate data keys and generate data key pairs.',
    ],
    [
      `"Effect": "Allow", ${ROLE}, "Action": ["kms:Create*", "kms:List*", "kms:Get*", "kms:Put*"]`,
      'Allows the role OrdersApi of 111122223333 to use 17 actions of KMS, `kms:Create*`, `kms:List*`, `kms:Get*` and `kms:Put*`.',
    ],
    [
      `"Effect": "Allow", ${ROLE}, "Action": ["kms:Decrypt", "s3:GetObject"], "Condition": { "StringEquals": { "kms:ViaService": ["s3.us-east-1.amazonaws.com", "sqs.us-east-1.amazonaws.com"] }, "Null": { "kms:EncryptionContextKeys": "false" } }`,
      'Allows the role OrdersApi of 111122223333 to decrypt and use `s3:GetObject`, if the call comes through Amazon S3 in `us-east-1` or Amazon SQS in `us-east-1` and the request has `kms:EncryptionContextKeys`.',
    ],
    [`${ROLE}, "Action": "kms:Decrypt"`, 'Does nothing as it stands: it has no proper `Effect`.'],
    ['"Effect": "Allow"', 'Does nothing as it stands: it has no proper `Action` and `Principal`.'],
  ])('%s', (members, expected) => {
    expect(sentence(members)).toBe(expected);
  });

  test('in an IAM policy it speaks of the holder and the keys', () => {
    const members =
      '"Effect": "Allow", "Action": "kms:Sign", "Resource": ["arn:aws:kms:eu-west-1:111122223333:key/*", "arn:aws:kms:eu-west-1:111122223333:alias/a"]';
    expect(sentence(members, 'a.iam-policy.json')).toBe(
      'Allows its holder to sign, on every key of 111122223333 in `eu-west-1` and the alias a of 111122223333.',
    );
  });

  test('in an SCP of the identities below it', () => {
    const members = '"Effect": "Deny", "Action": "kms:DisableKey", "Resource": "*"';
    expect(sentence(members, 'a.scp.json')).toBe(
      'Forbids the identities below it to disable the key, on every resource.',
    );
  });

  test('a statement that is no list has its sentence, too', () => {
    const text = `{ "Statement": $0{ "Effect": "Deny", "Principal": "*", "Action": "kms:Sign" } }`;
    expect(hover('a.key-policy.json', text)).toContain('Forbids everyone to sign.');
  });

  test('text of the user formats nothing', () => {
    const members = `"Sid": "a|\`b\`", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/_x_" }, "Action": "kms:Sign"`;
    const text = hover('a.key-policy.json', statement(members).replace('[{', '[$0{'));
    expect(text).toContain('**`` a|`b` ``** · statement');
    expect(text).toContain('the role \\_x\\_ of 111122223333');
  });
});
