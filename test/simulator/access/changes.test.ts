import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { principalArnOf } from '../../../simulator/access/caller.ts';
import { remedyFor } from '../../../simulator/access/changes.ts';
import { decide } from '../../../simulator/access/decide.ts';
import type { AccessRequest } from '../../../simulator/access/request.ts';
import { patched } from './patch.ts';
import { LONG, WORLDS } from './properties/property.ts';
import {
  decided,
  delegation,
  everything,
  type Json,
  KEY,
  KEY_ARN,
  OWNER,
  type Policies,
  policy,
  requestOf,
  role,
  STRANGER,
  user,
  worldOf,
} from './worlds.ts';

const app = role('App');
const decrypt = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY_ARN };
const inKeyPolicy = { ...decrypt, Principal: { AWS: app }, Resource: '*' };
const other = policy({ ...inKeyPolicy, Principal: { AWS: role('Other') } });

function remedyOf(policies: Policies, request: AccessRequest = requestOf(app, 'Decrypt')) {
  return remedyFor(request, worldOf(policies), decided(request, policies));
}

/** Where each proposal adds which statement. */
function proposed(policies: Policies, request?: AccessRequest) {
  return remedyOf(policies, request).proposals.map(({ changes }) =>
    changes.map(({ document, path, statement }) => [document, path.join('/'), statement]),
  );
}

