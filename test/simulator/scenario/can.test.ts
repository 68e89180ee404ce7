import { describe, expect, test } from 'vitest';
import {
  ACCOUNT,
  allow,
  allowTo,
  ana,
  app,
  decided,
  delegating,
  deny,
  everything,
  KEY,
  KEY_ID,
  naming,
  PARTNER,
  policy,
  resultsOf,
  root,
  rows,
  when,
} from './worlds.ts';

const onlyWhen = (operator: string, name: string, value: unknown) => ({
  key: { policy: policy(allowTo(app, 'kms:*', when(operator, name, value))) },
});
const named = { key: { policy: naming } };

describe('can', () =>
  rows([
    ['an operation', named, { can: 'Decrypt' }, 'allowed: key-policy'],
    ['with its prefix', named, { can: 'kms:Decrypt' }, 'allowed: key-policy'],
    ['in whatever case', named, { can: 'KMS:decrypt' }, 'allowed: key-policy'],
    ['a permission that is no operation', named, { can: 'ReEncryptFrom' }, 'allowed: key-policy'],
    [
      'without a key: IAM decides',
      { App: { policies: [everything] } },
      { can: 'ListKeys', on: undefined },
      'allowed: identity-policy',
    ],
    ['and nobody else', {}, { can: 'ListKeys', on: undefined }, 'denied (implicit): identity-policy'],
    [
      'a key that is being made',
      { App: { policies: [everything] } },
      { can: 'CreateKey', on: undefined },
      'allowed: identity-policy',
    ],
    [
      'with tags, which need a permission of their own',
      { App: { policies: [policy(allow('kms:CreateKey'))] } },
      { can: 'CreateKey', on: undefined, input: { Tags: [{ TagKey: 'a', TagValue: 'b' }] } },
      'denied (implicit): identity-policy',
    ],
  ]));

describe('as', () => {
  const service = {
    key: { policy: policy(allow('kms:*', { Principal: { Service: 'logs.us-east-1.amazonaws.com' } })) },
  };
  const userPolicy = { key: { policy: policy(allowTo(ana, 'kms:*')) } };
  rows([
    ['left out it is root', {}, { as: undefined }, 'allowed: key-policy'],
    ['which the key policy has to let in', named, { as: undefined }, 'denied (implicit): key-policy'],
    [
      'root of another account',
      { key: { policy: policy(allowTo(`arn:aws:iam::${PARTNER}:root`, 'kms:*')) } },
      { as: `root:${PARTNER}` },
      'allowed: key-policy',
    ],
    [
      'an ARN has no identity policies',
      { key: { policy: delegating } },
      { as: ana },
      'denied (implicit): identity-policy',
    ],
    ['an ARN that the key policy names', userPolicy, { as: ana }, 'allowed: key-policy'],
    [
      'an ARN has no tags',
      { key: { policy: policy(allowTo(ana, 'kms:*', when('Null', 'aws:PrincipalTag/team', 'true'))) } },
      { as: ana },
      'allowed: key-policy',
    ],
    [
      'an ARN of a session',
      { key: { policy: naming } },
      { as: `arn:aws:sts::${ACCOUNT}:assumed-role/App/x` },
      'allowed: key-policy',
    ],
    ['a service', service, { as: 'service:logs.us-east-1.amazonaws.com' }, 'allowed: key-policy'],
    ['another service', service, { as: 'service:logs.eu-west-1.amazonaws.com' }, 'denied (implicit): key-policy'],
    [
      'a service is nobody of the account',
      {},
      { as: 'service:logs.us-east-1.amazonaws.com' },
      'denied (implicit): key-policy',
    ],
  ]);
});

