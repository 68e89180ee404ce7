import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArnProblemCode, isAccountId, parseArn } from '../../../../simulator/policy/syntax/arn.ts';
import { iamPrincipal } from '../../../../simulator/policy/syntax/arn-iam.ts';
import { isKeyId, kmsResource } from '../../../../simulator/policy/syntax/arn-kms.ts';

const KEY = 'arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

describe('parseArn', () => {
  it('cuts an ARN into its segments', () => {
    expect(parseArn(KEY)).toEqual({
      text: KEY,
      kind: 'arn',
      partition: 'aws',
      service: 'kms',
      region: 'us-west-2',
      account: '111122223333',
      resource: 'key/1234abcd-12ab-34cd-56ef-1234567890ab',
      spans: {
        prefix: { start: 0, end: 3 },
        partition: { start: 4, end: 7 },
        service: { start: 8, end: 11 },
        region: { start: 12, end: 21 },
        account: { start: 22, end: 34 },
        resource: { start: 35, end: KEY.length },
      },
      unknown: [],
      problems: [],
    });
  });

  it('keeps the colons of the resource', () => {
    expect(parseArn('arn:aws:logs:us-east-1:111122223333:log-group:a:b').resource).toBe('log-group:a:b');
  });

  it.each([
    'arn:aws:iam::111122223333:root',
    'arn:aws:iam::aws:policy/AdministratorAccess',
    'arn:aws:s3:::bucket/prefix*',
    'arn:aws:kms:*:111122223333:key/*',
    'arn:aws*:kms:us-*:1111????3333:*',
    'arn:*:iam::*:role/x',
    'arn:aws-us-gov:kms:us-gov-west-1:111122223333:alias/a',
    'arn:aws-cn:kms:cn-northwest-1:111122223333:alias/a',
    'arn:aws-eusc:kms:eusc-de-east-1:111122223333:alias/a',
    'arn:aws-iso-b:kms:us-isob-east-1:111122223333:alias/a',
    'arn:aws:iam::111122223333:user/${aws:username}',
    'arn:aws:sns:*:*:${aws:PrincipalTag/a:b}-*',
  ])('%s has nothing wrong with it', (text) => {
    expect(parseArn(text, 'resource')).toMatchObject({ kind: 'arn', unknown: [], problems: [] });
  });

  it.each<[string, ArnProblemCode, string, string | undefined]>([
    ['', 'prefix', '', undefined],
    ['*', 'prefix', '*', undefined],
    ['alias/app', 'prefix', 'alias/app', undefined],
    ['1234abcd-12ab-34cd-56ef-1234567890ab', 'prefix', '1234abcd-12ab-34cd-56ef-1234567890ab', undefined],
    ['ARN:aws:iam::111122223333:root', 'prefix', 'ARN', 'arn'],
    [' arn:aws:iam::111122223333:root', 'space', ' arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:root'],
    ['arn:', 'field-count', 'arn:', undefined],
    ['arn:aws:kms:us-west-2:key/x', 'field-count', 'arn:aws:kms:us-west-2:key/x', undefined],
    ['arn:aws:iam:111122223333:root', 'field-count', 'arn:aws:iam:111122223333:root', 'arn:aws:iam::111122223333:root'],
    ['arn:aws:s3:bucket', 'field-count', 'arn:aws:s3:bucket', 'arn:aws:s3:::bucket'],
    ['arn:asw:iam::111122223333:root', 'partition-unknown', 'asw', 'aws'],
    ['arn::iam::111122223333:root', 'partition-unknown', '', 'aws'],
    ['arn:aws::us-west-2:111122223333:key/x', 'service-empty', '', undefined],
    ['arn:aws:KMS:us-west-2:111122223333:key/x', 'service-case', 'KMS', 'kms'],
    ['arn:aws:kms:us-west2:111122223333:key/x', 'region-shape', 'us-west2', 'us-west-2'],
    ['arn:aws:kms:US-WEST-2:111122223333:key/x', 'region-shape', 'US-WEST-2', 'us-west-2'],
    ['arn:aws:kms:us-west-2a:111122223333:key/x', 'region-shape', 'us-west-2a', 'us-west-2'],
    ['arn:aws:kms:us_west_2:111122223333:key/x', 'region-shape', 'us_west_2', 'us-west-2'],
    ['arn:aws:kms::111122223333:key/x', 'region-missing', '', undefined],
    ['arn:aws:iam:us-east-1:111122223333:root', 'region-not-allowed', 'us-east-1', ''],
    ['arn:aws:iam::11112222333:root', 'account-shape', '11112222333', undefined],
    ['arn:aws:iam::1111-2222-3333:root', 'account-shape', '1111-2222-3333', '111122223333'],
    ['arn:aws:kms:us-west-2::key/x', 'account-missing', '', undefined],
    ['arn:aws:iam:::role/x', 'account-missing', '', undefined],
    ['arn:aws:kms:us-west-2:111122223333:', 'resource-empty', '', undefined],
  ])('%j: %s', (text, code, stretch, suggestion) => {
    const { problems } = parseArn(text);
    expect(problems).toHaveLength(1);
    const [found] = problems;
    expect(found?.code).toBe(code);
    expect(found?.suggestion).toBe(suggestion);
    expect(text.slice(found?.span.start, found?.span.end)).toBe(stretch);
  });

  it('finds Region and account swapped', () => {
    const { problems } = parseArn('arn:aws:kms:111122223333:us-west-2:key/x');
    expect(problems.map(({ code }) => code)).toEqual(['region-shape', 'account-shape']);
  });

  it('minds in Resource elements what is right elsewhere', () => {
    const wildcard = 'arn:aws:*:us-west-2:111122223333:key/x';
    const variable = 'arn:aws:iam::${aws:PrincipalAccount}:role/x';
    expect(parseArn(wildcard).problems).toEqual([]);
    expect(parseArn(wildcard, 'resource').problems.map(({ code }) => code)).toEqual(['service-wildcard']);
    expect(parseArn(variable)).toMatchObject({ kind: 'arn', account: '${aws:PrincipalAccount}', problems: [] });
    expect(parseArn(variable, 'resource').problems.map(({ code }) => code)).toEqual(['variable-position']);
  });

  it.each([
    ['arn:aws:iam::${ACCOUNT_ID}:root', ['account']],
    ['arn:${AWS::Partition}:iam::${AWS::AccountId}:root', ['partition', 'account']],
    ['arn:aws:iam::account-id:root', ['account']],
    ['arn:aws:kms:region:account-id:key/key-id', ['region', 'account', 'resource']],
    ['arn:aws:kms:Region:account_ID:key/key_ID', ['region', 'account', 'resource']],
    ['arn:partition:service:region:account-id:resource', ['partition', 'service', 'region', 'account']],
    ['arn:aws:kms:us-west-2:111122223333:key/<KeyId>', ['resource']],
  ] as const)('%s: unknown, not wrong', (text, unknown) => {
    expect(parseArn(text)).toMatchObject({ kind: 'arn', unknown, problems: [] });
  });

  it.each(['${KEY_ARN}', 'ar${x}', 'arn:aws:kms:${rest}', 'myKMSKeyARN', '{{ arn }}', 'arn'])(
    '%s cannot be read at all',
    (text) => {
      expect(parseArn(text)).toMatchObject({ kind: 'unknown', problems: [] });
    },
  );

  it('does not take a placeholder for an excuse where no ARN can come of it', () => {
    expect(parseArn('alias/${NAME}')).toMatchObject({ kind: 'not-an-arn' });
  });

  it('never throws; segments and spans agree', () => {
    const pieces = fc.constantFrom(
      'arn',
      ':',
      'aws',
      'kms',
      '${',
      '}',
      '*',
      'key/',
      '111122223333',
      'us-west-2',
      '<A>',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((all) => all.join('')),
        ),
        (text) => {
          const arn = parseArn(text, 'resource');
          for (const segment of ['partition', 'service', 'region', 'account', 'resource'] as const) {
            expect(text.slice(arn.spans[segment].start, arn.spans[segment].end)).toBe(arn[segment]);
          }
          for (const { span } of arn.problems) {
            expect(0 <= span.start && span.start <= span.end && span.end <= text.length).toBe(true);
          }
          kmsResource(arn);
          iamPrincipal(arn);
        },
      ),
    );
  });

  it('knows account ids', () => {
    expect(isAccountId('111122223333')).toBe(true);
    for (const text of ['', '11112222333', '1111222233334', '11112222333a', '111122223333\n']) {
      expect(isAccountId(text)).toBe(false);
    }
  });
});

