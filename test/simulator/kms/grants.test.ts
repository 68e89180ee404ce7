import { describe, expect, it } from 'vitest';
import { grantOperationNames } from '../../../simulator/facts/grant-operations.ts';
import type { KmsKey } from '../../../simulator/kms/key.ts';
import type { Operations } from '../../../simulator/kms/service.ts';
import { failure } from './failure.ts';
import { ACCOUNT, CALLER, utf8 } from './keys.ts';
import { everything, Lab } from './lab.ts';

const ADMIN = `arn:aws:iam::${ACCOUNT}:role/Admin`;
const WORKER = `arn:aws:iam::${ACCOUNT}:role/Worker`;
const HELPER = `arn:aws:iam::${ACCOUNT}:user/Helper`;
const PARTNER = 'arn:aws:iam::444455556666:role/Partner';

const labWith = (options = {}) =>
  new Lab({ [ADMIN]: everything, [CALLER]: everything, [PARTNER]: everything }, undefined, options);

type Request = Partial<Operations['CreateGrant']['input']>;

const lend = (lab: Lab, key: KmsKey, request: Request = {}, caller: string = ADMIN) => {
  const isService = request.GranteeServicePrincipal !== undefined;
  const grantee = isService ? {} : { GranteePrincipal: WORKER };
  const input = { KeyId: key.arn, Operations: ['Encrypt', 'Decrypt'], ...grantee, ...request };
  return lab.call('CreateGrant', input, caller);
};

const outcomeOf = (lab: Lab, key: KmsKey, request: Request, caller: string = ADMIN) =>
  lab.outcome('CreateGrant', { KeyId: key.arn, GranteePrincipal: WORKER, Operations: ['Decrypt'], ...request }, caller);

const encrypts = (lab: Lab, key: KmsKey, caller: string, EncryptionContext = {}, GrantTokens: readonly string[] = []) =>
  lab
    .outcome('Encrypt', { KeyId: key.arn, Plaintext: utf8('x'), EncryptionContext, GrantTokens }, caller)
    .then((outcome) => outcome.replace(/:.*$/s, ''));

const listed = async (lab: Lab, key: KmsKey, more = {}) => {
  const { Grants } = await lab.call('ListGrants', { KeyId: key.arn, ...more }, ADMIN);
  return Grants.map((grant) => (grant as { readonly GrantId: string }).GrantId);
};

describe('what a grant may allow', () => {
  const managing = ['CreateGrant', 'DescribeKey', 'RetireGrant'];
  const asymmetric = [...managing, 'GetPublicKey'];
  const sealing = ['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo'];
  const dataKeys = [
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'GenerateDataKeyPair',
    'GenerateDataKeyPairWithoutPlaintext',
  ];
  it.each([
    ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', [...managing, ...sealing, ...dataKeys]],
    ['RSA_2048', 'ENCRYPT_DECRYPT', [...asymmetric, ...sealing]],
    ['RSA_2048', 'SIGN_VERIFY', [...asymmetric, 'Sign', 'Verify']],
    ['ECC_NIST_P256', 'SIGN_VERIFY', [...asymmetric, 'Sign', 'Verify']],
    ['ECC_NIST_P256', 'KEY_AGREEMENT', [...asymmetric, 'DeriveSharedSecret']],
    ['ML_DSA_44', 'SIGN_VERIFY', [...asymmetric, 'Sign', 'Verify']],
    ['ML_KEM_512', 'ENCAPSULATE_DECAPSULATE', [...asymmetric, 'Encapsulate', 'Decapsulate']],
    ['HMAC_256', 'GENERATE_VERIFY_MAC', [...managing, 'GenerateMac', 'VerifyMac']],
  ])('on a key of %s for %s', async (KeySpec, KeyUsage, allowed) => {
    const lab = labWith();
    const key = await lab.key({ KeySpec, KeyUsage }, ADMIN);
    const found: string[] = [];
    for (const operation of grantOperationNames) {
      const outcome = await outcomeOf(lab, key, { Operations: [operation] });
      if (outcome === 'ok') found.push(operation);
      else expect([operation, outcome]).toEqual([operation, 'ValidationException: ']);
    }
    expect(found).toEqual([...allowed].sort());
  });
});

