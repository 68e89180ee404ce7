import { describe, expect, test } from 'vitest';
import { labels, taken } from './harness.ts';

const GRANT = 'a.kms-grant.json';
const LIST = 'a.kms-grants.json';

describe('grants', () => {
  test('an empty file', () => {
    expect(labels(GRANT, '$0')?.slice(0, 3)).toEqual(['CreateGrant input', 'List of grants', 'kms-grant-role']);
    expect(JSON.parse(taken(GRANT, '"$0', 'CreateGrant input'))).toEqual({
      KeyId: '',
      GranteePrincipal: '',
      Operations: [''],
    });
  });

  test('the members of a CreateGrant input', () => {
    expect(labels(GRANT, '{"KeyId": "k", "$0"}')).toEqual([
      'GranteePrincipal',
      'Operations',
      'Constraints',
      'RetiringPrincipal',
      'Name',
      'GranteeServicePrincipal',
      'RetiringServicePrincipal',
      'GrantTokens',
      'DryRun',
      'constraints-context-equals',
      'constraints-context-subset',
      'constraints-source-arn',
    ]);
  });

  test('whole constraints, for a grant that has none', () => {
    expect(JSON.parse(taken(GRANT, '{"KeyId": "k", "$0"}', 'constraints-context-subset'))).toEqual({
      KeyId: 'k',
      Constraints: { EncryptionContextSubset: { service: 'orders' } },
    });
    for (const text of ['{"Constraints": {}, "$0"}', '{"$0": {}}', '{"Constraints": {"$0"}}'])
      expect(
        labels(GRANT, text)?.filter((label) => label.startsWith('constraints-')),
        text,
      ).toEqual([]);
  });

  test('one grantee, one retiring principal', () => {
    const found = labels(GRANT, '[{"GranteePrincipal": "x", "RetiringServicePrincipal": "y", "$0"}]');
    expect(found).toContain('KeyId');
    expect(found).not.toContain('GranteeServicePrincipal');
    expect(found).not.toContain('RetiringPrincipal');
  });

  test('the output of ListGrants and its entries', () => {
    expect(labels(LIST, '{"Grants": [], "$0"}')).toEqual(['NextMarker', 'Truncated']);
    const entry = labels(LIST, '{"Grants": [{"$0"}]}');
    expect(entry).toEqual(expect.arrayContaining(['GrantId', 'IssuingAccount', 'Operations']));
    expect(entry).not.toContain('DryRun');
    expect(labels(GRANT, '{"$0"}')).toContain('Grants');
  });

  test.each(['{"Operations": ["$0"]}', '[{"Operations": [$0]}]', '{"Grants": [{"Operations": ["$0"]}]}'])(
    'operations: %s',
    (text) => {
      const found = labels(GRANT, text);
      expect(found?.slice(0, 3)).toEqual(['Decrypt', 'Encrypt', 'GenerateDataKey']);
      expect(found).toContain('ReEncryptFrom');
      expect(found).not.toContain('ReEncrypt');
    },
  );

  test('operations that one key can have together', () => {
    const found = labels(GRANT, '{"Operations": ["Sign", "$0"]}');
    expect(found).toContain('Verify');
    expect(found).toContain('DescribeKey');
    expect(found).not.toContain('Sign');
    expect(found).not.toContain('Decrypt');
  });

  test('constraints', () => {
    expect(labels(GRANT, '{"Constraints": {"$0"}}')).toEqual([
      'EncryptionContextSubset',
      'EncryptionContextEquals',
      'SourceArn',
    ]);
    expect(labels(GRANT, '[{"Constraints": {"EncryptionContextEquals": {}, "$0"}}]')).toEqual(['SourceArn']);
    expect(labels(GRANT, '{"Constraints": {"EncryptionContextSubset": {"$0"}}}')).toContain('aws:s3:arn');
    expect(labels(GRANT, '{"Constraints": {"SourceArn": {"$0"}}}')).toEqual([]);
  });

  test('principals, keys and accounts that were seen', () => {
    const others = {
      'b.key-policy.json': '{"Statement": [{"Principal": {"AWS": "arn:aws:iam::111122223333:role/App"}}]}',
      'c.kms-grant.json': '{"KeyId": "arn:aws:kms:us-east-1:111122223333:key/k"}',
    };
    expect(labels(GRANT, '{"GranteePrincipal": "$0"}', { others })?.[0]).toBe('arn:aws:iam::111122223333:role/App');
    expect(labels(GRANT, '{"KeyId": "$0"}', { others })).toEqual([
      'arn:aws:kms:us-east-1:111122223333:key/k',
      'arn:aws:kms:…:…:key/…',
    ]);
    expect(labels(GRANT, '{"IssuingAccount": "$0"}', { others })).toEqual(['111122223333']);
    expect(labels(GRANT, '{"GranteeServicePrincipal": "$0"}')).toContain('events.amazonaws.com');
  });

  test('booleans stand without quotes', () => {
    expect(taken(GRANT, '{"DryRun": $0}', 'true')).toBe('{"DryRun": true}');
    expect(taken(GRANT, '{"DryRun": "$0"}', 'false')).toBe('{"DryRun": false}');
  });
});
