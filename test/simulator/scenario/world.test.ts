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
  root,
  rows,
  when,
  worldOf,
} from './worlds.ts';

const noKms = policy(allow('s3:*'));
const anas = (more: object = {}) => ({ principals: { Ana: { arn: ana, ...more } } });
const asAna = { as: 'Ana' };
const partner = `arn:aws:iam::${PARTNER}:role/Partner`;
const sessionOf = (name: string) => `arn:aws:sts::${ACCOUNT}:assumed-role/App/${name}`;

describe('principals', () => {
  describe('policies', () =>
    rows([
      [
        'allow where the key policy delegates',
        { key: { policy: delegating }, App: { policies: [everything] } },
        {},
        'allowed: identity-policy',
      ],
      [
        'one of several is enough',
        { key: { policy: delegating }, App: { policies: [noKms, everything] } },
        {},
        'allowed: identity-policy',
      ],
      [
        'nobody has any unless they are given',
        { key: { policy: delegating } },
        {},
        'denied (implicit): identity-policy',
      ],
      ['need not allow where the key policy names the role', { key: { policy: naming } }, {}, 'allowed: key-policy'],
      [
        'do nothing where the key policy does not delegate',
        { key: { policy: policy(allowTo(ana, 'kms:*')) }, App: { policies: [everything] } },
        {},
        'denied (implicit): key-policy',
      ],
      [
        'deny, whoever allows',
        { key: { policy: naming }, App: { policies: [policy(deny('kms:Decrypt'))] } },
        {},
        'denied (explicit): identity-policy',
      ],
      [
        'are those of the principal that calls',
        { key: { policy: delegating }, App: { policies: [everything] }, ...anas() },
        asAna,
        'denied (implicit): identity-policy',
      ],
    ]));

  describe('permissionsBoundary', () =>
    rows([
      [
        'limits identity policies',
        { key: { policy: delegating }, App: { policies: [everything], permissionsBoundary: noKms } },
        {},
        'denied (implicit): permissions-boundary',
      ],
      [
        'lets pass what it allows',
        { key: { policy: delegating }, App: { policies: [everything], permissionsBoundary: everything } },
        {},
        'allowed: identity-policy',
      ],
      [
        'limits a role that the key policy names',
        { key: { policy: naming }, App: { permissionsBoundary: noKms } },
        {},
        'denied (implicit): permissions-boundary',
      ],
      [
        'does not limit a session that the key policy names',
        {
          key: { policy: policy(allowTo(sessionOf('api'), 'kms:*')) },
          App: { sessionName: 'api', permissionsBoundary: noKms },
        },
        {},
        'allowed: key-policy',
      ],
      [
        'does not limit a user that the key policy names',
        { key: { policy: policy(allowTo(ana, 'kms:*')) }, ...anas({ permissionsBoundary: noKms }) },
        asAna,
        'allowed: key-policy',
      ],
      [
        'denies explicitly all the same',
        { key: { policy: policy(allowTo(ana, 'kms:*')) }, ...anas({ permissionsBoundary: policy(deny('kms:*')) }) },
        asAna,
        'denied (explicit): permissions-boundary',
      ],
    ]));

  describe('sessionPolicies', () =>
    rows([
      [
        'limit identity policies',
        { key: { policy: delegating }, App: { policies: [everything], sessionPolicies: [noKms] } },
        {},
        'denied (implicit): session-policy',
      ],
      [
        'limit a role that the key policy names',
        { key: { policy: naming }, App: { sessionPolicies: [noKms] } },
        {},
        'denied (implicit): session-policy',
      ],
      [
        'one of several is enough',
        { key: { policy: naming }, App: { sessionPolicies: [noKms, everything] } },
        {},
        'allowed: key-policy',
      ],
      [
        'an empty list passes none',
        { key: { policy: naming }, App: { sessionPolicies: [] } },
        {},
        'allowed: key-policy',
      ],
      [
        'do not limit everyone',
        { key: { policy: policy(allowTo('*', 'kms:*')) }, App: { sessionPolicies: [noKms] } },
        {},
        'allowed: key-policy',
      ],
    ]));

  describe('sessionName', () => {
    const key = { policy: policy(allowTo(sessionOf('api'), 'kms:*')) };
    rows([
      ['is that of the session', { key, App: { sessionName: 'api' } }, {}, 'allowed: key-policy'],
      ['others are other sessions', { key, App: { sessionName: 'batch' } }, {}, 'denied (implicit): key-policy'],
      [
        'left out it is session',
        { key: { policy: policy(allowTo(sessionOf('session'), 'kms:*')) } },
        {},
        'allowed: key-policy',
      ],
    ]);
  });

  describe('tags', () => {
    const key = { policy: policy(allowTo(app, 'kms:*', when('StringEquals', 'aws:PrincipalTag/team', 'orders'))) };
    const variable = when('StringEquals', 'kms:EncryptionContext:team', '${aws:PrincipalTag/team}');
    rows([
      ['are in the request', { key, App: { tags: { team: 'orders' } } }, {}, 'allowed: key-policy'],
      ['have values', { key, App: { tags: { team: 'invoices' } } }, {}, 'denied (implicit): key-policy'],
      ['left out there are none', { key }, {}, 'denied (implicit): key-policy'],
      [
        'stand for variables',
        { key: { policy: policy(allowTo(app, 'kms:*', variable)) }, App: { tags: { team: 'orders' } } },
        { encryptionContext: { team: 'orders' } },
        'allowed: key-policy',
      ],
    ]);
  });

  describe('mfa', () => {
    const key = { policy: policy(allowTo(app, 'kms:*', when('Bool', 'aws:MultiFactorAuthPresent', 'true'))) };
    rows([
      ['true', { key, App: { mfa: true } }, {}, 'allowed: key-policy'],
      ['false', { key, App: { mfa: false } }, {}, 'denied (implicit): key-policy'],
      ['left out it is not known', { key }, {}, 'depends'],
    ]);
  });
});