describe('encryptionContext', () => {
  const world = onlyWhen('StringEquals', 'kms:EncryptionContext:env', 'prod');
  rows([
    ['a pair', world, { encryptionContext: { env: 'prod' } }, 'allowed: key-policy'],
    ['another value', world, { encryptionContext: { env: 'dev' } }, 'denied (implicit): key-policy'],
    ['the name in whatever case', world, { encryptionContext: { ENV: 'prod' } }, 'allowed: key-policy'],
    ['an empty one', world, { encryptionContext: {} }, 'denied (implicit): key-policy'],
    ['none', world, {}, 'denied (implicit): key-policy'],
    ['in the input', world, { input: { EncryptionContext: { env: 'prod' } } }, 'allowed: key-policy'],
    [
      'outweighs the input',
      world,
      { encryptionContext: { env: 'prod' }, input: { EncryptionContext: { env: 'dev' } } },
      'allowed: key-policy',
    ],
    [
      'kms:EncryptionContextKeys',
      onlyWhen('ForAnyValue:StringEquals', 'kms:EncryptionContextKeys', 'env'),
      { encryptionContext: { env: 'dev', more: '1' } },
      'allowed: key-policy',
    ],
    [
      'which is case-sensitive',
      onlyWhen('ForAnyValue:StringEquals', 'kms:EncryptionContextKeys', 'env'),
      { encryptionContext: { ENV: 'dev' } },
      'denied (implicit): key-policy',
    ],
    [
      'of CreateGrant it is that of the constraint',
      world,
      { can: 'CreateGrant', input: { Constraints: { EncryptionContextSubset: { env: 'prod' } } } },
      'allowed: key-policy',
    ],
    [
      'an operation that takes none has none',
      world,
      { can: 'DescribeKey', encryptionContext: { env: 'prod' } },
      'denied (implicit): key-policy',
    ],
  ]);
});

describe('input', () => {
  const operations = onlyWhen('ForAllValues:StringEquals', 'kms:GrantOperations', ['Decrypt', 'DescribeKey']);
  const grantee = onlyWhen('StringEquals', 'kms:GranteePrincipal', app);
  const create = (input?: object) => ({ can: 'CreateGrant', ...(input ? { input } : {}) });
  rows([
    ['kms:GrantOperations', operations, create({ Operations: ['Decrypt'] }), 'allowed: key-policy'],
    [
      'more than is allowed',
      operations,
      create({ Operations: ['Decrypt', 'Encrypt'] }),
      'denied (implicit): key-policy',
    ],
    ['left out nothing of it is known', onlyWhen('StringEquals', 'kms:GranteePrincipal', app), create(), 'depends'],
    ['given it is complete', grantee, create({ Operations: ['Decrypt'] }), 'denied (implicit): key-policy'],
    [
      'a principal by its name is the ARN of the role',
      grantee,
      create({ GranteePrincipal: 'App' }),
      'allowed: key-policy',
    ],
    ['a principal by its ARN', grantee, create({ GranteePrincipal: app }), 'allowed: key-policy'],
    [
      'kms:RetiringPrincipal by name',
      onlyWhen('StringEquals', 'kms:RetiringPrincipal', app),
      create({ RetiringPrincipal: 'App' }),
      'allowed: key-policy',
    ],
    [
      'kms:GrantConstraintType',
      onlyWhen('StringEquals', 'kms:GrantConstraintType', 'EncryptionContextEquals'),
      create({ Constraints: { EncryptionContextEquals: { a: 'b' } } }),
      'allowed: key-policy',
    ],
    [
      'kms:ScheduleKeyDeletionPendingWindowInDays',
      onlyWhen('NumericGreaterThanEquals', 'kms:ScheduleKeyDeletionPendingWindowInDays', '14'),
      { can: 'ScheduleKeyDeletion', input: { PendingWindowInDays: 7 } },
      'denied (implicit): key-policy',
    ],
    [
      'kms:BypassPolicyLockoutSafetyCheck',
      onlyWhen('Null', 'kms:BypassPolicyLockoutSafetyCheck', 'true'),
      { can: 'PutKeyPolicy', input: { Policy: '{}' } },
      'allowed: key-policy',
    ],
    [
      'aws:TagKeys',
      onlyWhen('ForAllValues:StringEquals', 'aws:TagKeys', ['env']),
      { can: 'TagResource', input: { Tags: [{ TagKey: 'env', TagValue: 'x' }] } },
      'allowed: key-policy',
    ],
  ]);
});

