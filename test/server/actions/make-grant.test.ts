import { describe, expect, test } from 'vitest';
import { offered, rewritten, titles, withCursor } from './offers.ts';

const KEY_POLICY = 'file:///orders.key-policy.json';
const ROLE = 'arn:aws:iam::111122223333:role/Orders';

interface Parts {
  readonly principal?: unknown;
  readonly action?: unknown;
  readonly condition?: object;
  readonly resource?: string;
}

function policy({ principal = { AWS: ROLE }, action = ['kms:Decrypt'], condition, resource = '*' }: Parts): string {
  const text = JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Account',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          Action: 'kms:*',
          Resource: '*',
        },
        {
          Sid: 'Use the key',
          Effect: 'Allow',
          Principal: principal,
          Action: action,
          Resource: resource,
          ...(condition ? { Condition: condition } : {}),
        },
      ],
    },
    null,
    2,
  );
  return text.replace('"Use the key"', '¦"Use the key"');
}

function grantOf(parts: Parts, title: string | RegExp = /^Copy/) {
  const rewrite = offered(KEY_POLICY, policy(parts), title);
  return { ...rewrite, grant: JSON.parse(rewrite.file?.text ?? '') };
}

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

describe('the grant', () => {
  test('has the grantee, the operations and the encryption context', () => {
    const { grant, edits, file } = grantOf({
      action: ['kms:Decrypt', 'kms:ReEncrypt*', 'kms:DescribeKey'],
      condition: { StringEquals: { 'kms:EncryptionContext:app': 'orders' } },
    });
    expect(grant).toEqual({
      KeyId: KEY,
      GranteePrincipal: ROLE,
      RetiringPrincipal: 'arn:aws:iam::111122223333:role/KeyAdmin',
      Operations: ['Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'DescribeKey'],
      Constraints: { EncryptionContextSubset: { app: 'orders' } },
    });
    expect(file?.name).toBe('use-the-key');
    expect(edits).toEqual([]);
  });

  test('is one for each grantee', () => {
    const other = 'arn:aws:iam::111122223333:user/Ana';
    const { grant } = grantOf({ principal: { AWS: [ROLE, other] } });
    expect(grant.map(({ GranteePrincipal }: { GranteePrincipal: string }) => GranteePrincipal)).toEqual([ROLE, other]);
  });

  test('is for a service and one resource', () => {
    const source = 'arn:aws:sns:us-east-1:111122223333:orders';
    const { grant, title } = grantOf({
      principal: { Service: 'sns.amazonaws.com' },
      condition: { ArnLike: { 'aws:SourceArn': source }, StringEquals: { 'aws:SourceAccount': '111122223333' } },
    });
    expect(grant).toMatchObject({ GranteeServicePrincipal: 'sns.amazonaws.com', Constraints: { SourceArn: source } });
    expect(title).toBe('Copy into a grant, without `aws:SourceAccount`');
  });

  test('has a place for the resource of a service where nothing says it, also beside people', () => {
    const { grant, title } = grantOf({
      principal: { Service: 'sns.amazonaws.com', AWS: ROLE },
      condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111122223333:orders' } },
    });
    const constraints = { SourceArn: 'arn:aws:service:us-east-1:111122223333:resource' };
    expect(grant.map(({ Constraints }: { Constraints: unknown }) => Constraints)).toEqual([constraints, undefined]);
    expect(title).toBe('Copy into a grant, without `aws:SourceArn`');
  });

  test('names the key that the statement names', () => {
    const resource = 'arn:aws:kms:eu-west-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321';
    expect(grantOf({ resource }).grant.KeyId).toBe(resource);
  });

  test('says what it cannot carry', () => {
    const { title, detail } = grantOf({
      action: ['kms:Decrypt', 'kms:Sign', 'kms:ListGrants'],
      condition: {
        StringEquals: { 'kms:EncryptionContext:app': 'orders', 'kms:EncryptionContext:stage': ['live', 'test'] },
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      },
    });
    expect(title).toBe(
      'Copy into a grant, without `kms:EncryptionContext:stage`, `aws:MultiFactorAuthPresent`, `kms:Sign` and 1 more',
    );
    expect(detail).toMatch(/^The grant holds in more cases than the statement/);
  });
});

describe('moving', () => {
  test('takes out what the grant allows', () => {
    const parts = { action: ['kms:Decrypt', 'kms:ListGrants', 'kms:Encrypt'] };
    const { source } = withCursor(KEY_POLICY, policy(parts));
    const left = JSON.parse(rewritten(source, grantOf(parts, /^Move/)));
    expect(left.Statement[1].Action).toEqual(['kms:ListGrants']);
  });

  test('takes out a statement of which nothing is left', () => {
    const { source } = withCursor(KEY_POLICY, policy({}));
    const left = JSON.parse(rewritten(source, grantOf({}, 'Move into a grant')));
    expect(left.Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual(['Account']);
  });

  test('leaves a wildcard that covers more', () => {
    const parts = { action: ['kms:Decrypt', 'kms:Describe*', 'kms:Re*'] };
    const { source } = withCursor(KEY_POLICY, policy(parts));
    const left = JSON.parse(rewritten(source, grantOf(parts, /^Move/)));
    expect(left.Statement[1].Action).toEqual(['kms:Describe*', 'kms:Re*']);
  });
});

test.each<[string, Parts]>([
  ['for the account', { action: 'kms:*' }],
  ['for everyone', { principal: '*', condition: { StringEquals: { 'kms:CallerAccount': '111122223333' } } }],
  ['for who only looks', { action: ['kms:DescribeKey'] }],
  ['for administrators', { action: ['kms:PutKeyPolicy'] }],
  ['for placeholders', { principal: { AWS: '${Role}' } }],
])('is not offered %s', (_, parts) => {
  expect(titles(KEY_POLICY, policy(parts), 'make-grant')).toEqual([]);
});

test('is not offered where no document can be made', () => {
  expect(titles(KEY_POLICY, policy({}), 'make-grant', { canCreate: false })).toEqual([]);
});
