import { describe, expect, test } from 'vitest';
import { conditioned, hover, pointedAt, rows } from './harness.ts';

const KEY = 'orders.key-policy.json';

describe('operators', () => {
  test('say what they compare and what they do without the key', () => {
    expect(
      hover(KEY, conditioned('"String$0Equals": { "kms:ViaService": "x" }')),
    ).toBe(`**\`StringEquals\`** · condition operator

The value is exactly this text, case included; \`*\` and \`?\` are plain characters.

| | |
|:---|:---|
| Key absent | Without the key in the request it fails. |
| Several values | one that matches is enough |
| Variables | replaced in the values |`);
  });

  test.each([
    ['StringNotLike', 'Without the key in the request it holds.', 'none of them may match'],
    ['StringEqualsIfExists', 'Without the key in the request it holds.', 'one that matches is enough'],
    ['ForAllValues:StringLike', 'Without the key in the request, or with no values, it holds', 'one that matches'],
    ['ForAnyValue:StringLike', 'Without the key in the request, or with no values, it fails.', 'one that matches'],
  ])('%s', (operator, absent, several) => {
    const marked = conditioned(`"$0${operator}": { "kms:ViaService": "x" }`);
    expect(rows(KEY, marked)['Key absent']).toContain(absent);
    expect(rows(KEY, marked)['Several values']).toContain(several);
  });

  test('set operators and IfExists are explained beside the operator itself', () => {
    const text = hover(KEY, conditioned('"ForAnyValue:StringLikeIfExists$0": { "kms:ViaService": "x" }'));
    expect(text).toContain('`ForAnyValue`: holds when at least one value');
    expect(text).toContain('`…IfExists`: holds when the request lacks the key');
  });

  test('Null has no values to compare', () => {
    const marked = conditioned('"Nu$0ll": { "kms:ViaService": "true" }');
    expect(Object.keys(rows(KEY, marked))).toEqual(['Key absent']);
  });

  test('of an operator that does not exist nothing is said', () => {
    expect(hover(KEY, conditioned('"String$0Matches": { "a:b": "x" }'))).toBeUndefined();
  });
});

describe('keys', () => {
  test('say what they hold, when they are there and for which actions', () => {
    expect(
      hover(KEY, conditioned('"StringEquals": { "kms:$0GrantConstraintType": "x" }')),
    ).toBe(`**\`kms:GrantConstraintType\`** · condition key

The kind of encryption context constraint of the grant.

Present in CreateGrant requests whose grant has an encryption context constraint; also listed for RetireGrant.

| | |
|:---|:---|
| Type | text |
| Several values | no |
| Values | \`EncryptionContextEquals\`, \`EncryptionContextSubset\` |
| Actions | \`CreateGrant\`, \`RetireGrant\` |

[Condition keys in the KMS Developer Guide](https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html)`);
  });

  test.each([
    ['aws:PrincipalOrgID', 'Actions', 'all'],
    ['kms:CallerAccount', 'Actions', '53 of the 58'],
    ['kms:EncryptionContextKeys', 'Several values', 'yes: it needs `ForAllValues` or `ForAnyValue`'],
    ['kms:GrantIsForAWSResource', 'Type', '`true` or `false`'],
    ['KMS:viaservice', 'Type', 'text'],
  ])('%s: %s', (key, row, value) => {
    expect(rows(KEY, conditioned(`"StringEquals": { "$0${key}": "x" }`))[row]).toBe(value);
  });

  test('a key of the encryption context that a service sets says which and what', () => {
    expect(hover(KEY, conditioned('"StringEquals": { "kms:EncryptionContext:aws:s3:arn$0": "x" }'))).toContain(
      'Amazon S3 sets `aws:s3:arn`. The ARN of the object',
    );
  });

  test('a deprecated key names the one to use', () => {
    expect(hover(KEY, conditioned('"StringEquals": { "$0kms:CustomerMasterKeySpec": "x" }'))).toContain(
      'Deprecated: use `kms:KeySpec`.',
    );
  });

  test('of keys of other services nothing is said', () => {
    expect(hover(KEY, conditioned('"StringEquals": { "$0s3:prefix": "x" }'))).toBeUndefined();
  });
});