describe('whom a grant may name', () => {
  const noSuch = (arn: string) => `InvalidArnException: ARN does not refer to a valid principal: ${arn}`;
  it.each([
    ['an account', `arn:aws:iam::${ACCOUNT}:root`, 'ok'],
    ['another account', 'arn:aws:iam::444455556666:root', 'ok'],
    ['a user', HELPER, 'ok'],
    ['a role', WORKER, 'ok'],
    ['a role of another account', PARTNER, 'ok'],
    ['a session', `arn:aws:sts::${ACCOUNT}:assumed-role/Worker/nightly`, 'ok'],
    ['a federated user', `arn:aws:sts::${ACCOUNT}:federated-user/Fay`, 'ok'],
    ['a group', `arn:aws:iam::${ACCOUNT}:group/Ops`, noSuch(`arn:aws:iam::${ACCOUNT}:group/Ops`)],
    ['an account by its digits', ACCOUNT, noSuch(ACCOUNT)],
    ['a service', 'logs.us-east-1.amazonaws.com', noSuch('logs.us-east-1.amazonaws.com')],
    ['a bucket', 'arn:aws:s3:::orders', noSuch('arn:aws:s3:::orders')],
  ])('%s', async (_, principal, outcome) => {
    const lab = labWith();
    const key = await lab.key({}, ADMIN);
    expect(await outcomeOf(lab, key, { GranteePrincipal: principal })).toBe(outcome);
    expect(await outcomeOf(lab, key, { RetiringPrincipal: principal })).toBe(outcome);
  });

  it('nobody who does not exist', async () => {
    const lab = new Lab(undefined, (principal) => (principal.text === HELPER ? 'name somebody' : undefined));
    const key = await lab.key();
    expect(await outcomeOf(lab, key, { GranteePrincipal: HELPER }, CALLER)).toBe(noSuch(HELPER));
    expect(await outcomeOf(lab, key, { RetiringPrincipal: HELPER }, CALLER)).toBe(noSuch(HELPER));
    expect(await outcomeOf(lab, key, { GranteePrincipal: WORKER }, CALLER)).toBe('ok');
  });

  it.each([
    ['arn:aws:iam::444455556666:root', PARTNER, 'ok'],
    ['arn:aws:iam::444455556666:root', 'arn:aws:iam::444455556666:role/Other', 'AccessDeniedException'],
    [`arn:aws:iam::${ACCOUNT}:root`, CALLER, 'ok'],
    [`arn:aws:iam::${ACCOUNT}:root`, HELPER, 'AccessDeniedException'],
    [WORKER, `arn:aws:sts::${ACCOUNT}:assumed-role/Worker/nightly`, 'ok'],
    [`arn:aws:sts::${ACCOUNT}:assumed-role/Worker/nightly`, WORKER, 'AccessDeniedException'],
  ])('a grant to %s lets %s in: %s', async (GranteePrincipal, caller, outcome) => {
    const lab = labWith();
    // Nobody but the administrator by the policy, which hands nothing to the account.
    const Policy = JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: { AWS: ADMIN }, Action: 'kms:*', Resource: '*' }],
    });
    const key = await lab.key({ Policy }, ADMIN);
    expect(await encrypts(lab, key, caller)).toBe('AccessDeniedException');
    await lend(lab, key, { GranteePrincipal });
    expect(await encrypts(lab, key, caller)).toBe(outcome);
  });
});

describe('grants that services make', () => {
  const database = 'dynamodb.us-east-1.amazonaws.com';
  const instance = `arn:aws:sts::${ACCOUNT}:assumed-role/aws:ec2-infrastructure/i-0abcd1234`;
  it.each([
    [database, { via: 'dynamodb' }, 'ok'],
    [instance, { via: 'ec2' }, 'ok'],
    [database, {}, 'InvalidArnException'],
  ])('may name the service: %s with %j: %s', async (GranteePrincipal, context, outcome) => {
    const lab = labWith();
    const key = await lab.key({}, ADMIN);
    const input = { KeyId: key.arn, GranteePrincipal, RetiringPrincipal: GranteePrincipal, Operations: ['Encrypt'] };
    expect((await lab.outcome('CreateGrant', input, ADMIN, context)).replace(/:.*$/s, '')).toBe(outcome);
    const grantee = GranteePrincipal === database ? `service:${database}` : GranteePrincipal;
    expect(await encrypts(lab, key, grantee)).toBe(outcome === 'ok' ? 'ok' : 'AccessDeniedException');
  });
});