describe('via', () => {
  const s3 = onlyWhen('StringEquals', 'kms:ViaService', 's3.us-east-1.amazonaws.com');
  rows([
    ['a service', s3, { via: 's3' }, 'allowed: key-policy'],
    ['another', s3, { via: 'rds' }, 'denied (implicit): key-policy'],
    ['none', s3, {}, 'denied (implicit): key-policy'],
    [
      'in the Region of the key',
      {
        key: {
          region: 'eu-west-1',
          policy: policy(allowTo(app, 'kms:*', when('StringEquals', 'kms:ViaService', 's3.eu-west-1.amazonaws.com'))),
        },
      },
      { via: 's3' },
      'allowed: key-policy',
    ],
    [
      'the caller stays who it is',
      { key: { policy: policy(allowTo(app, 'kms:*')) } },
      { via: 's3' },
      'allowed: key-policy',
    ],
  ]);
});

describe('context', () => {
  const address = onlyWhen('IpAddress', 'aws:SourceIp', '10.0.0.0/8');
  const organization = { organization: { id: 'o-exampleorg1', accounts: { [ACCOUNT]: { path: 'r-ab12' } } } };
  const ours = { ...onlyWhen('StringEquals', 'aws:PrincipalOrgID', 'o-exampleorg1'), ...organization };
  rows([
    ['a key that nobody could know', address, { context: { 'aws:SourceIp': '10.0.0.7' } }, 'allowed: key-policy'],
    ['another value', address, { context: { 'aws:SourceIp': '192.0.2.7' } }, 'denied (implicit): key-policy'],
    ['in whatever case', address, { context: { 'AWS:sourceip': '10.0.0.7' } }, 'allowed: key-policy'],
    ['left out it is not known', address, {}, 'depends'],
    ['null: it is absent', address, { context: { 'aws:SourceIp': null } }, 'denied (implicit): key-policy'],
    [
      'several values',
      onlyWhen('ForAllValues:StringEquals', 'aws:CalledVia', ['a.amazonaws.com']),
      { context: { 'aws:CalledVia': ['a.amazonaws.com', 'b.amazonaws.com'] } },
      'denied (implicit): key-policy',
    ],
    [
      'outweighs what follows from the world',
      ours,
      { context: { 'aws:PrincipalOrgID': 'o-other00000' } },
      'denied (implicit): key-policy',
    ],
    [
      'null takes away what follows from it',
      ours,
      { context: { 'aws:PrincipalOrgID': null } },
      'denied (implicit): key-policy',
    ],
    [
      'outweighs via',
      onlyWhen('StringEquals', 'kms:ViaService', 'rds.us-east-1.amazonaws.com'),
      { via: 's3', context: { 'kms:ViaService': 'rds.us-east-1.amazonaws.com' } },
      'allowed: key-policy',
    ],
    [
      'outweighs tags',
      { ...onlyWhen('StringEquals', 'aws:PrincipalTag/team', 'a'), App: { tags: { team: 'b' } } },
      { context: { 'aws:PrincipalTag/team': 'a' } },
      'allowed: key-policy',
    ],
  ]);
});

describe('vpce', () =>
  rows([
    [
      'a call through an endpoint',
      { ...onlyWhen('StringEquals', 'aws:SourceVpce', 'vpce-0a1b2c3d'), vpcEndpoints: { 'vpce-0a1b2c3d': {} } },
      { vpce: 'vpce-0a1b2c3d' },
      'allowed: key-policy',
    ],
    [
      'has no address of its own',
      { ...onlyWhen('Null', 'aws:SourceIp', 'true'), vpcEndpoints: { 'vpce-0a1b2c3d': {} } },
      { vpce: 'vpce-0a1b2c3d' },
      'allowed: key-policy',
    ],
  ]));

