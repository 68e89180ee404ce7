import { describe, expect, test } from 'vitest';
import { labels, offered, statement, taken } from './harness.ts';

const KEY = 'a.key-policy.json';
const condition = (text: string, more = '"Action": "kms:Decrypt"'): string =>
  statement(`${more}, "Condition": {${text}}`);

describe('operators', () => {
  test('all where there is no key yet', () => {
    const found = labels(KEY, condition('"$0"')) ?? [];
    expect(found.slice(0, 3)).toEqual(['StringEquals', 'StringLike', 'StringNotEquals']);
    for (const each of ['NumericLessThan', 'DateGreaterThan', 'StringLikeIfExists', 'ForAllValues:StringLike', 'Null'])
      expect(found).toContain(each);
    expect(found).not.toContain('NullIfExists');
  });

  test('those that fit the key', () => {
    expect(labels(KEY, condition('"$0": {"kms:GrantIsForAWSResource": "true"}'))).toEqual([
      'Bool',
      'Null',
      'BoolIfExists',
    ]);
    const ofText = labels(KEY, condition('"$0": {"kms:ViaService": "x"}'));
    expect(ofText).toContain('StringEquals');
    expect(ofText).not.toContain('Bool');
    expect(ofText?.some((name) => name.startsWith('For'))).toBe(false);
    expect(labels(KEY, condition('"$0": {"aws:SourceIp": "x"}'))?.slice(0, 3)).toEqual([
      'Null',
      'IpAddress',
      'NotIpAddress',
    ]);
  });

  test('set operators first for a key with several values', () => {
    const found = labels(KEY, condition('"$0": {"kms:GrantOperations": "Decrypt"}'));
    expect(found?.slice(0, 2)).toEqual(['ForAnyValue:StringEquals', 'ForAnyValue:StringLike']);
    expect(found).toContain('ForAllValues:StringEquals');
    expect(found?.indexOf('StringEquals')).toBeGreaterThan(found?.indexOf('ForAllValues:StringEquals') ?? 0);
  });

  test('a key that nobody knows fits all', () => {
    expect(labels(KEY, condition('"$0": {"s3:prefix": "x"}'))).toEqual(expect.arrayContaining(['Bool', 'IpAddress']));
  });

  test('not one that is there', () => {
    expect(labels(KEY, condition('"StringEquals": {}, "$0"'))).not.toContain('StringEquals');
  });

  test('only the name of one that has its keys', () => {
    expect(taken(KEY, condition('"$0": {"kms:ViaService": "x"}'), 'StringLike')).toBe(
      condition('"StringLike": {"kms:ViaService": "x"}'),
    );
  });
});

describe('keys', () => {
  test("those of the statement's actions first", () => {
    const found = labels(KEY, condition('"StringEquals": {"$0"}')) ?? [];
    expect(found.slice(0, 3)).toEqual(['kms:ViaService', 'kms:EncryptionContext:…', 'kms:CallerAccount']);
    const unsupported = found.indexOf('kms:SigningAlgorithm');
    expect(found.indexOf('kms:EncryptionAlgorithm')).toBeLessThan(unsupported);
    expect(found.indexOf('aws:PrincipalArn')).toBeLessThan(unsupported);
    const ofSign = labels(KEY, condition('"StringEquals": {"$0"}', '"Action": "kms:Sign"')) ?? [];
    expect(ofSign.indexOf('kms:SigningAlgorithm')).toBeLessThan(ofSign.indexOf('aws:PrincipalOrgID'));
  });

  test('about grants, those of grants', () => {
    const found = labels(KEY, condition('"Bool": {"$0"}', '"Action": ["kms:CreateGrant"]'));
    expect(found?.[0]).toBe('kms:GrantIsForAWSResource');
    const texts = labels(KEY, condition('"StringEquals": {"$0"}', '"Action": ["kms:CreateGrant"]'));
    expect(texts?.slice(0, 3)).toEqual(['kms:GranteePrincipal', 'kms:GrantConstraintType', 'kms:ViaService']);
  });

  test('about other services alone, the global ones', () => {
    const found = labels('a.iam-policy.json', condition('"StringEquals": {"$0"}', '"Action": "s3:GetObject"')) ?? [];
    expect(found[0]).toBe('aws:PrincipalOrgID');
    expect(found.indexOf('kms:ViaService')).toBeGreaterThan(found.indexOf('aws:username'));
    // An action that is still being written says nothing yet.
    expect(labels(KEY, condition('"StringEquals": {"$0"}', '"Action": "kms:De"'))?.[0]).toBe('kms:ViaService');
  });

  test('only those that the operator can compare', () => {
    const found = labels(KEY, condition('"Bool": {"$0"}'));
    expect(found).toContain('kms:MultiRegion');
    expect(found).not.toContain('kms:ViaService');
    const several = labels(KEY, condition('"ForAnyValue:StringEquals": {"$0"}'));
    expect(several).toContain('kms:EncryptionContextKeys');
    expect(several).not.toContain('kms:ViaService');
  });

  test('none that is deprecated, and none in a key policy that only IAM policies see', () => {
    expect(labels(KEY, condition('"StringEquals": {"$0"}'))).not.toContain('kms:CustomerMasterKeySpec');
    expect(labels(KEY, condition('"ForAnyValue:StringEquals": {"$0"}'))).not.toContain('kms:ResourceAliases');
    expect(labels('a.iam-policy.json', condition('"ForAnyValue:StringEquals": {"$0"}'))).toContain(
      'kms:ResourceAliases',
    );
  });

  test('not one that is there, in whatever capitals', () => {
    expect(labels(KEY, condition('"StringEquals": {"KMS:viaservice": "x", "$0"}'))).not.toContain('kms:ViaService');
  });

  test('come with a value of their type, and templates with a place to fill in', () => {
    expect(taken(KEY, condition('"Bool": {"$0"}'), 'aws:MultiFactorAuthPresent')).toBe(
      condition('"Bool": {"aws:MultiFactorAuthPresent": "true"}'),
    );
    const template = offered(KEY, condition('"StringEquals": {"$0"}'))?.find(({ offer }) =>
      offer.label.startsWith('kms:EncryptionContext:…'),
    );
    expect(template?.text).toBe('"kms:EncryptionContext:${1:key}": "$2"');
    expect(taken(KEY, condition('"ForAnyValue:StringEquals": {"$0"}'), 'kms:EncryptionContextKeys')).toBe(
      condition('"ForAnyValue:StringEquals": {"kms:EncryptionContextKeys": [""]}'),
    );
  });

  test('the encryption context keys of services, that of the service in the statement first', () => {
    expect(labels(KEY, condition('"StringEquals": {"$0"}'))).toContain('kms:EncryptionContext:SecretARN');
    const found = labels(
      KEY,
      condition('"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}, "StringLike": {"$0"}'),
    );
    expect(found?.[0]).toBe('kms:EncryptionContext:aws:s3:arn');
  });

  test("the keys of a service principal's recipe first", () => {
    const found = labels(KEY, condition('"ArnLike": {"$0"}', '"Principal": {"Service": "cloudfront.amazonaws.com"}'));
    expect(found?.[0]).toBe('aws:SourceArn');
  });
});