describe('requests for grants that contradict themselves', () => {
  const service = { GranteeServicePrincipal: 'logs.us-east-1.amazonaws.com' };
  const SourceArn = 'arn:aws:logs:us-east-1:111122223333:log-group:orders';
  const pairs = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
  it.each<[string, Request, string]>([
    ['no grantee', { GranteePrincipal: undefined }, 'ValidationException'],
    ['two grantees', { ...service, Constraints: { SourceArn }, RetiringPrincipal: ADMIN }, 'ValidationException'],
    [
      'a service',
      { ...service, GranteePrincipal: undefined, Constraints: { SourceArn }, RetiringPrincipal: ADMIN },
      'ok',
    ],
    [
      'a service that retires it itself',
      {
        ...service,
        GranteePrincipal: undefined,
        Constraints: { SourceArn },
        RetiringServicePrincipal: 'logs.us-east-1.amazonaws.com',
      },
      'ok',
    ],
    [
      'a service without a source',
      { ...service, GranteePrincipal: undefined, RetiringPrincipal: ADMIN },
      'ValidationException',
    ],
    [
      'a service whose grant nobody retires',
      { ...service, GranteePrincipal: undefined, Constraints: { SourceArn } },
      'ValidationException',
    ],
    [
      'two who may retire it',
      { RetiringPrincipal: ADMIN, RetiringServicePrincipal: 'logs.us-east-1.amazonaws.com' },
      'ValidationException',
    ],
    ['no operation', { Operations: [] }, 'ValidationException'],
    ['an operation that grants do not have', { Operations: ['PutKeyPolicy'] }, 'ValidationException'],
    [
      'two constraints on the encryption context',
      { Constraints: { EncryptionContextEquals: { a: '1' }, EncryptionContextSubset: { a: '1' } } },
      'ValidationException',
    ],
    ['one and a source', { Constraints: { EncryptionContextSubset: { a: '1' }, SourceArn } }, 'ok'],
    ['8 pairs', { Constraints: { EncryptionContextEquals: pairs(8) } }, 'ok'],
    ['9 pairs', { Constraints: { EncryptionContextEquals: pairs(9) } }, 'LimitExceededException'],
    ['a value of 384', { Constraints: { EncryptionContextSubset: { a: 'x'.repeat(384) } } }, 'ok'],
    ['a value of 385', { Constraints: { EncryptionContextSubset: { a: 'x'.repeat(385) } } }, 'LimitExceededException'],
    ['a source that is no ARN', { Constraints: { SourceArn: 'orders-orders-orders' } }, 'ValidationException'],
    ['a name with a space', { Name: 'job 42' }, 'ValidationException'],
    ['a name', { Name: 'jobs/42:a_b-c' }, 'ok'],
    ['eleven tokens', { GrantTokens: Array(11).fill('x') }, 'ValidationException'],
    ['a token of nothing', { GrantTokens: ['x'] }, 'InvalidGrantTokenException'],
  ])('%s', async (_, request, outcome) => {
    const lab = labWith();
    const key = await lab.key({}, ADMIN);
    expect((await outcomeOf(lab, key, request)).replace(/:.*$/s, '')).toBe(outcome);
    expect(key.grants.size).toBe(outcome === 'ok' ? 1 : 0);
  });

  it.each(['RSA_2048', 'HMAC_256'])('keys of %s have no constraint on the encryption context', async (KeySpec) => {
    const lab = labWith();
    const KeyUsage = KeySpec === 'HMAC_256' ? 'GENERATE_VERIFY_MAC' : 'ENCRYPT_DECRYPT';
    const key = await lab.key({ KeySpec, KeyUsage }, ADMIN);
    const Operations = ['DescribeKey'];
    const Constraints = { EncryptionContextSubset: { a: '1' } };
    expect(await outcomeOf(lab, key, { Operations, Constraints })).toBe('ValidationException: ');
    expect(await outcomeOf(lab, key, { Operations, Constraints: { SourceArn } })).toBe('ok');
  });
});

describe('the same request again', () => {
  const named = { Name: 'job', Operations: ['Encrypt', 'Decrypt'] };
  it('with a name gives the same grant and another token, and both tokens count', async () => {
    const lab = labWith({ grantDelay: 1000 });
    const key = await lab.key({}, ADMIN);
    const one = await lend(lab, key, named);
    const two = await lend(lab, key, { Name: 'job', Operations: ['Decrypt', 'Encrypt'] });
    expect(two.GrantId).toBe(one.GrantId);
    expect(two.GrantToken).not.toBe(one.GrantToken);
    expect(one.GrantId).toMatch(/^[0-9a-f]{64}$/);
    expect(await listed(lab, key)).toEqual([one.GrantId]);
    for (const { GrantToken } of [one, two]) expect(await encrypts(lab, key, WORKER, {}, [GrantToken])).toBe('ok');
  });

  it.each<[string, Request, string]>([
    ['other operations', { Operations: ['Decrypt'] }, ADMIN],
    ['another grantee', { GranteePrincipal: HELPER }, ADMIN],
    ['somebody to retire it', { RetiringPrincipal: HELPER }, ADMIN],
    ['a constraint', { Constraints: { EncryptionContextSubset: { a: '1' } } }, ADMIN],
    ['another name', { Name: 'job-2' }, ADMIN],
    ['no name', { Name: undefined }, ADMIN],
  ])('with %s gives another grant', async (_, change, caller) => {
    const lab = labWith();
    const key = await lab.key({}, ADMIN);
    const one = await lend(lab, key, named);
    expect((await lend(lab, key, { ...named, ...change }, caller)).GrantId).not.toBe(one.GrantId);
    expect(key.grants.size).toBe(2);
  });

  it('gives another grant without a name, and after the first has ended', async () => {
    const lab = labWith();
    const key = await lab.key({}, ADMIN);
    const ids = new Set([(await lend(lab, key)).GrantId, (await lend(lab, key)).GrantId]);
    const { GrantId } = await lend(lab, key, named);
    await lab.call('RevokeGrant', { KeyId: key.arn, GrantId }, ADMIN);
    ids.add(GrantId).add((await lend(lab, key, named)).GrantId);
    expect(ids.size).toBe(4);
  });
});