describe('calls that need several permissions', () => {
  const from = policy(allowTo(app, 'kms:ReEncryptFrom'));
  const to = policy(allowTo(app, 'kms:ReEncryptTo'));
  const keys = (source: object, destination: object) => ({
    key: { policy: source },
    keys: { other: { policy: destination } },
  });
  const reEncrypt = { can: 'ReEncrypt', to: 'other' };
  const destination = policy(allowTo(app, 'kms:*', when('StringEquals', 'kms:EncryptionContext:env', 'archive')));

  describe('ReEncrypt', () =>
    rows([
      ['from and to', keys(from, to), reEncrypt, 'allowed: key-policy'],
      ['not without from', keys(to, to), reEncrypt, 'denied (implicit): key-policy'],
      ['not without to', keys(from, from), reEncrypt, 'denied (implicit): key-policy'],
      [
        'a Deny on one key is enough',
        keys(from, policy(allowTo(app, 'kms:*'), deny('kms:ReEncrypt*', { Principal: '*' }))),
        reEncrypt,
        'denied (explicit): key-policy',
      ],
      [
        'by grants on both',
        {
          ...keys(policy(allowTo(ana, 'kms:*')), policy(allowTo(ana, 'kms:*'))),
          grants: {
            a: { key: 'key', GranteePrincipal: 'App', Operations: ['ReEncryptFrom'] },
            b: { key: 'other', GranteePrincipal: 'App', Operations: ['ReEncryptTo'] },
          },
        },
        reEncrypt,
        'allowed: grant',
      ],
      [
        'not by grants on one',
        {
          ...keys(policy(allowTo(ana, 'kms:*')), policy(allowTo(ana, 'kms:*'))),
          grants: { a: { key: 'key', GranteePrincipal: 'App', Operations: ['ReEncryptFrom', 'ReEncryptTo'] } },
        },
        reEncrypt,
        'denied (implicit): key-policy',
      ],
      [
        'encryptionContext is that of both',
        keys(naming, destination),
        { ...reEncrypt, encryptionContext: { env: 'archive' } },
        'allowed: key-policy',
      ],
      [
        'DestinationEncryptionContext is that of the destination',
        keys(naming, destination),
        {
          ...reEncrypt,
          encryptionContext: { env: 'prod' },
          input: { DestinationEncryptionContext: { env: 'archive' } },
        },
        'allowed: key-policy',
      ],
      [
        'and of the destination only',
        keys(destination, naming),
        {
          ...reEncrypt,
          encryptionContext: { env: 'prod' },
          input: { DestinationEncryptionContext: { env: 'archive' } },
        },
        'denied (implicit): key-policy',
      ],
      [
        'SourceEncryptionContext is that of the source',
        keys(destination, naming),
        { ...reEncrypt, input: { SourceEncryptionContext: { env: 'archive' } } },
        'allowed: key-policy',
      ],
      [
        'and of the source only',
        keys(naming, destination),
        { ...reEncrypt, input: { SourceEncryptionContext: { env: 'archive' } } },
        'denied (implicit): key-policy',
      ],
      [
        'kms:ReEncryptOnSameKey',
        onlyWhen('Bool', 'kms:ReEncryptOnSameKey', 'true'),
        { ...reEncrypt, to: 'key' },
        'allowed: key-policy',
      ],
      [
        'on two keys it is false',
        { ...onlyWhen('Bool', 'kms:ReEncryptOnSameKey', 'true'), keys: { other: { policy: naming } } },
        reEncrypt,
        'denied (implicit): key-policy',
      ],
    ]));

  describe('UpdatePrimaryRegion', () => {
    const id = `mrk-${'1234abcd'.repeat(4)}`;
    const arn = (region: string) => `arn:aws:kms:${region}:${ACCOUNT}:key/${id}`;
    const key = { id, replicas: ['eu-west-1'], policy: delegating };
    const may = (...resources: readonly string[]) => ({
      key,
      App: { policies: [policy(allow('kms:UpdatePrimaryRegion', { Resource: resources }))] },
    });
    const update = { can: 'UpdatePrimaryRegion', input: { PrimaryRegion: 'eu-west-1' } };
    rows([
      ['on both keys', may(arn('us-east-1'), arn('eu-west-1')), update, 'allowed: identity-policy'],
      ['not on the primary alone', may(arn('us-east-1')), update, 'denied (implicit): identity-policy'],
      ['not on the replica alone', may(arn('eu-west-1')), update, 'denied (implicit): identity-policy'],
      [
        'with the replica as to',
        may(arn('us-east-1'), arn('eu-west-1')),
        { can: 'UpdatePrimaryRegion', to: arn('eu-west-1') },
        'allowed: identity-policy',
      ],
      [
        'kms:PrimaryRegion',
        { key, App: { policies: [policy(allow('kms:*', when('StringEquals', 'kms:PrimaryRegion', 'eu-west-1')))] } },
        update,
        'allowed: identity-policy',
      ],
      [
        'a Region without a replica cannot be decided',
        may(arn('us-east-1'), arn('ap-south-1')),
        { ...update, input: { PrimaryRegion: 'ap-south-1' } },
        'depends',
      ],
    ]);
  });

  describe('CreateAlias', () => {
    const alias = `arn:aws:kms:us-east-1:${ACCOUNT}:alias/orders`;
    const may = (...resources: readonly string[]) => ({
      key: { policy: delegating },
      App: { policies: [policy(allow('kms:CreateAlias', { Resource: resources }))] },
    });
    const create = (name: string) => ({ can: 'CreateAlias', input: { AliasName: name } });
    rows([
      ['on the alias and the key', may(alias, KEY), create('alias/orders'), 'allowed: identity-policy'],
      ['not on the alias alone', may(alias), create('alias/orders'), 'denied (implicit): identity-policy'],
      ['not on the key alone', may(KEY), create('alias/orders'), 'denied (implicit): identity-policy'],
      ['another alias', may(alias, KEY), create('alias/others'), 'denied (implicit): identity-policy'],
      [
        'the key policy says nothing of the alias',
        { key: { policy: naming } },
        create('alias/orders'),
        'denied (implicit): identity-policy',
      ],
      [
        'names of AWS are reserved',
        { key: { policy: delegating }, App: { policies: [everything] } },
        create('alias/aws/mine'),
        'denied (implicit): operation',
      ],
      [
        'deleting one asks the same',
        {
          key: { policy: delegating },
          App: { policies: [policy(allow('kms:DeleteAlias', { Resource: [alias, KEY] }))] },
        },
        { can: 'DeleteAlias', input: { AliasName: 'alias/orders' } },
        'allowed: identity-policy',
      ],
    ]);
  });

  test.each([
    ['both keys', ['alias/orders', `key/${KEY_ID}`, 'key/*'], 'allowed: identity-policy'],
    ['not without the key that it leaves', ['alias/orders', 'key/0*'], 'denied (implicit): identity-policy'],
  ])('UpdateAlias: %s', async (_, resources, expected) => {
    const Resource = resources.map((each) => `arn:aws:kms:us-east-1:${ACCOUNT}:${each}`);
    const other = { id: '0987dcba-09fe-87dc-65ba-ab0987654321', policy: delegating };
    const world = {
      key: { policy: delegating },
      keys: { other },
      App: { policies: [policy(allow('kms:UpdateAlias', { Resource }))] },
    };
    expect(await decided(world, { can: 'UpdateAlias', to: 'other', input: { AliasName: 'alias/orders' } })).toBe(
      expected,
    );
  });

  describe('ReplicateKey', () => {
    const id = `mrk-${'1234abcd'.repeat(4)}`;
    const key = { id, multiRegion: true, policy: delegating };
    const replicate = { can: 'ReplicateKey', input: { ReplicaRegion: 'eu-west-1' } };
    const may = (...actions: readonly string[]) => ({ key, App: { policies: [policy(allow(actions))] } });
    rows([
      ['replicating and creating', may('kms:ReplicateKey', 'kms:CreateKey'), replicate, 'allowed: identity-policy'],
      ['not without creating', may('kms:ReplicateKey'), replicate, 'denied (implicit): identity-policy'],
      ['not without replicating', may('kms:CreateKey'), replicate, 'denied (implicit): identity-policy'],
      [
        'kms:ReplicaRegion',
        {
          key,
          App: {
            policies: [
              policy(
                allow('kms:CreateKey'),
                allow('kms:ReplicateKey', when('StringEquals', 'kms:ReplicaRegion', 'eu-west-1')),
              ),
            ],
          },
        },
        replicate,
        'allowed: identity-policy',
      ],
    ]);
  });
});