describe('organization', () => {
  const OU = 'ou-ab12-11111111';
  const MANAGEMENT = '999999999999';
  const organization = (targets: object, accounts: object = { [ACCOUNT]: { path: `r-ab12/${OU}` } }) => ({
    organization: { id: 'o-exampleorg1', managementAccount: MANAGEMENT, accounts, targets },
  });
  const noDecrypt = policy(deny('kms:Decrypt'));
  const onlyEncrypt = policy(allow('kms:Encrypt'));
  const noDecryptForAll = policy(deny('kms:Decrypt', { Principal: '*' }));
  const key = { policy: naming };
  const linked = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;

  describe('SCPs', () =>
    rows([
      [
        'deny from the root',
        { key, ...organization({ 'r-ab12': { scps: [noDecrypt] } }) },
        {},
        'denied (explicit): scp',
      ],
      [
        'deny from an organizational unit',
        { key, ...organization({ [OU]: { scps: [noDecrypt] } }) },
        {},
        'denied (explicit): scp',
      ],
      [
        'deny from the account',
        { key, ...organization({ [ACCOUNT]: { scps: [noDecrypt] } }) },
        {},
        'denied (explicit): scp',
      ],
      [
        'of others say nothing',
        { key, ...organization({ 'ou-ab12-22222222': { scps: [noDecrypt] } }) },
        {},
        'allowed: key-policy',
      ],
      [
        'that allow less add nothing beside FullAWSAccess',
        { key, ...organization({ [ACCOUNT]: { scps: [onlyEncrypt] } }) },
        {},
        'allowed: key-policy',
      ],
      [
        'allow alone where FullAWSAccess is detached',
        { key, ...organization({ [ACCOUNT]: { scps: [onlyEncrypt], fullAwsAccess: false } }) },
        {},
        'denied (implicit): scp',
      ],
      [
        'and let pass what they allow',
        { key, ...organization({ [ACCOUNT]: { scps: [onlyEncrypt], fullAwsAccess: false } }) },
        { can: 'Encrypt' },
        'allowed: key-policy',
      ],
      [
        'have to allow at every level',
        { key, ...organization({ [OU]: { fullAwsAccess: false }, [ACCOUNT]: { scps: [everything] } }) },
        {},
        'denied (implicit): scp',
      ],
      [
        'bind the root user',
        { key: { policy: delegating }, ...organization({ 'r-ab12': { scps: [noDecrypt] } }) },
        { as: 'root' },
        'denied (explicit): scp',
      ],
      [
        'do not bind the management account',
        {
          key: { account: MANAGEMENT, policy: policy(allowTo(`arn:aws:iam::${MANAGEMENT}:user/Boss`, 'kms:*')) },
          ...organization({ 'r-ab12': { scps: [noDecrypt] } }),
        },
        { as: `arn:aws:iam::${MANAGEMENT}:user/Boss` },
        'allowed: key-policy',
      ],
      [
        'do not bind callers from outside',
        {
          key: { policy: policy(allowTo(partner, 'kms:*')) },
          principals: { Partner: { arn: partner, policies: [everything] } },
          ...organization({ 'r-ab12': { scps: [noDecrypt] } }),
        },
        { as: 'Partner' },
        'allowed: identity-policy',
      ],
      [
        'do not bind services',
        {
          key: { policy: policy(allow('kms:*', { Principal: { Service: 'logs.us-east-1.amazonaws.com' } })) },
          ...organization({ 'r-ab12': { scps: [noDecrypt] } }),
        },
        { as: 'service:logs.us-east-1.amazonaws.com' },
        'allowed: key-policy',
      ],
      [
        'do not bind service-linked roles',
        { key: { policy: policy(allowTo(linked, 'kms:*')) }, ...organization({ 'r-ab12': { scps: [noDecrypt] } }) },
        { as: linked },
        'allowed: key-policy',
      ],
    ]));

  describe('RCPs', () =>
    rows([
      [
        'deny from the root',
        { key, ...organization({ 'r-ab12': { rcps: [noDecryptForAll] } }) },
        {},
        'denied (explicit): rcp',
      ],
      [
        'bind callers from outside',
        {
          key: { policy: policy(allowTo(partner, 'kms:*')) },
          principals: { Partner: { arn: partner, policies: [everything] } },
          ...organization({ [OU]: { rcps: [noDecryptForAll] } }),
        },
        { as: 'Partner' },
        'denied (explicit): rcp',
      ],
      [
        'do not bind keys of the management account',
        {
          key: { account: MANAGEMENT, policy: policy(allowTo(`arn:aws:iam::${MANAGEMENT}:user/Boss`, 'kms:*')) },
          ...organization({ 'r-ab12': { rcps: [noDecryptForAll] } }),
        },
        { as: `arn:aws:iam::${MANAGEMENT}:user/Boss` },
        'allowed: key-policy',
      ],
      [
        'do not bind keys from outside',
        {
          key: { account: PARTNER, policy: naming },
          App: { policies: [everything] },
          ...organization({ 'r-ab12': { rcps: [noDecryptForAll] } }),
        },
        {},
        'allowed: identity-policy',
      ],
      [
        'do not bind AWS managed keys',
        { key: { aliases: ['alias/aws/s3'] }, ...organization({ 'r-ab12': { rcps: [noDecryptForAll] } }) },
        { via: 's3' },
        'allowed: key-policy',
      ],
      [
        'need no Allow beside RCPFullAWSAccess',
        { key, ...organization({ 'r-ab12': { rcps: [], fullAwsAccess: true } }) },
        {},
        'allowed: key-policy',
      ],
      [
        'do not bind RetireGrant',
        {
          key,
          grants: { lent: { key: 'key', GranteePrincipal: 'App', Operations: ['RetireGrant'] } },
          ...organization({ 'r-ab12': { rcps: [policy(deny('kms:*', { Principal: '*' }))] } }),
        },
        { can: 'RetireGrant' },
        'allowed: grant',
      ],
    ]));

  describe('condition keys', () => {
    const only = (operator: string, name: string, value: string) => ({
      policy: policy(allowTo(app, 'kms:*', when(operator, name, value))),
    });
    rows([
      [
        'aws:PrincipalOrgID',
        { key: only('StringEquals', 'aws:PrincipalOrgID', 'o-exampleorg1'), ...organization({}) },
        {},
        'allowed: key-policy',
      ],
      [
        'aws:PrincipalOrgID without an organization',
        { key: only('StringEquals', 'aws:PrincipalOrgID', 'o-exampleorg1') },
        {},
        'denied (implicit): key-policy',
      ],
      [
        'aws:PrincipalOrgID outside of it',
        {
          key: only('StringEquals', 'aws:PrincipalOrgID', 'o-exampleorg1'),
          ...organization({}, { [PARTNER]: { path: 'r-ab12' } }),
        },
        {},
        'denied (implicit): key-policy',
      ],
      [
        'aws:PrincipalOrgPaths',
        {
          key: only('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', `o-exampleorg1/r-ab12/${OU}/*`),
          ...organization({}),
        },
        {},
        'allowed: key-policy',
      ],
      [
        'aws:ResourceOrgID',
        {
          key: { policy: delegating },
          App: { policies: [policy(allow('kms:*', when('StringEquals', 'aws:ResourceOrgID', 'o-exampleorg1')))] },
          ...organization({}),
        },
        {},
        'allowed: identity-policy',
      ],
      [
        'of the management account',
        {
          key: {
            policy: policy(
              allowTo(
                `arn:aws:iam::${MANAGEMENT}:root`,
                'kms:*',
                when('StringEquals', 'aws:PrincipalOrgID', 'o-exampleorg1'),
              ),
            ),
          },
          principals: { Boss: { arn: `arn:aws:iam::${MANAGEMENT}:user/Boss`, policies: [everything] } },
          ...organization({}),
        },
        { as: 'Boss' },
        'allowed: identity-policy',
      ],
    ]);
  });
});