describe('constraints', () => {
  it.each<[Request['Constraints'], object, string]>([
    [{ EncryptionContextEquals: { a: '1' } }, { a: '1' }, 'ok'],
    [{ EncryptionContextEquals: { a: '1' } }, { a: '1', b: '2' }, 'AccessDeniedException'],
    [{ EncryptionContextEquals: { a: '1' } }, {}, 'AccessDeniedException'],
    [{ EncryptionContextEquals: {} }, {}, 'ok'],
    [{ EncryptionContextSubset: { a: '1' } }, { a: '1', b: '2' }, 'ok'],
    [{ EncryptionContextSubset: { a: '1' } }, { b: '2' }, 'AccessDeniedException'],
    [{ EncryptionContextSubset: { a: '1' } }, { a: '2' }, 'AccessDeniedException'],
    [{ SourceArn: 'arn:aws:logs:us-east-1:111122223333:log-group:a' }, {}, 'AccessDeniedException'],
  ])('%j and a context of %j: %s', async (Constraints, context, outcome) => {
    const lab = labWith();
    const key = await lab.key({}, ADMIN);
    await lend(lab, key, { Constraints });
    expect(await encrypts(lab, key, WORKER, context)).toBe(outcome);
  });

  it('let a service use the key for one resource', async () => {
    const lab = labWith();
    const key = await lab.key({}, ADMIN);
    const SourceArn = 'arn:aws:logs:us-east-1:111122223333:log-group:a';
    const service = 'logs.us-east-1.amazonaws.com';
    await lend(lab, key, { GranteeServicePrincipal: service, Constraints: { SourceArn }, RetiringPrincipal: ADMIN });
    const asLogs = (resource: string) =>
      lab.outcome('Encrypt', { KeyId: key.arn, Plaintext: utf8('x') }, `service:${service}`, {
        conditions: { 'aws:SourceArn': resource },
      });
    expect(await asLogs(SourceArn)).toBe('ok');
    expect(await asLogs(`${SourceArn}b`)).toMatch(/^AccessDenied/);
  });
});

describe('while changes spread', () => {
  const SECOND = 1000;
  it('a new grant counts with its token, and later without', async () => {
    const lab = labWith({ grantDelay: 30 * SECOND });
    const key = await lab.key({}, ADMIN);
    const { GrantToken } = await lend(lab, key);
    const refused = await failure(lab.call('Encrypt', { KeyId: key.arn, Plaintext: utf8('x') }, WORKER));
    expect(refused.remedy).toContain('`GrantTokens`');
    const other = await failure(lab.call('Encrypt', { KeyId: key.arn, Plaintext: utf8('x') }, HELPER));
    expect(other.remedy).toContain('change the policy');
    for (const [after, without] of [
      [0, 'AccessDeniedException'],
      [29 * SECOND, 'AccessDeniedException'],
      [SECOND, 'ok'],
    ] as const) {
      lab.clock.advance(after);
      expect(await encrypts(lab, key, WORKER)).toBe(without);
      expect(await encrypts(lab, key, WORKER, {}, [GrantToken])).toBe('ok');
    }
  });

  it('one that ended counts as long as that, and its token no more', async () => {
    const lab = labWith({ grantDelay: 30 * SECOND });
    const key = await lab.key({}, ADMIN);
    const { GrantToken, GrantId } = await lend(lab, key);
    lab.clock.advance(30 * SECOND);
    await lab.call('RevokeGrant', { KeyId: key.arn, GrantId }, ADMIN);
    expect(await listed(lab, key)).toEqual([]);
    expect(await encrypts(lab, key, WORKER, {}, [GrantToken])).toBe('InvalidGrantTokenException');
    lab.clock.advance(29 * SECOND);
    expect(await encrypts(lab, key, WORKER)).toBe('ok');
    lab.clock.advance(SECOND);
    expect(await encrypts(lab, key, WORKER)).toBe('AccessDeniedException');
  });

  it('a token says nothing for another key, and nothing to others', async () => {
    const lab = labWith({ grantDelay: SECOND });
    const [key, other] = [await lab.key({}, ADMIN), await lab.key({}, ADMIN)];
    const { GrantToken } = await lend(lab, key);
    expect(await encrypts(lab, other, WORKER, {}, [GrantToken])).toBe('AccessDeniedException');
    expect(await encrypts(lab, key, HELPER, {}, [GrantToken])).toBe('AccessDeniedException');
  });

  it('a grant can be retired by its token at once, by its id later, and revoked at once', async () => {
    const lab = labWith({ grantDelay: SECOND });
    const key = await lab.key({}, ADMIN);
    const [a, b, c] = [await lend(lab, key), await lend(lab, key), await lend(lab, key)];
    const byId = { KeyId: key.arn, GrantId: b.GrantId };
    expect(await lab.outcome('RetireGrant', { GrantToken: a.GrantToken }, ADMIN)).toBe('ok');
    expect(await lab.outcome('RetireGrant', byId, ADMIN)).toBe('NotFoundException: ');
    expect(await lab.outcome('RevokeGrant', { KeyId: key.arn, GrantId: c.GrantId }, ADMIN)).toBe('ok');
    lab.clock.advance(SECOND);
    expect(await lab.outcome('RetireGrant', byId, ADMIN)).toBe('ok');
  });
});