describe('grantTokens', () =>
  rows([
    [
      'a grant works with its token, and without one as well',
      {
        key: { policy: policy(allowTo(ana, 'kms:*')) },
        grants: { lent: { key: 'key', GranteePrincipal: 'App', Operations: ['Decrypt'] } },
      },
      { grantTokens: ['lent'] },
      'allowed: grant',
    ],
  ]));

describe('expect', () => {
  const scenario = (expected: unknown) => ({
    principals: { App: { arn: app }, Ana: { arn: ana } },
    keys: {
      key: {
        policy: policy(
          allowTo(app, 'kms:Decrypt'),
          deny('kms:Encrypt', { Principal: '*' }),
          allowTo(root, 'kms:Sign', when('IpAddress', 'aws:SourceIp', '10.0.0.0/8')),
        ),
      },
    },
    steps: [
      { name: 'allowed', can: 'Decrypt', as: 'App', on: 'key', expect: expected },
      { name: 'explicit', can: 'Encrypt', as: 'App', on: 'key', expect: expected },
      { name: 'implicit', can: 'GenerateDataKey', as: 'App', on: 'key', expect: expected },
      { name: 'depends', can: 'Sign', as: 'root', on: 'key', expect: expected },
    ],
  });

  test.each([
    ['allowed', ['allowed']],
    ['denied', ['explicit', 'implicit']],
    ['depends', ['depends']],
    [{ verdict: 'allowed' }, ['allowed']],
    [{ verdict: 'allowed', by: 'key-policy' }, ['allowed']],
    [{ verdict: 'allowed', by: 'grant' }, []],
    [{ verdict: 'denied', kind: 'explicit' }, ['explicit']],
    [{ verdict: 'denied', kind: 'implicit' }, ['implicit']],
    [{ verdict: 'denied', by: 'key-policy' }, ['explicit', 'implicit']],
    [{ verdict: 'denied', kind: 'explicit', by: 'scp' }, []],
    [{ verdict: 'depends' }, ['depends']],
  ])('%j is met by %j', async (expected, passing) => {
    const results = await resultsOf(scenario(expected));
    expect(results.filter(({ outcome }) => outcome === 'pass').map(({ step }) => step.title)).toEqual(passing);
    expect(results.filter(({ outcome }) => outcome === 'fail').length).toBe(4 - passing.length);
    expect(results.map((result) => result.expected)).toEqual(results.map(() => expected));
  });

  test('left out the step tells what came of it', async () => {
    const results = await resultsOf(scenario(undefined));
    expect(results.map(({ outcome, actual }) => [outcome, actual])).toEqual([
      ['info', { verdict: 'allowed', by: 'key-policy' }],
      ['info', { verdict: 'denied', kind: 'explicit', by: 'key-policy' }],
      ['info', { verdict: 'denied', kind: 'implicit', by: 'key-policy' }],
      ['info', { verdict: 'depends', by: 'key-policy' }],
    ]);
  });
});