describe('kmsResource', () => {
  const of = (resource: string) => kmsResource(parseArn(`arn:aws:kms:us-west-2:111122223333:${resource}`));

  it.each([
    [
      'key/1234abcd-12ab-34cd-56ef-1234567890ab',
      { type: 'key', id: '1234abcd-12ab-34cd-56ef-1234567890ab', multiRegion: false, shape: 'uuid' },
    ],
    [
      'key/mrk-1234abcd12ab34cd56ef1234567890ab',
      { type: 'key', id: 'mrk-1234abcd12ab34cd56ef1234567890ab', multiRegion: true, shape: 'multi-region' },
    ],
    ['key/my-example', { type: 'key', id: 'my-example', multiRegion: false, shape: 'other' }],
    ['alias/app', { type: 'alias', name: 'alias/app', awsManaged: false }],
    ['alias/aws/s3', { type: 'alias', name: 'alias/aws/s3', awsManaged: true }],
    ['*', { type: 'pattern', keys: true, aliases: true }],
    ['key/*', { type: 'pattern', keys: true, aliases: false }],
    ['key/mrk-*', { type: 'pattern', keys: true, aliases: false }],
    ['alias/app-*', { type: 'pattern', keys: false, aliases: true }],
    ['k?y/x', { type: 'pattern', keys: true, aliases: false }],
    ['*/x', { type: 'pattern', keys: true, aliases: true }],
    ['grant/*', { type: 'pattern', keys: false, aliases: false }],
    ['key/${aws:PrincipalTag/key}', { type: 'pattern', keys: true, aliases: false }],
    ['key/${KEY_ID}', { type: 'unknown', keys: true, aliases: false }],
    ['${KEY}', { type: 'unknown', keys: true, aliases: true }],
    ['key/key-id', { type: 'unknown', keys: true, aliases: false }],
    ['key', { type: 'other' }],
    ['key/', { type: 'other' }],
    ['alias/', { type: 'other' }],
    ['Key/x', { type: 'other' }],
    ['key:x', { type: 'other' }],
  ])('%s', (resource, expected) => {
    expect(of(resource)).toEqual(expected);
  });

  it('says nothing about other services', () => {
    expect(kmsResource(parseArn('arn:aws:s3:::key/x'))).toBeUndefined();
    expect(kmsResource(parseArn('alias/app'))).toBeUndefined();
  });

  it('knows key ids', () => {
    expect(isKeyId('1234abcd-12ab-34cd-56ef-1234567890ab')).toBe(true);
    expect(isKeyId('mrk-1234abcd12ab34cd56ef1234567890ab')).toBe(true);
    expect(isKeyId('alias/app')).toBe(false);
  });
});