describe('keys', () => {
  const named = (name: string, value: unknown, operator = 'StringEquals') =>
    policy(allowTo(app, 'kms:*', when(operator, name, value)));

  describe('policy', () =>
    rows([
      ['left out the account decides', { App: { policies: [everything] } }, {}, 'allowed: identity-policy'],
      ['which means that somebody has to allow it', {}, {}, 'denied (implicit): identity-policy'],
      ['and its root user may', {}, { as: 'root' }, 'allowed: key-policy'],
      [
        'of another account does not let this one in',
        { key: { account: PARTNER }, App: { policies: [everything] } },
        {},
        'denied (implicit): key-policy',
      ],
    ]));

  describe('AWS managed', () => {
    const key = { aliases: ['alias/aws/s3'] };
    rows([
      ['everybody of the account through the service', { key }, { via: 's3' }, 'allowed: key-policy'],
      ['by its alias', { key }, { on: 'alias/aws/s3', via: 's3' }, 'allowed: key-policy'],
      ['through no other service', { key }, { via: 'rds' }, 'denied (implicit): key-policy'],
      [
        'not directly, whatever IAM says',
        { key, App: { policies: [everything] } },
        {},
        'denied (implicit): key-policy',
      ],
      [
        'its metadata as IAM says',
        { key, App: { policies: [everything] } },
        { can: 'DescribeKey' },
        'allowed: identity-policy',
      ],
      [
        'its policy cannot be changed',
        { key, App: { policies: [everything] } },
        { can: 'PutKeyPolicy' },
        'denied (implicit): key-policy',
      ],
      [
        'nobody of another account',
        { key, principals: { Partner: { arn: partner, policies: [everything] } } },
        { as: 'Partner', via: 's3' },
        'denied (implicit): key-policy',
      ],
      [
        'of a service that makes grants',
        { key: { aliases: ['alias/aws/ebs'] } },
        { can: 'CreateGrant', via: 'ec2', input: {} },
        'allowed: key-policy',
      ],
    ]);
  });

  describe('account', () =>
    rows([
      [
        'across accounts both sides allow',
        { key: { account: PARTNER, policy: naming }, App: { policies: [everything] } },
        {},
        'allowed: identity-policy',
      ],
      [
        'and the key policy alone does not',
        { key: { account: PARTNER, policy: naming } },
        {},
        'denied (implicit): identity-policy',
      ],
      [
        'some operations work in one account only',
        { key: { account: PARTNER, policy: naming }, App: { policies: [everything] } },
        { can: 'PutKeyPolicy' },
        'denied (implicit): operation',
      ],
      [
        'of the file, where the key has none',
        {
          account: PARTNER,
          principals: { Partner: { arn: partner } },
          key: { policy: policy(allowTo(partner, 'kms:*')) },
        },
        { as: 'Partner' },
        'allowed: key-policy',
      ],
      [
        'kms:CallerAccount is that of the caller',
        {
          key: {
            account: PARTNER,
            policy: policy(allowTo('*', 'kms:*', when('StringEquals', 'kms:CallerAccount', ACCOUNT))),
          },
          App: { policies: [everything] },
        },
        {},
        'allowed: identity-policy',
      ],
    ]));

  describe('what conditions see', () =>
    rows([
      [
        'region',
        { key: { region: 'eu-west-1', policy: named('aws:RequestedRegion', 'eu-west-1') } },
        {},
        'allowed: key-policy',
      ],
      [
        'region of the file',
        { region: 'eu-west-1', key: { policy: named('aws:RequestedRegion', 'eu-west-1') } },
        {},
        'allowed: key-policy',
      ],
      ['spec', { key: { spec: 'RSA_2048', policy: named('kms:KeySpec', 'RSA_2048') } }, {}, 'allowed: key-policy'],
      ['spec left out', { key: { policy: named('kms:KeySpec', 'SYMMETRIC_DEFAULT') } }, {}, 'allowed: key-policy'],
      [
        'usage',
        { key: { spec: 'RSA_2048', usage: 'SIGN_VERIFY', policy: named('kms:KeyUsage', 'SIGN_VERIFY') } },
        { can: 'Sign' },
        'allowed: key-policy',
      ],
      ['usage left out', { key: { policy: named('kms:KeyUsage', 'ENCRYPT_DECRYPT') } }, {}, 'allowed: key-policy'],
      [
        'usage that follows from the spec',
        { key: { spec: 'HMAC_256', policy: named('kms:KeyUsage', 'GENERATE_VERIFY_MAC') } },
        { can: 'GenerateMac' },
        'allowed: key-policy',
      ],
      [
        'origin',
        { key: { origin: 'EXTERNAL', policy: named('kms:KeyOrigin', 'EXTERNAL') } },
        {},
        'allowed: key-policy',
      ],
      ['origin left out', { key: { policy: named('kms:KeyOrigin', 'AWS_KMS') } }, {}, 'allowed: key-policy'],
      [
        'multiRegion',
        { key: { id: undefined, multiRegion: true, policy: named('kms:MultiRegionKeyType', 'PRIMARY') } },
        {},
        'allowed: key-policy',
      ],
      [
        'multiRegion left out',
        { key: { policy: named('kms:MultiRegion', 'false', 'Bool') } },
        {},
        'allowed: key-policy',
      ],
      [
        'tags, by identity policies',
        {
          key: { tags: { env: 'prod' }, policy: delegating },
          App: { policies: [policy(allow('kms:*', when('StringEquals', 'aws:ResourceTag/env', 'prod')))] },
        },
        {},
        'allowed: identity-policy',
      ],
      [
        'tags left out',
        {
          key: { policy: delegating },
          App: { policies: [policy(allow('kms:*', when('StringEquals', 'aws:ResourceTag/env', 'prod')))] },
        },
        {},
        'denied (implicit): identity-policy',
      ],
      [
        'aliases, by identity policies',
        {
          key: { aliases: ['alias/orders'], policy: delegating },
          App: {
            policies: [policy(allow('kms:*', when('ForAnyValue:StringLike', 'kms:ResourceAliases', 'alias/ord*')))],
          },
        },
        {},
        'allowed: identity-policy',
      ],
    ]));

  describe('how steps name them', () => {
    const aliases = ['alias/orders'];
    const byAlias = { key: { aliases, policy: named('kms:RequestAlias', 'alias/orders') } };
    const aliasArn = `arn:aws:kms:us-east-1:${ACCOUNT}:alias/orders`;
    const onlyKey = {
      key: { aliases, policy: delegating },
      App: { policies: [policy(allow('kms:*', { Resource: KEY }))] },
    };
    rows([
      ['an alias is kms:RequestAlias', byAlias, { on: 'alias/orders' }, 'allowed: key-policy'],
      ['and so is its ARN', byAlias, { on: aliasArn }, 'allowed: key-policy'],
      ['an id is not', byAlias, { on: KEY_ID }, 'denied (implicit): key-policy'],
      ['an ARN is not', byAlias, { on: KEY }, 'denied (implicit): key-policy'],
      ['a name is not', byAlias, { on: 'key' }, 'denied (implicit): key-policy'],
      [
        'policies see the ARN whatever the step writes: alias',
        onlyKey,
        { on: 'alias/orders' },
        'allowed: identity-policy',
      ],
      ['alias ARN', onlyKey, { on: aliasArn }, 'allowed: identity-policy'],
      ['id', onlyKey, { on: KEY_ID }, 'allowed: identity-policy'],
      ['ARN', onlyKey, { on: KEY }, 'allowed: identity-policy'],
    ]);
  });

  describe('replicas', () => {
    const id = `mrk-${'1234abcd'.repeat(4)}`;
    const arn = (region: string) => `arn:aws:kms:${region}:${ACCOUNT}:key/${id}`;
    const key = {
      id,
      replicas: ['eu-west-1', 'eu-central-1'],
      policy: delegating,
      aliases: ['alias/orders'],
      tags: { env: 'prod' },
    };
    const may = (more: object) => ({ key, App: { policies: [policy(allow('kms:*', { ...more }))] } });
    rows([
      [
        'are other resources',
        may({ Resource: arn('us-east-1') }),
        { on: arn('eu-west-1') },
        'denied (implicit): identity-policy',
      ],
      ['by their ARN', may({ Resource: arn('eu-west-1') }), { on: arn('eu-west-1') }, 'allowed: identity-policy'],
      ['the id is the primary', may({ Resource: arn('us-east-1') }), { on: id }, 'allowed: identity-policy'],
      [
        'the name is the primary',
        may(when('StringEquals', 'kms:MultiRegionKeyType', 'PRIMARY')),
        {},
        'allowed: identity-policy',
      ],
      [
        'kms:MultiRegionKeyType',
        may(when('StringEquals', 'kms:MultiRegionKeyType', 'REPLICA')),
        { on: arn('eu-central-1') },
        'allowed: identity-policy',
      ],
      [
        'are called in their Region',
        may(when('StringEquals', 'aws:RequestedRegion', 'eu-central-1')),
        { on: arn('eu-central-1') },
        'allowed: identity-policy',
      ],
      [
        'have no tags of the primary',
        may(when('StringEquals', 'aws:ResourceTag/env', 'prod')),
        { on: arn('eu-west-1') },
        'denied (implicit): identity-policy',
      ],
      [
        'have no aliases of the primary',
        may(when('ForAnyValue:StringEquals', 'kms:ResourceAliases', 'alias/orders')),
        { on: arn('eu-west-1') },
        'denied (implicit): identity-policy',
      ],
      [
        'have no grants of the primary',
        { key, grants: { lent: { key: 'key', GranteePrincipal: 'App', Operations: ['Decrypt'] } } },
        { on: arn('eu-west-1') },
        'denied (implicit): identity-policy',
      ],
      [
        'which the primary has',
        { key, grants: { lent: { key: 'key', GranteePrincipal: 'App', Operations: ['Decrypt'] } } },
        {},
        'allowed: grant',
      ],
    ]);
  });

  test('an id that the file leaves out is the same in every run, and another for each key', async () => {
    const ids = async () =>
      (await worldOf({ keys: { a: {}, b: {}, c: { multiRegion: true }, d: { region: 'eu-west-1' } } })).keys.map(
        ({ description }) => description.id,
      );
    const first = await ids();
    expect(await ids()).toEqual(first);
    expect(new Set(first).size).toBe(4);
    expect(first.map((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect(first[2]).toMatch(/^mrk-[0-9a-f]{32}$/);
  });
});

describe('grants', () => {
  const grant = (more: object = {}) => ({
    grants: { lent: { key: 'key', GranteePrincipal: 'App', Operations: ['Decrypt', 'DescribeKey'], ...more } },
  });
  const key = { policy: policy(allowTo(ana, 'kms:*')) };
  const subset = grant({ Constraints: { EncryptionContextSubset: { env: 'prod' } } });
  const equal = grant({ Constraints: { EncryptionContextEquals: { env: 'prod' } } });
  const context = (encryptionContext: object) => ({ encryptionContext });

  describe('who and what', () =>
    rows([
      ['let the grantee do what they list', { key, ...grant() }, {}, 'allowed: grant'],
      ['and nothing else', { key, ...grant() }, { can: 'Encrypt' }, 'denied (implicit): key-policy'],
      [
        'nobody else',
        { key, ...grant() },
        { as: `arn:aws:iam::${ACCOUNT}:role/Other` },
        'denied (implicit): key-policy',
      ],
      [
        'on no other key',
        { key, keys: { other: { policy: key.policy } }, ...grant({ key: 'other' }) },
        {},
        'denied (implicit): key-policy',
      ],
      [
        'on a key by its alias',
        { key: { ...key, aliases: ['alias/orders'] }, ...grant({ key: 'alias/orders' }) },
        {},
        'allowed: grant',
      ],
      ['by an ARN', { key, ...grant({ GranteePrincipal: app }) }, {}, 'allowed: grant'],
      [
        'outweigh no Deny',
        { key: { policy: policy(deny('kms:Decrypt', { Principal: '*' })) }, ...grant() },
        {},
        'denied (explicit): key-policy',
      ],
      ['to somebody of another account', { key: { ...key, account: PARTNER }, ...grant() }, {}, 'allowed: grant'],
      [
        'to another account, which has to allow it',
        { key: { ...key, account: PARTNER }, App: { policies: [everything] }, ...grant({ GranteePrincipal: root }) },
        {},
        'allowed: identity-policy',
      ],
      [
        'and otherwise does not',
        { key: { ...key, account: PARTNER }, ...grant({ GranteePrincipal: root }) },
        {},
        'denied (implicit): identity-policy',
      ],
      [
        'two on one key',
        { key, grants: { ...grant().grants, more: { key: 'key', GranteePrincipal: 'App', Operations: ['Encrypt'] } } },
        { can: 'Encrypt' },
        'allowed: grant',
      ],
    ]));

  describe('EncryptionContextSubset', () =>
    rows([
      ['the same pairs', { key, ...subset }, context({ env: 'prod' }), 'allowed: grant'],
      ['more pairs', { key, ...subset }, context({ env: 'prod', order: '1' }), 'allowed: grant'],
      ['another value', { key, ...subset }, context({ env: 'Prod' }), 'denied (implicit): key-policy'],
      ['the key in capitals', { key, ...subset }, context({ ENV: 'prod' }), 'allowed: grant'],
      ['an empty context', { key, ...subset }, context({}), 'denied (implicit): key-policy'],
      ['no context', { key, ...subset }, {}, 'denied (implicit): key-policy'],
      ['not for DescribeKey', { key, ...subset }, { can: 'DescribeKey' }, 'allowed: grant'],
    ]));

  describe('EncryptionContextEquals', () =>
    rows([
      ['the same pairs', { key, ...equal }, context({ env: 'prod' }), 'allowed: grant'],
      ['more pairs', { key, ...equal }, context({ env: 'prod', order: '1' }), 'denied (implicit): key-policy'],
      ['no context', { key, ...equal }, {}, 'denied (implicit): key-policy'],
    ]));

  describe('services', () => {
    const bucket = 'arn:aws:s3:::bucket';
    const service = grant({
      GranteePrincipal: undefined,
      GranteeServicePrincipal: 's3.amazonaws.com',
      RetiringPrincipal: 'App',
      Constraints: { SourceArn: bucket },
    });
    const as = 'service:s3.amazonaws.com';
    rows([
      ['for its resource', { key, ...service }, { as, context: { 'aws:SourceArn': bucket } }, 'allowed: grant'],
      [
        'for no other',
        { key, ...service },
        { as, context: { 'aws:SourceArn': `${bucket}2` } },
        'denied (implicit): key-policy',
      ],
      [
        'no other service',
        { key, ...service },
        { as: 'service:logs.amazonaws.com', context: { 'aws:SourceArn': bucket } },
        'denied (implicit): key-policy',
      ],
    ]);
  });

  describe('who retires them', () => {
    const retire = { can: 'RetireGrant' };
    const partnerMay = { principals: { Partner: { arn: partner, policies: [everything] } } };
    rows([
      [
        'the retiring principal',
        { key, ...anas(), ...grant({ RetiringPrincipal: 'Ana' }) },
        { ...retire, as: 'Ana' },
        'allowed: grant',
      ],
      [
        'a role as the retiring principal, by its session',
        { key, ...anas(), ...grant({ GranteePrincipal: 'Ana', RetiringPrincipal: 'App' }) },
        retire,
        'allowed: grant',
      ],
      ['not the grantee without the operation', { key, ...grant() }, retire, 'denied (implicit): identity-policy'],
      ['the grantee with it', { key, ...grant({ Operations: ['Decrypt', 'RetireGrant'] }) }, retire, 'allowed: grant'],
    ]);
    test.each([
      ["the key's account, as its policies say", {}, 'App', 'allowed: identity-policy'],
      ['another that created it', { createdBy: 'Partner' }, 'Partner', 'allowed: identity-policy'],
      ['not another that did not', {}, 'Partner', 'denied (implicit): grant'],
    ])('%s', async (_, more, as, expected) => {
      const world = {
        key,
        ...partnerMay,
        App: { policies: [everything] },
        ...grant({ GranteePrincipal: ana, ...more }),
      };
      expect(await decided(world, { ...retire, as })).toBe(expected);
    });
  });
});

describe('vpcEndpoints', () => {
  const through = { vpce: 'vpce-0a1b2c3d' };
  const endpoint = (member: object) => ({ key: { policy: naming }, vpcEndpoints: { 'vpce-0a1b2c3d': member } });
  rows([
    ['without a policy nothing is kept out', endpoint({}), through, 'allowed: key-policy'],
    [
      'with one that allows',
      endpoint({ policy: policy(allow('*', { Principal: '*' })) }),
      through,
      'allowed: key-policy',
    ],
    [
      'with one that allows something else',
      endpoint({ policy: policy(allow('kms:Encrypt', { Principal: '*' })) }),
      through,
      'denied (implicit): vpc-endpoint-policy',
    ],
    [
      'with one that denies',
      endpoint({ policy: policy(allow('*', { Principal: '*' }), deny('kms:Decrypt', { Principal: '*' })) }),
      through,
      'denied (explicit): vpc-endpoint-policy',
    ],
    [
      'the policy does not count for calls that go elsewhere',
      endpoint({ policy: policy(deny('*', { Principal: '*' })) }),
      {},
      'allowed: key-policy',
    ],
    [
      'aws:SourceVpce is its id',
      {
        ...endpoint({}),
        key: { policy: policy(allowTo(app, 'kms:*', when('StringEquals', 'aws:SourceVpce', 'vpce-0a1b2c3d'))) },
      },
      through,
      'allowed: key-policy',
    ],
    [
      'and is absent otherwise',
      {
        ...endpoint({}),
        key: { policy: policy(allowTo(app, 'kms:*', when('StringEquals', 'aws:SourceVpce', 'vpce-0a1b2c3d'))) },
      },
      {},
      'denied (implicit): key-policy',
    ],
  ]);
});

describe('now', () => {
  const key = {
    policy: policy(allowTo(app, 'kms:*', when('DateLessThan', 'aws:CurrentTime', '2026-02-01T00:00:00Z'))),
  };
  rows([
    ['is the time of the request', { key, now: '2026-01-31T23:59:59Z' }, {}, 'allowed: key-policy'],
    ['and counts its zone', { key, now: '2026-01-31T23:59:59-01:00' }, {}, 'denied (implicit): key-policy'],
    ['left out it is always the same', { key }, {}, 'allowed: key-policy'],
  ]);
});

describe('partition', () =>
  rows([
    [
      'is that of ARNs',
      {
        partition: 'aws-cn',
        region: 'cn-north-1',
        App: {
          arn: `arn:aws-cn:iam::${ACCOUNT}:role/App`,
          policies: [policy(allow('kms:*', { Resource: `arn:aws-cn:kms:cn-north-1:${ACCOUNT}:key/${KEY_ID}` }))],
        },
      },
      {},
      'allowed: identity-policy',
    ],
    [
      'and of root',
      { partition: 'aws-us-gov', region: 'us-gov-west-1', App: { arn: `arn:aws-us-gov:iam::${ACCOUNT}:role/App` } },
      { as: 'root' },
      'allowed: key-policy',
    ],
  ]));
