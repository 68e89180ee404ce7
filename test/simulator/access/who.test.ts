import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../../../simulator/access/decide.ts';
import { keyOperations, type SubjectAccess, whatCanDo, whoCanUse } from '../../../simulator/access/who.ts';
import type { Grant, World } from '../../../simulator/access/world.ts';
import {
  callerOf,
  compiled,
  delegation,
  everything,
  type Json,
  KEY,
  OWNER,
  policy,
  role,
  STRANGER,
  user,
  worldOf,
} from './worlds.ts';

const app = role('App');
const use = { Effect: 'Allow', Principal: { AWS: app }, Action: ['kms:Decrypt', 'kms:Encrypt'], Resource: '*' };
const asked = (keyPolicy: Json, more: Omit<World, 'keyPolicy' | 'identityPolicies'> = {}) => ({
  key: KEY,
  world: { keyPolicy: compiled(keyPolicy, 'keyPolicy'), ...more },
});

/** `App: allowed Decrypt Encrypt`, a line for each row; long lists by their length. */
function lines(subjects: readonly SubjectAccess[]): string[] {
  return subjects.flatMap(({ subject: { kind, name }, rows }) =>
    rows.map(({ operations, access: { verdict, ways } }) => {
      const who = kind === 'named' ? name.replace(/^.*[/]/, '') : `${kind} ${name}`.trim();
      const what = operations.length > 5 ? `${operations.length} operations` : operations.join(' ');
      return `${who}: ${verdict} ${what} (${ways.map(({ through }) => through).join(', ')})`;
    }),
  );
}