describe('retiring and revoking', () => {
  const retiring = { RetiringPrincipal: HELPER };
  const ofPartner = { GranteePrincipal: PARTNER, Operations: ['Decrypt', 'RetireGrant'] };
  it.each<[string, Request, string, string]>([
    ['the retiring principal', retiring, HELPER, 'ok'],
    ['the grantee where the grant says so', { Operations: ['Decrypt', 'RetireGrant'] }, WORKER, 'ok'],
    ['a grantee of another account', ofPartner, PARTNER, 'ok'],
    ['the grantee otherwise', retiring, WORKER, 'AccessDeniedException: '],
    ['somebody else', retiring, `arn:aws:iam::${ACCOUNT}:user/Else`, 'AccessDeniedException: '],
    ['the account that made it', retiring, `arn:aws:iam::${ACCOUNT}:root`, 'ok'],
    ['whom the account lets retire', retiring, ADMIN, 'ok'],
    ['another account', retiring, 'arn:aws:iam::444455556666:root', 'AccessDeniedException: '],
    ['who may retire elsewhere', retiring, PARTNER, 'AccessDeniedException: '],
    ['a member of the retiring account', { RetiringPrincipal: 'arn:aws:iam::444455556666:root' }, PARTNER, 'ok'],
  ])('%s', async (_, request, caller, outcome) => {
    const lab = labWith();
    const key = await lab.key({}, ADMIN);
    const { GrantToken } = await lend(lab, key, request);
    const other = await lend(lab, key, { Name: 'other' });
    const found = await lab.outcome('RetireGrant', { GrantToken }, caller);
    expect(found.slice(0, outcome.length)).toBe(outcome);
    expect(key.grants.size).toBe(outcome === 'ok' ? 1 : 2);
    expect(await listed(lab, key)).toContain(other.GrantId);
  });

  it('RevokeGrant takes the permission on the key, which no grant gives', async () => {
    const lab = labWith();
    const key = await lab.key({}, ADMIN);
    const { GrantId } = await lend(lab, key, { Operations: ['Decrypt', 'RetireGrant'], RetiringPrincipal: HELPER });
    for (const caller of [WORKER, HELPER])
      expect(await lab.outcome('RevokeGrant', { KeyId: key.arn, GrantId }, caller)).toMatch(/^AccessDenied/);
    expect(await lab.outcome('RevokeGrant', { KeyId: key.arn, GrantId }, ADMIN)).toBe('ok');
  });

  it.each<[string, (made: Made) => Operations['RetireGrant']['input'], string]>([
    ['a token', ({ token }) => ({ GrantToken: token }), 'ok'],
    ['key and id', ({ key, id }) => ({ KeyId: key.arn, GrantId: id }), 'ok'],
    ['key id and id', ({ key, id }) => ({ KeyId: key.identity.id, GrantId: id }), 'ok'],
    ['nothing', () => ({}), 'ValidationException: '],
    ['the id alone', ({ id }) => ({ GrantId: id }), 'ValidationException: '],
    ['the key alone', ({ key }) => ({ KeyId: key.arn }), 'ValidationException: '],
    [
      'all three',
      ({ key, id, token }) => ({ KeyId: key.arn, GrantId: id, GrantToken: token }),
      'ValidationException: ',
    ],
    ['no token', () => ({ GrantToken: 'x' }), 'InvalidGrantTokenException: '],
    ['a malformed id', ({ key }) => ({ KeyId: key.arn, GrantId: 'x' }), 'InvalidGrantIdException: '],
    ['an id of none', ({ key }) => ({ KeyId: key.arn, GrantId: '0'.repeat(64) }), 'NotFoundException: '],
    ['the id of a grant on another key', ({ other, id }) => ({ KeyId: other.arn, GrantId: id }), 'NotFoundException: '],
  ])('RetireGrant by %s', async (_, inputOf, outcome) => {
    const lab = labWith();
    const [key, other] = [await lab.key({}, ADMIN), await lab.key({}, ADMIN)];
    const { GrantToken: token, GrantId: id } = await lend(lab, key);
    expect(await lab.outcome('RetireGrant', inputOf({ key, other, token, id }), ADMIN)).toBe(outcome);
    expect(key.grants.size).toBe(outcome === 'ok' ? 0 : 1);
  });

  it('a second time there is nothing to end', async () => {
    const lab = labWith();
    const key = await lab.key({}, ADMIN);
    const { GrantToken, GrantId } = await lend(lab, key);
    await lab.call('RetireGrant', { GrantToken }, ADMIN);
    expect(await lab.outcome('RetireGrant', { GrantToken }, ADMIN)).toBe('InvalidGrantTokenException: ');
    expect(await lab.outcome('RevokeGrant', { KeyId: key.arn, GrantId }, ADMIN)).toBe('NotFoundException: ');
    expect(await lab.outcome('RevokeGrant', { KeyId: key.arn, GrantId: 'x' }, ADMIN)).toBe('InvalidGrantIdException: ');
  });

  it('a token is known in the Region of its key', async () => {
    const lab = labWith();
    const key = await lab.key({}, ADMIN);
    const { GrantToken } = await lend(lab, key);
    const there = { region: 'eu-west-1' };
    expect(await lab.outcome('RetireGrant', { GrantToken }, ADMIN, there)).toBe('InvalidGrantTokenException: ');
  });

  it('dry runs say what would be, and change nothing', async () => {
    const lab = labWith();
    const key = await lab.key({}, ADMIN);
    const { GrantToken, GrantId } = await lend(lab, key, { Name: 'kept' });
    const would = 'DryRunOperationException: The request would have succeeded, but the DryRun option is set.';
    const DryRun = true;
    expect(await outcomeOf(lab, key, { DryRun })).toBe(would);
    expect(await outcomeOf(lab, key, { DryRun }, WORKER)).toMatch(/^AccessDenied/);
    expect(await lab.outcome('RetireGrant', { GrantToken, DryRun }, ADMIN)).toBe(would);
    expect(await lab.outcome('RevokeGrant', { KeyId: key.arn, GrantId, DryRun }, ADMIN)).toBe(would);
    expect(await lab.outcome('RevokeGrant', { KeyId: key.arn, GrantId, DryRun }, WORKER)).toMatch(/^AccessDenied/);
    expect(await listed(lab, key)).toEqual([GrantId]);
  });
});