describe('the statement', () => {
  test('names the role of a session, the action and in a key policy the key as `*`', () => {
    expect(proposed({ keyPolicy: other, identityPolicies: [] })).toEqual([[['keyPolicy', 'Statement/-', inKeyPolicy]]]);
  });

  test.each([
    [user('Ana'), { AWS: user('Ana') }, undefined],
    [
      'arn:aws:sts::111122223333:assumed-role/App/job',
      { AWS: 'arn:aws:sts::111122223333:assumed-role/App/job' },
      undefined,
    ],
    ['service:logs.us-east-1.amazonaws.com', { Service: 'logs.us-east-1.amazonaws.com' }, undefined],
    [
      'root',
      { AWS: `arn:aws:iam::${OWNER}:root` },
      { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${OWNER}:root` } },
    ],
  ])('for %s names exactly that caller', (caller, Principal, Condition) => {
    const [changes] = proposed({ keyPolicy: other, identityPolicies: [] }, requestOf(caller, 'Decrypt'));
    expect(changes).toEqual([
      ['keyPolicy', 'Statement/-', { ...decrypt, Resource: '*', Principal, ...(Condition ? { Condition } : {}) }],
    ]);
  });

  test('for a service is tied to the resource that the request is made for', () => {
    const context = { 'aws:sourcearn': 'arn:aws:logs:us-east-1:111122223333:log-group:a', 'aws:SourceAccount': OWNER };
    const request = requestOf('service:logs.us-east-1.amazonaws.com', 'Decrypt', { context });
    const [changes] = remedyOf({ keyPolicy: other }, request).proposals;
    expect(changes?.changes[0]?.statement.Condition).toEqual({
      StringEquals: { 'aws:SourceAccount': OWNER },
      ArnEquals: { 'aws:SourceArn': 'arn:aws:logs:us-east-1:111122223333:log-group:a' },
    });
  });

  test('takes the encryption context along, with what looks like a variable as plain text', () => {
    const request = requestOf(app, 'Decrypt', { encryptionContext: { tenant: '${aws:username}', place: 'a*' } });
    const [changes] = remedyOf({ keyPolicy: other }, request).proposals;
    expect(changes?.changes[0]?.statement.Condition).toEqual({
      StringEquals: { 'kms:EncryptionContext:tenant': '${$}{aws:username}', 'kms:EncryptionContext:place': 'a*' },
    });
  });

  test('leaves the encryption context out where nothing is encrypted', () => {
    const request = requestOf(app, 'DescribeKey', { encryptionContext: { tenant: 'acme' } });
    const [changes] = remedyOf({ keyPolicy: other }, request).proposals;
    expect(changes?.changes[0]?.statement.Condition).toBeUndefined();
  });
});

describe('where it goes', () => {
  test('into the identity policy where the key policy hands over, or else into the key policy', () => {
    expect(proposed({ keyPolicy: policy(delegation), identityPolicies: [policy()] })).toEqual([
      [['identityPolicies/0', 'Statement/-', decrypt]],
      [['keyPolicy', 'Statement/-', inKeyPolicy]],
    ]);
  });

  test('across accounts into both', () => {
    const request = requestOf(role('App', STRANGER), 'Decrypt');
    const there = { ...inKeyPolicy, Principal: { AWS: role('App', STRANGER) } };
    expect(proposed({ keyPolicy: other, identityPolicies: [policy()] }, request)).toEqual([
      [
        ['keyPolicy', 'Statement/-', there],
        ['identityPolicies/0', 'Statement/-', decrypt],
      ],
    ]);
  });

  test('across accounts into an identity policy that nobody gave, as a policy of its own', () => {
    const request = requestOf(role('App', STRANGER), 'Decrypt');
    const [proposal] = remedyOf({ keyPolicy: other }, request).proposals;
    expect(proposal?.changes[1]).toMatchObject({
      document: undefined,
      path: [],
      add: { Version: '2012-10-17', Statement: [decrypt] },
    });
  });

  test('into a list that is made where there was a lone statement or none', () => {
    const lone = { Version: '2012-10-17', Statement: inKeyPolicy };
    const request = requestOf(user('Ana'), 'Decrypt');
    const ana = { ...inKeyPolicy, Principal: { AWS: user('Ana') } };
    expect(remedyOf({ keyPolicy: lone }, request).proposals[0]?.changes[0]).toMatchObject({
      path: ['Statement'],
      add: [inKeyPolicy, ana],
    });
    expect(remedyOf({ keyPolicy: {} }, request).proposals[0]?.changes[0]).toMatchObject({
      path: ['Statement'],
      add: [ana],
    });
  });

  test('into every layer that blocks, narrowed to the caller where a policy binds everybody', () => {
    const nothing = policy();
    const blocked: Policies = {
      keyPolicy: policy(delegation),
      identityPolicies: [nothing],
      permissionsBoundary: nothing,
      sessionPolicies: [nothing],
      vpcEndpointPolicy: nothing,
      serviceControlPolicies: [
        { target: 'r-ab12', policies: [policy(everything)] },
        { target: 'ou-ab12-11111111', policies: [nothing] },
        { target: OWNER, policies: [nothing] },
      ],
    };
    const inScp = { ...decrypt, Condition: { ArnEquals: { 'aws:PrincipalArn': app } } };
    const limits = [
      ['permissionsBoundary', 'Statement/-', decrypt],
      ['sessionPolicies/0', 'Statement/-', decrypt],
    ];
    const around = [
      ['serviceControlPolicies/1/policies/0', 'Statement/-', inScp],
      ['serviceControlPolicies/2/policies/0', 'Statement/-', inScp],
      ['vpcEndpointPolicy', 'Statement/-', { ...decrypt, Principal: { AWS: app } }],
    ];
    const [through, direct] = proposed(blocked);
    expect(through).toEqual([...around, ['identityPolicies/0', 'Statement/-', decrypt], ...limits]);
    expect(new Set(direct)).toEqual(new Set([...around, ['keyPolicy', 'Statement/-', inKeyPolicy], ...limits]));
  });

  test('an organization is asked for nothing where the ARN of the role is not known', () => {
    const request = requestOf('arn:aws:sts::111122223333:assumed-role/App/job', 'Decrypt');
    const serviceControlPolicies = [{ target: OWNER, policies: [policy()] }];
    expect(remedyOf({ keyPolicy: other, serviceControlPolicies }, request)).toMatchObject({
      proposals: [],
      obstacles: [{ type: 'unnamed', layer: 'scp', what: 'principal' }],
    });
  });

  test('nowhere where the request is allowed', () => {
    expect(remedyOf({ keyPolicy: policy(inKeyPolicy) })).toEqual({ proposals: [], obstacles: [], nearMisses: [] });
  });

  test('actions without a key are allowed on `*`, since AWS has nothing narrower', () => {
    const request = requestOf(app, 'ListKeys', { key: undefined });
    expect(proposed({ identityPolicies: [policy()] }, request)).toEqual([
      [['identityPolicies/0', 'Statement/-', { Effect: 'Allow', Action: 'kms:ListKeys', Resource: '*' }]],
    ]);
  });
});

describe('what no statement mends', () => {
  const deny = (Condition?: Json): Json => ({
    Effect: 'Deny',
    Principal: '*',
    Action: 'kms:Decrypt',
    Resource: '*',
    ...(Condition ? { Condition } : {}),
  });

  test('a Deny is named with its conditions, and nothing is proposed', () => {
    const Condition = { StringNotEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } };
    const { proposals, obstacles } = remedyOf({
      keyPolicy: policy(inKeyPolicy, deny(Condition)),
      identityPolicies: [],
    });
    expect(proposals).toEqual([]);
    expect(obstacles).toMatchObject([
      { type: 'deny', layer: 'key-policy', statement: { matched: true }, conditions: [{ key: 'kms:ViaService' }] },
    ]);
  });

  test('a Deny that hangs on something unknown is no less a Deny', () => {
    const Condition = { StringEquals: { 'aws:PrincipalTag/team': 'x' } };
    const { proposals, obstacles } = remedyOf({ keyPolicy: policy(deny(Condition)), identityPolicies: [] });
    expect(proposals).toEqual([]);
    expect(obstacles).toMatchObject([
      { type: 'deny', conditions: [{ key: 'aws:PrincipalTag/team', matched: 'unknown' }] },
    ]);
  });

  test('an operation that does not work across accounts', () => {
    const { proposals, obstacles } = remedyOf({ keyPolicy: other }, requestOf(role('App', STRANGER), 'PutKeyPolicy'));
    expect([proposals, obstacles]).toEqual([[], [{ type: 'operation' }]]);
  });

  test('a key whose ARN is not known has no place in an identity policy', () => {
    const { id: _, ...key } = KEY;
    const across = requestOf(role('App', STRANGER), 'Decrypt', { key });
    expect(remedyOf({ keyPolicy: other, identityPolicies: [policy()] }, across)).toMatchObject({
      proposals: [],
      obstacles: [{ type: 'unnamed', layer: 'identity-policy', what: 'key' }],
    });
    const own = requestOf(app, 'Decrypt', { key });
    expect(proposed({ keyPolicy: policy(delegation) }, own)).toEqual([[['keyPolicy', 'Statement/-', inKeyPolicy]]]);
  });

  test('an Allow that another request would meet is named beside the change', () => {
    const Condition = { StringEquals: { 'kms:EncryptionContext:service': 'orders' } };
    const { proposals, nearMisses } = remedyOf({
      keyPolicy: policy({ ...inKeyPolicy, Condition }),
      identityPolicies: [],
    });
    expect(proposals).toHaveLength(1);
    expect(nearMisses).toMatchObject([
      { layer: 'key-policy', condition: { key: 'kms:EncryptionContext:service', expected: ['orders'] } },
    ]);
  });
});

describe('in every world', () => {
  const callers = [
    app,
    role('Other'),
    role('App', STRANGER),
    user('Ana'),
    'root',
    'service:logs.us-east-1.amazonaws.com',
  ];
  const actions = ['Decrypt', 'Encrypt', 'DescribeKey', 'PutKeyPolicy', 'CreateGrant'];
  const contexts = [undefined, { tenant: 'acme' }, { tenant: 'zeta' }];
  const keys = [KEY, { ...KEY, id: '9999abcd-12ab-34cd-56ef-1234567890ab' }];

  const action = fc.constantFrom('kms:Decrypt', 'kms:*', 'kms:En*', ['kms:DescribeKey', 'kms:CreateGrant']);
  const condition = fc.constantFrom<Json>(
    {},
    { StringEquals: { 'kms:EncryptionContext:tenant': 'acme' } },
    { StringEquals: { 'kms:CallerAccount': OWNER } },
    { StringLike: { 'aws:PrincipalTag/team': 'a*' } },
  );
  const effect = fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny');
  const resource = fc.constantFrom('*', KEY_ARN, KEY_ARN.replace('1234abcd', '*'));
  const principal = fc.constantFrom<unknown>(
    '*',
    { AWS: app },
    { AWS: OWNER },
    { AWS: `arn:aws:iam::${STRANGER}:root` },
    { AWS: [user('Ana'), role('Other')] },
    { Service: 'logs.us-east-1.amazonaws.com' },
  );
  const statement = fc.record({ Effect: effect, Action: action, Resource: resource, Condition: condition });
  const named = fc.record({
    Effect: effect,
    Principal: principal,
    Action: action,
    Resource: fc.constant('*'),
    Condition: condition,
  });
  const policyOf = (each: fc.Arbitrary<Json>) => fc.array(each, { maxLength: 3 }).map((list) => policy(...list));
  const list = fc.array(policyOf(statement), { maxLength: 2 });
  const policies: fc.Arbitrary<Policies> = fc.record(
    {
      keyPolicy: policyOf(named),
      identityPolicies: list,
      permissionsBoundary: policyOf(statement),
      sessionPolicies: list,
      vpcEndpointPolicy: policyOf(named),
      serviceControlPolicies: fc.array(
        fc.record({
          target: fc.constantFrom('r-ab12', OWNER),
          policies: fc.array(fc.oneof(policyOf(statement), fc.constant(policy(everything))), {
            minLength: 1,
            maxLength: 2,
          }),
        }),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: ['keyPolicy'] },
  );
  const requests = callers.flatMap((caller) =>
    actions.flatMap((name) =>
      keys.flatMap((key) =>
        contexts.map((context) => requestOf(caller, name, { key, ...(context ? { encryptionContext: context } : {}) })),
      ),
    ),
  );
  const request = fc.constantFrom(...requests.filter(({ key }) => key === KEY));

  const isSamePrincipal = (one: AccessRequest, two: AccessRequest): boolean =>
    principalArnOf(one.caller) === principalArnOf(two.caller) && one.caller.type === two.caller.type;

  test('a proposed change lets the request in, and no other than those equal in principal, action and key', {
    timeout: LONG,
  }, () => {
    let proposals = 0;
    fc.assert(
      fc.property(policies, request, (given, asked) => {
        const before = worldOf(given);
        for (const { changes } of remedyOf(given, asked).proposals) {
          proposals += 1;
          const after = changes.reduce(patched, given);
          expect(decided(asked, after).verdict).toBe('allowed');
          // Others keep their own identity policies, boundary and session policies, and another key keeps its policy.
          const theirs = { ...given, ...sharedBy(after) };
          const elsewhere = { keyPolicy: given.keyPolicy ?? {} };
          const [same, sameElsewhere] = [worldOf(after), worldOf({ ...after, ...elsewhere })];
          const [others, othersElsewhere] = [worldOf(theirs), worldOf({ ...theirs, ...elsewhere })];
          for (const each of requests) {
            const isSame = isSamePrincipal(each, asked);
            const world = isSame
              ? each.key === KEY
                ? same
                : sameElsewhere
              : each.key === KEY
                ? others
                : othersElsewhere;
            if (decide(each, world).verdict !== 'allowed' || decide(each, before).verdict === 'allowed') continue;
            expect([isSame, each.action, each.key]).toEqual([true, asked.action, asked.key]);
          }
        }
      }),
      { numRuns: WORLDS },
    );
    expect(proposals).toBeGreaterThan(100);
  });

  test('no change can be left out, and none contains a wildcard but the key of a key policy', { timeout: LONG }, () => {
    fc.assert(
      fc.property(policies, request, (given, asked) => {
        for (const { changes } of remedyOf(given, asked).proposals) {
          for (const { layer, statement } of changes) {
            const { Resource, ...rest } = statement;
            expect(JSON.stringify(rest)).not.toContain('*');
            expect(Resource).toBe(layer === 'key-policy' ? '*' : KEY_ARN);
          }
          for (const spared of changes) {
            const others = changes.filter((change) => change !== spared);
            expect(decided(asked, others.reduce(patched, given)).verdict).not.toBe('allowed');
          }
        }
      }),
      { numRuns: WORLDS },
    );
  });

  function sharedBy({ keyPolicy, vpcEndpointPolicy, serviceControlPolicies }: Policies): Policies {
    return {
      ...(keyPolicy ? { keyPolicy } : {}),
      ...(vpcEndpointPolicy ? { vpcEndpointPolicy } : {}),
      ...(serviceControlPolicies ? { serviceControlPolicies } : {}),
    };
  }
});