describe('values', () => {
  const value = (key: string, operator = 'StringEquals'): string => condition(`"${operator}": {"${key}": "$0"}`);

  test('kms:ViaService has the Region of the settings, or that of the document', () => {
    expect(labels(KEY, value('kms:ViaService'))?.slice(0, 2)).toEqual([
      's3.us-east-1.amazonaws.com',
      'ec2.us-east-1.amazonaws.com',
    ]);
    expect(labels(KEY, value('kms:ViaService'), { region: 'eu-west-1' })?.[0]).toBe('s3.eu-west-1.amazonaws.com');
    const named = condition('"StringEquals": {"kms:ViaService": ["sqs.eu-north-1.amazonaws.com", "$0"]}');
    expect(labels(KEY, named)?.[0]).toBe('s3.eu-north-1.amazonaws.com');
    expect(labels(KEY, named)).not.toContain('sqs.eu-north-1.amazonaws.com');
    expect(labels(KEY, value('kms:ViaService'))).not.toContain('s3.*.amazonaws.com');
    expect(labels(KEY, value('kms:ViaService', 'StringLike'))).toContain('s3.*.amazonaws.com');
  });

  test.each([
    ['kms:KeySpec', 'SYMMETRIC_DEFAULT'],
    ['kms:KeyUsage', 'ENCRYPT_DECRYPT'],
    ['kms:KeyOrigin', 'AWS_KMS'],
    ['kms:EncryptionAlgorithm', 'SYMMETRIC_DEFAULT'],
    ['kms:SigningAlgorithm', 'ECDSA_SHA_256'],
    ['kms:MacAlgorithm', 'HMAC_SHA_256'],
    ['kms:MultiRegionKeyType', 'PRIMARY'],
    ['kms:GrantOperations', 'GenerateDataKey'],
    ['kms:GrantConstraintType', 'EncryptionContextSubset'],
    ['kms:EncryptionContextKeys', 'aws:s3:arn'],
    ['kms:GranteeServicePrincipal', 'events.amazonaws.com'],
    ['kms:ReplicaRegion', 'eu-central-1'],
    ['aws:RequestedRegion', 'us-west-2'],
    ['aws:PrincipalType', 'AssumedRole'],
    ['aws:CalledViaFirst', 'dynamodb.amazonaws.com'],
  ])('%s: %s among others', (key, expected) => {
    expect(labels(KEY, value(key))).toContain(expected);
    expect(labels(KEY, condition(`"StringEquals": {"${key}": ["x", "$0"]}`))).toContain(expected);
  });

  test('true and false, as strings', () => {
    expect(labels(KEY, value('kms:GrantIsForAWSResource', 'Bool'))).toEqual(['true', 'false']);
    expect(labels(KEY, value('kms:ViaService', 'Null'))).toEqual(['true', 'false']);
    expect(taken(KEY, condition('"Bool": {"kms:MultiRegion": $0}'), 'true')).toBe(
      condition('"Bool": {"kms:MultiRegion": "true"}'),
    );
  });

  test('accounts and principals that were seen, and values of the same key', () => {
    const more = '"Action": "kms:*", "Principal": {"AWS": "arn:aws:iam::111122223333:role/App"}';
    expect(labels(KEY, condition('"StringEquals": {"kms:CallerAccount": "$0"}', more))).toEqual(['111122223333']);
    expect(labels(KEY, condition('"ArnLike": {"aws:PrincipalArn": "$0"}', more))?.[0]).toBe(
      'arn:aws:iam::111122223333:role/App',
    );
    const others = { 'b.scp.json': condition('"StringEquals": {"aws:PrincipalOrgID": "o-abc"}') };
    expect(labels(KEY, value('aws:PrincipalOrgID'), { others })).toEqual(['o-abc']);
  });

  test('nothing deeper', () => {
    expect(labels(KEY, condition('"StringEquals": {"kms:ViaService": {"$0"}}'))).toEqual([]);
  });
});