interface Made {
  readonly key: KmsKey;
  readonly other: KmsKey;
  readonly token: string;
  readonly id: string;
}

describe('lists', () => {
  it('show all there is to a grant but its token', async () => {
    const lab = labWith();
    const key = await lab.key({}, ADMIN);
    const Constraints = { EncryptionContextSubset: { Tenant: 'blue' } };
    const { GrantId } = await lend(lab, key, { Name: 'job', RetiringPrincipal: HELPER, Constraints });
    const shown = {
      KeyId: key.arn,
      GrantId,
      Name: 'job',
      CreationDate: new Date(lab.clock.now()),
      GranteePrincipal: WORKER,
      RetiringPrincipal: HELPER,
      IssuingAccount: `arn:aws:iam::${ACCOUNT}:root`,
      Operations: ['Encrypt', 'Decrypt'],
      Constraints,
    };
    expect(await lab.call('ListGrants', { KeyId: key.arn }, ADMIN)).toEqual({ Grants: [shown], Truncated: false });
    expect(await lab.call('ListRetirableGrants', { RetiringPrincipal: HELPER }, ADMIN)).toEqual({
      Grants: [shown],
      Truncated: false,
    });
  });

  it('are filtered', async () => {
    const lab = labWith();
    const key = await lab.key({}, ADMIN);
    const [a, b] = [await lend(lab, key), await lend(lab, key, { GranteePrincipal: HELPER })];
    expect(await listed(lab, key, { GrantId: a.GrantId })).toEqual([a.GrantId]);
    expect(await listed(lab, key, { GranteePrincipal: HELPER })).toEqual([b.GrantId]);
    expect(await listed(lab, key, { GrantId: a.GrantId, GranteePrincipal: HELPER })).toEqual([]);
    expect(await listed(lab, key, { GrantId: '0'.repeat(64) })).toEqual([]);
    const ask = (more: object) => lab.outcome('ListGrants', { KeyId: key.arn, ...more }, ADMIN);
    expect(await ask({ GrantId: 'x' })).toBe('InvalidGrantIdException: ');
    expect(await ask({ GranteeServicePrincipal: 'logs.us-east-1.amazonaws.com' })).toBe('AccessDeniedException: ');
    expect(await ask({ Marker: 'x' })).toBe('InvalidMarkerException: ');
  });

  it('come in pages, of 50 where nobody says how many, each grant once', async () => {
    const lab = labWith();
    const key = await lab.key({}, ADMIN);
    const made = new Set<string>();
    for (let index = 0; index < 120; index++) made.add((await lend(lab, key, { RetiringPrincipal: HELPER })).GrantId);
    for (const [Limit, sizes] of [
      [undefined, [50, 50, 20]],
      [100, [100, 20]],
      [60, [60, 60]],
    ] as const)
      for (const ask of [
        (Marker?: string) => lab.call('ListGrants', { KeyId: key.arn, Limit, Marker }, ADMIN),
        (Marker?: string) => lab.call('ListRetirableGrants', { RetiringPrincipal: HELPER, Limit, Marker }, ADMIN),
      ]) {
        const pages: (readonly object[])[] = [];
        let Marker: string | undefined;
        do {
          const page: Operations['ListGrants']['output'] = await ask(Marker);
          pages.push(page.Grants);
          Marker = page.NextMarker;
        } while (Marker !== undefined);
        expect(pages.map(({ length }) => length)).toEqual(sizes);
        expect(new Set(pages.flat().map((grant) => (grant as { GrantId: string }).GrantId))).toEqual(made);
      }
  });

  it('of retirable grants go over the keys of a Region, in all accounts', async () => {
    const lab = labWith();
    const [key, other] = [await lab.key({}, ADMIN), await lab.key({}, ADMIN)];
    const theirs = await lab.key({}, PARTNER);
    const away = await lab.key({}, ADMIN, { region: 'eu-west-1' });
    const RetiringPrincipal = HELPER;
    const ids = [
      (await lend(lab, key, { RetiringPrincipal })).GrantId,
      (await lend(lab, other, { RetiringPrincipal })).GrantId,
      (await lend(lab, theirs, { RetiringPrincipal }, PARTNER)).GrantId,
    ];
    await lend(lab, key, { RetiringPrincipal: WORKER });
    const far = { KeyId: away.arn, GranteePrincipal: WORKER, Operations: ['Decrypt'], RetiringPrincipal };
    await lab.call('CreateGrant', far, ADMIN, { region: 'eu-west-1' });
    const { Grants } = await lab.call('ListRetirableGrants', { RetiringPrincipal }, ADMIN);
    expect(Grants.map((grant) => (grant as { GrantId: string }).GrantId)).toEqual(ids.sort());
  });

  it.each([
    [{ RetiringPrincipal: HELPER }, ADMIN, 'ok'],
    [{ RetiringPrincipal: HELPER }, WORKER, 'AccessDeniedException'],
    [{ RetiringPrincipal: PARTNER }, ADMIN, 'AccessDeniedException'],
    [{ RetiringServicePrincipal: 'logs.us-east-1.amazonaws.com' }, ADMIN, 'AccessDeniedException'],
    [{}, ADMIN, 'ValidationException'],
    [{ RetiringPrincipal: 'nobody' }, ADMIN, 'InvalidArnException'],
  ])('of retirable grants of %j for %s: %s', async (input, caller, outcome) => {
    const lab = labWith();
    expect((await lab.outcome('ListRetirableGrants', input, caller)).replace(/:.*$/s, '')).toBe(outcome);
  });
});