describe('iamPrincipal', () => {
  const base = { account: '111122223333', path: '/', sessionName: undefined, origin: 'customer', pattern: false };

  it.each([
    ['iam::111122223333:root', { type: 'root', service: 'iam', name: '', ...base }],
    ['iam::111122223333:user/Ana', { type: 'user', service: 'iam', name: 'Ana', ...base }],
    ['iam::111122223333:user/a/b/Ana', { type: 'user', service: 'iam', name: 'Ana', ...base, path: '/a/b/' }],
    ['iam::111122223333:role/App', { type: 'role', service: 'iam', name: 'App', ...base }],
    [
      'iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
      {
        type: 'role',
        service: 'iam',
        ...base,
        name: 'AWSServiceRoleForAutoScaling',
        path: '/aws-service-role/autoscaling.amazonaws.com/',
        origin: 'service-linked',
      },
    ],
    [
      'iam::111122223333:role/service-role/Lambda',
      { type: 'role', service: 'iam', ...base, name: 'Lambda', path: '/service-role/', origin: 'service' },
    ],
    [
      'iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef',
      {
        type: 'role',
        service: 'iam',
        ...base,
        name: 'AWSReservedSSO_Admin_0123456789abcdef',
        path: '/aws-reserved/sso.amazonaws.com/',
        origin: 'identity-center',
      },
    ],
    [
      'sts::111122223333:assumed-role/App/session',
      { type: 'assumed-role', service: 'sts', ...base, name: 'App', sessionName: 'session' },
    ],
    ['sts::111122223333:assumed-role/App', { type: 'assumed-role', service: 'sts', ...base, name: 'App' }],
    ['sts::111122223333:federated-user/Ana', { type: 'federated-user', service: 'sts', ...base, name: 'Ana' }],
    ['iam::111122223333:group/Admins', { type: 'group', service: 'iam', ...base, name: 'Admins' }],
    ['iam::111122223333:policy/P', { type: 'other', service: 'iam', ...base, name: 'P' }],
    ['iam::*:role/App-*', { type: 'role', service: 'iam', ...base, account: '*', name: 'App-*', pattern: true }],
  ])('%s', (rest, expected) => {
    expect(iamPrincipal(parseArn(`arn:aws:${rest}`))).toEqual(expected);
  });

  it('says nothing about other services', () => {
    expect(iamPrincipal(parseArn(KEY))).toBeUndefined();
    expect(iamPrincipal(parseArn('111122223333'))).toBeUndefined();
  });
});