describe('who can use a key', () => {
  test('principals that are named get in by name, and operations with the same answer are one row', () => {
    expect(lines(whoCanUse(asked(policy(use))))).toEqual(['App: allowed Decrypt Encrypt (key-policy)']);
  });

  test('an administrator of everything is one row', () => {
    const [only, ...more] = whoCanUse(asked(policy({ ...use, Action: 'kms:*' })));
    expect(more).toEqual([]);
    expect(only?.rows.map(({ operations }) => operations)).toEqual([keyOperations]);
  });

  test('an account hands on to its identity policies, and its root user acts as the account', () => {
    const narrow = { ...delegation, Action: 'kms:Decrypt' };
    const subjects = whoCanUse(asked(policy(narrow)));
    expect(lines(subjects)).toEqual([
      `root-user ${OWNER}: allowed Decrypt (key-policy)`,
      `others ${OWNER}: depends Decrypt (iam)`,
    ]);
    expect(subjects[1]?.rows[0]?.access.ways[0]?.provisos).toEqual([{ type: 'policy', layer: 'identity-policy' }]);
  });

  test('another account needs an identity policy even where it is named, and some operations end at the account', () => {
    const there = { ...use, Principal: { AWS: role('App', STRANGER) }, Action: ['kms:Decrypt', 'kms:PutKeyPolicy'] };
    expect(lines(whoCanUse(asked(policy(there))))).toEqual(['App: depends Decrypt (iam)']);
  });

  test('conditions on the request are listed, and those on the caller decided', () => {
    const condition = {
      StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com', 'kms:CallerAccount': OWNER },
      StringLike: { 'kms:EncryptionContext:tenant': 'a*' },
    };
    const [access] = whoCanUse(asked(policy({ ...use, Condition: condition })));
    expect(access?.rows).toHaveLength(1);
    expect(access?.rows[0]?.access).toMatchObject({ verdict: 'depends', denies: [], limits: [] });
    expect(access?.rows[0]?.access.ways[0]?.provisos).toEqual([
      { type: 'condition', operator: 'StringEquals', key: 'kms:ViaService', values: ['s3.us-east-1.amazonaws.com'] },
      { type: 'condition', operator: 'StringLike', key: 'kms:EncryptionContext:tenant', values: ['a*'] },
    ]);
    const elsewhere = { StringEquals: { 'kms:CallerAccount': STRANGER } };
    expect(lines(whoCanUse(asked(policy({ ...use, Condition: elsewhere }))))).toEqual([]);
  });

  test('services are never forwarded, and only they name a source', () => {
    const Principal = { AWS: app, Service: 'logs.us-east-1.amazonaws.com' };
    const via = { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } };
    const source = { StringEquals: { 'aws:SourceAccount': OWNER } };
    expect(lines(whoCanUse(asked(policy({ ...use, Principal, Condition: via }))))).toEqual([
      'App: depends Decrypt Encrypt (key-policy)',
    ]);
    expect(lines(whoCanUse(asked(policy({ ...use, Principal, Condition: source }))))).toEqual([
      'logs.us-east-1.amazonaws.com: depends Decrypt Encrypt (key-policy)',
    ]);
  });

  test('everyone is the account of the key, and anyone in another account with an identity policy', () => {
    const open = policy({ ...use, Principal: '*', Action: 'kms:Decrypt' });
    expect(lines(whoCanUse(asked(open)))).toEqual([
      `root-user ${OWNER}: allowed Decrypt (key-policy)`,
      `others ${OWNER}: allowed Decrypt (key-policy)`,
      'anyone: depends Decrypt (iam)',
    ]);
  });

  test('accounts and principals that conditions name count', () => {
    const Condition = { StringEquals: { 'kms:CallerAccount': STRANGER }, ArnEquals: { 'aws:PrincipalArn': app } };
    const names = whoCanUse(asked(policy({ ...use, Principal: '*', Condition }, delegation))).map(
      ({ subject: { kind, name } }) => `${kind} ${name}`.trim(),
    );
    expect(names).toContain(`named ${app}`);
    const stranger = { ...use, Principal: '*', Condition: { StringEquals: { 'kms:CallerAccount': STRANGER } } };
    expect(lines(whoCanUse(asked(policy(stranger))))).toContain(`others ${STRANGER}: depends Decrypt Encrypt (iam)`);
  });

  test('a Deny that surely applies takes away, one with a condition limits', () => {
    const deny = { Effect: 'Deny', Principal: '*', Action: 'kms:Encrypt', Resource: '*' };
    const [access] = whoCanUse(asked(policy(use, deny)));
    expect(lines(access ? [access] : [])).toEqual(['App: allowed Decrypt (key-policy)', 'App: denied Encrypt ()']);
    const guarded = { ...deny, Condition: { Null: { 'kms:EncryptionContextKeys': 'true' } } };
    const [limited] = whoCanUse(asked(policy(use, guarded)));
    expect(limited?.rows[1]).toMatchObject({
      operations: ['Encrypt'],
      access: {
        verdict: 'depends',
        denies: [{ layer: 'key-policy', provisos: [{ operator: 'Null', values: ['true'] }] }],
      },
    });
  });

  test('grantees get in by their grants, with the constraints as they stand', () => {
    const grants: Grant[] = [
      {
        name: '',
        granteePrincipal: role('Worker'),
        operations: ['Decrypt'],
        encryptionContextSubset: { tenant: 'acme' },
      },
      { name: '', granteePrincipal: user('Ana'), operations: ['Encrypt'] },
    ];
    const subjects = whoCanUse(asked(policy(), { grants }));
    expect(lines(subjects)).toEqual(['Worker: depends Decrypt (grant)', 'Ana: allowed Encrypt (grant)']);
    expect(subjects[0]?.rows[0]?.access.ways[0]).toMatchObject({
      grant: grants[0],
      provisos: [{ type: 'constraint', name: 'EncryptionContextSubset', values: ['tenant=acme'] }],
    });
  });

  test('what only limits is listed where it hangs on something, and decides where it does not', () => {
    const serviceControlPolicies = (each: Json) => [{ target: OWNER, policies: [compiled(policy(each), 'scp')] }];
    const named = { ...everything, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } };
    const [access] = whoCanUse(asked(policy(use), { serviceControlPolicies: serviceControlPolicies(named) }));
    expect(access?.rows[0]?.access).toMatchObject({ verdict: 'depends', limits: [{ layer: 'scp' }] });
    const closed = { ...everything, Action: 's3:*' };
    expect(whoCanUse(asked(policy(use), { serviceControlPolicies: serviceControlPolicies(closed) }))).toEqual([]);
  });
});