describe('limits', () => {
  it('a key has so many grants, and repeated requests need no more room', async () => {
    const lab = labWith({ grantsPerKey: 2 });
    const [key, other] = [await lab.key({}, ADMIN), await lab.key({}, ADMIN)];
    await lend(lab, key, { Name: 'a' });
    const { GrantId } = await lend(lab, key);
    expect(await outcomeOf(lab, key, {})).toBe('LimitExceededException: ');
    expect((await lend(lab, key, { Name: 'a' })).GrantId).toBeDefined();
    expect(await outcomeOf(lab, other, {})).toBe('ok');
    await lab.call('RevokeGrant', { KeyId: key.arn, GrantId }, ADMIN);
    expect(await outcomeOf(lab, key, {})).toBe('ok');
  });

  it('are those of AWS where nobody says otherwise', () => {
    expect(new Lab().world.grantsPerKey).toBe(50_000);
  });
});

describe('keys that cannot be used', () => {
  it('get no grants, and those that they have can be seen and ended', async () => {
    const lab = labWith();
    const key = await lab.key({}, ADMIN);
    const ids: string[] = [];
    for (let index = 0; index < 4; index++) ids.push((await lend(lab, key)).GrantId);
    for (const [disturb, error] of [
      ['DisableKey', `DisabledException: ${key.arn} is disabled.`],
      ['ScheduleKeyDeletion', `KMSInvalidStateException: ${key.arn} is pending deletion.`],
    ] as const) {
      await lab.call(disturb, { KeyId: key.arn }, ADMIN);
      expect(await outcomeOf(lab, key, {})).toBe(error);
      expect(await listed(lab, key)).toHaveLength(ids.length);
      const [one, two] = ids.splice(0, 2);
      expect(await lab.outcome('RetireGrant', { KeyId: key.arn, GrantId: one ?? '' }, ADMIN)).toBe('ok');
      expect(await lab.outcome('RevokeGrant', { KeyId: key.arn, GrantId: two ?? '' }, ADMIN)).toBe('ok');
    }
  });

  it('are gone with their grants and tokens', async () => {
    const lab = labWith();
    const key = await lab.key({}, ADMIN);
    const { GrantToken } = await lend(lab, key, { RetiringPrincipal: HELPER });
    await lab.call('ScheduleKeyDeletion', { KeyId: key.arn, PendingWindowInDays: 7 }, ADMIN);
    lab.wait(7);
    expect(await lab.outcome('RetireGrant', { GrantToken }, ADMIN)).toBe('InvalidGrantTokenException: ');
    expect((await lab.call('ListRetirableGrants', { RetiringPrincipal: HELPER }, ADMIN)).Grants).toEqual([]);
  });
});