describe('values', () => {
  test('a service of kms:ViaService by name', () => {
    expect(
      hover(KEY, conditioned('"StringEquals": { "kms:ViaService": "s3.$0eu-central-1.amazonaws.com" }')),
    ).toBe(`**Amazon S3** · service that forwards the call

The call must come from the service on behalf of the principal; direct calls have no such key.

Holds if the call comes through Amazon S3 in \`eu-central-1\`.

| | |
|:---|:---|
| Service | Amazon S3, \`s3\` |
| Region | Europe (Frankfurt), \`eu-central-1\` |`);
  });

  test.each([
    ['kms:KeySpec', 'RSA_2048', 'A 2048-bit RSA key pair'],
    ['kms:KeyUsage', 'KEY_AGREEMENT', 'Derives shared secrets with ECDH.'],
    ['kms:KeyOrigin', 'EXTERNAL', 'The owner imports the key material'],
    ['kms:SigningAlgorithm', 'ECDSA_SHA_256', '| Key specs | `ECC_NIST_P256`, `ECC_SECG_P256K1` |'],
    ['kms:EncryptionAlgorithm', 'RSAES_OAEP_SHA_256', '190 bytes with `RSA_2048`'],
    ['kms:WrappingAlgorithm', 'SM2PKE', 'in China Regions only'],
    ['kms:ExpirationModel', 'KEY_MATERIAL_EXPIRES', 'The material expires at ValidTo'],
    ['kms:GrantOperations', 'CreateGrant', 'a grant made with this one must have a constraint at least as strict'],
    ['kms:GrantConstraintType', 'EncryptionContextEquals', 'must be exactly these pairs'],
    ['kms:MessageType', 'DIGEST', 'A hash of the message'],
    ['kms:MultiRegionKeyType', 'REPLICA', 'a key policy of its own'],
    ['kms:CallerAccount', '111122223333', '**`111122223333`** · account'],
    ['kms:ReplicaRegion', 'eu-west-1', 'Europe (Ireland), `eu-west-1`.'],
    ['aws:PrincipalArn', 'arn:aws:iam::111122223333:role/App', 'The role App of 111122223333.'],
    ['kms:EncryptionContext:service', 'orders', 'Holds if the encryption context has `service` = `orders`.'],
    ['kms:RequestAlias', 'alias/x', 'Holds if `kms:RequestAlias` is `alias/x`.'],
    ['s3:prefix', 'x', 'Holds if `s3:prefix` is `x`.'],
  ])('%s: %s', (key, value, sentence) => {
    expect(hover(KEY, conditioned(`"StringEquals": { "${key}": ["$0${value}"] }`))).toContain(sentence);
  });

  test.each([
    ['"Bool": { "kms:GrantIsForAWSResource": tr$0ue }', 'Holds if `kms:GrantIsForAWSResource` is `true`.'],
    ['"Null": { "kms:ViaService": "tru$0e" }', 'Holds if the request lacks `kms:ViaService`.'],
    ['"Null": { "kms:ViaService": "fals$0e" }', 'Holds if the request has `kms:ViaService`.'],
    ['"NumericLessThan": { "kms:RotationPeriodInDays": 9$00 }', 'is less than `90`.'],
    ['"StringEqualsIfExists": { "aws:PrincipalTag/a": "$0b" }', '(or the request lacks `aws:PrincipalTag/a`).'],
    [
      '"ForAllValues:StringNotLike": { "kms:ResourceAliases": "$0b" }',
      'Holds if no value of `kms:ResourceAliases` fits `b`.',
    ],
    [
      '"ForAnyValue:StringEquals": { "kms:ResourceAliases": "$0b" }',
      'Holds if some value of `kms:ResourceAliases` is `b`.',
    ],
  ])('%s', (block, sentence) => {
    expect(hover(KEY, conditioned(block))).toContain(sentence);
  });

  test('of several values the hover says how they count together', () => {
    expect(hover(KEY, conditioned('"StringEquals": { "a:b": ["$0x", "y"] }'))).toContain(
      'One of the 2 values is enough.',
    );
    expect(hover(KEY, conditioned('"StringNotEquals": { "a:b": ["$0x", "y"] }'))).toContain(
      'None of the 2 values may match.',
    );
  });
});

describe('policy variables', () => {
  const block = '"StringEquals": { "aws:PrincipalTag/team": "a/${aws:$0username}" }';

  test('are explained by themselves', () => {
    expect(hover(KEY, conditioned(block))).toBe(`**\`\${aws:username}\`** · policy variable

Replaced by the value of \`aws:username\` when a request is decided.

The name of the calling IAM user.

Present only for IAM users; absent for roles, federated users and the root user.

Where the request lacks the key, the value matches nothing.`);
    expect(pointedAt(KEY, conditioned(block))).toBe('${aws:username}');
  });

  test('are plain text in an old policy and under operators that replace none', () => {
    expect(hover(KEY, conditioned(block).replace('2012', '2008'))).toContain('Plain text here: variables need');
    const binary = conditioned('"BinaryEquals": { "a:b": "${aws:us$0ername}" }');
    expect(hover(KEY, binary)).toContain('Plain text here: `BinaryEquals` replaces no variables.');
  });

  test('can have a value for requests that lack the key', () => {
    expect(hover(KEY, conditioned('"StringLike": { "a:b": "${aws:username, \'no$0body\'}" }'))).toContain(
      'Where the request lacks the key, it is `nobody`.',
    );
  });

  test('escaped wildcards are characters', () => {
    expect(hover(KEY, conditioned('"StringLike": { "a:b": "a${$0*}" }'))).toContain(
      'Stands for the character `*` itself.',
    );
  });

  test('what another tool fills in is left alone', () => {
    expect(hover(KEY, conditioned('"StringEquals": { "kms:CallerAccount": "${Acc$0ount}" }'))).not.toContain(
      'variable',
    );
  });
});