describe('what a principal can do', () => {
  test('with its identity policies it is settled what the account hands on', () => {
    const identity = compiled(policy({ Effect: 'Allow', Action: 'kms:Describe*', Resource: '*' }), 'identity');
    const question = { ...asked(policy(delegation)), callerSideOf: () => ({ identityPolicies: [identity] }) };
    const access = whatCanDo(callerOf(app), question);
    expect(lines([access])).toEqual(['App: allowed DescribeKey (iam)']);
    expect(access.rows[0]?.access.ways[0]?.statements.map(({ document }) => document)).toEqual([
      'keyPolicy',
      'identity',
    ]);
  });

  test('without the key policy it hangs on that', () => {
    const identity = compiled(policy({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }), 'identity');
    const question = {
      key: KEY,
      world: { keyPolicy: undefined },
      callerSideOf: () => ({ identityPolicies: [identity] }),
    };
    const access = whatCanDo(callerOf(app), question);
    expect(lines([access])).toEqual(['App: depends Decrypt (iam)']);
    expect(access.rows[0]?.access.ways[0]?.provisos).toEqual([{ type: 'policy', layer: 'key-policy' }]);
  });
});

describe('in every world', () => {
  const condition = fc.constantFrom<Json>(
    {},
    { StringEquals: { 'kms:EncryptionContext:tenant': 'acme' } },
    { StringNotEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
    { StringEquals: { 'kms:CallerAccount': OWNER } },
    { Null: { 'kms:EncryptionContextKeys': 'true' } },
    { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
  );
  const statement = fc.record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Principal: fc.constantFrom<unknown>('*', { AWS: app }, { AWS: OWNER }, { AWS: STRANGER }, { AWS: user('Ana') }),
    Action: fc.constantFrom('kms:*', 'kms:Decrypt', 'kms:En*', 'kms:PutKeyPolicy'),
    Resource: fc.constant('*'),
    Condition: condition,
  });
  const keyPolicies = fc.array(statement, { minLength: 1, maxLength: 4 }).map((each) => policy(...each));
  const bring = fc.record({
    encryptionContext: fc.constantFrom<Record<string, string>>({}, { tenant: 'acme' }, { tenant: 'zeta' }),
    context: fc.constantFrom<Record<string, string>>(
      {},
      { 'aws:SourceIp': '10.1.2.3' },
      { 'aws:SourceIp': '192.0.2.1' },
    ),
    service: fc.constantFrom('', 's3', 'ec2'),
  });

  test('no request contradicts the table', () => {
    let rows = 0;
    fc.assert(
      fc.property(keyPolicies, bring, (keyPolicy, { encryptionContext, context, service }) => {
        const world = worldOf({ keyPolicy, identityPolicies: [policy(everything)] });
        for (const name of [app, user('Ana'), role('App', STRANGER), 'root']) {
          const caller = callerOf(name);
          const table = whatCanDo(caller, {
            key: KEY,
            world,
            callerSideOf: () => ({ identityPolicies: world.identityPolicies }),
          });
          for (const action of ['Decrypt', 'Encrypt', 'PutKeyPolicy', 'DescribeKey']) {
            const row = table.rows.find(({ operations }) => operations.includes(action));
            const via = service ? { via: service } : {};
            const request = { caller, action, key: KEY, region: KEY.region, encryptionContext, context, ...via };
            const { verdict } = decide(request, world);
            rows += row ? 1 : 0;
            if (!row || row.access.verdict === 'denied') expect(verdict).toBe('denied');
            if (row?.access.verdict === 'allowed') expect(verdict).toBe('allowed');
          }
        }
      }),
      { numRuns: 100 },
    );
    expect(rows).toBeGreaterThan(100);
  });
});