describe('CloudTrail', () => {
  it('has the id of the grant, and tokens never', async () => {
    const lab = labWith();
    const key = await lab.key({}, ADMIN);
    const Constraints = { EncryptionContextEquals: { Tenant: 'blue' } };
    const made = await lend(lab, key, { Name: 'job', RetiringPrincipal: HELPER, Constraints });
    const again = await lend(lab, key);
    const tokens = [made.GrantToken, again.GrantToken];
    await lab.outcome('Encrypt', { KeyId: key.arn, Plaintext: utf8('x'), GrantTokens: tokens }, ADMIN);
    await lab.call('RetireGrant', { GrantToken: made.GrantToken }, HELPER);
    await lab.outcome('RetireGrant', { GrantToken: again.GrantToken }, HELPER);
    await lab.call('RevokeGrant', { KeyId: key.arn, GrantId: again.GrantId }, ADMIN);
    await lab.call('ListGrants', { KeyId: key.arn }, ADMIN);
    const events = lab.service.trail.filter(({ eventName }) => eventName.includes('Grant'));
    const told = events.map(({ eventName, errorCode, requestParameters, responseElements, additionalEventData }) => ({
      eventName,
      errorCode,
      requestParameters,
      responseElements,
      additionalEventData,
    }));
    const none = { errorCode: undefined, additionalEventData: undefined };
    expect(told).toEqual([
      {
        ...none,
        eventName: 'CreateGrant',
        requestParameters: {
          keyId: key.arn,
          granteePrincipal: WORKER,
          retiringPrincipal: HELPER,
          operations: ['Encrypt', 'Decrypt'],
          constraints: { encryptionContextEquals: { Tenant: 'blue' } },
          name: 'job',
        },
        responseElements: { keyId: key.arn, grantId: made.GrantId },
      },
      {
        ...none,
        eventName: 'CreateGrant',
        requestParameters: { keyId: key.arn, granteePrincipal: WORKER, operations: ['Encrypt', 'Decrypt'] },
        responseElements: { keyId: key.arn, grantId: again.GrantId },
      },
      {
        ...none,
        eventName: 'RetireGrant',
        requestParameters: null,
        responseElements: { keyId: key.arn },
        additionalEventData: { grantId: made.GrantId },
      },
      {
        ...none,
        eventName: 'RetireGrant',
        errorCode: 'AccessDenied',
        requestParameters: null,
        responseElements: null,
      },
      {
        ...none,
        eventName: 'RevokeGrant',
        requestParameters: { keyId: key.arn, grantId: again.GrantId },
        responseElements: { keyId: key.arn },
      },
      { ...none, eventName: 'ListGrants', requestParameters: { keyId: key.arn }, responseElements: null },
    ]);
    const all = JSON.stringify(lab.service.trail);
    for (const token of tokens) expect(all).not.toContain(token);
    expect(events.map(({ readOnly }) => readOnly)).toEqual([false, false, false, false, false, true]);
  });
});
