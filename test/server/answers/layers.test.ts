import { describe, expect, test } from 'vitest';
import { explain } from '../../../server/answers/explanation.ts';
import { because, summary } from '../../../server/answers/words.ts';
import { type Caller, parseCaller } from '../../../simulator/access/caller.ts';
import { decide } from '../../../simulator/access/decide.ts';
import { type AccessRequest, parseKeyArn } from '../../../simulator/access/request.ts';
import type { World } from '../../../simulator/access/world.ts';
import { fromValue } from '../../../simulator/json/node.ts';
import { CompiledPolicy } from '../../../simulator/policy/compile.ts';
import { readPolicy } from '../../../simulator/policy/document.ts';

const policy = (...statements: readonly object[]): CompiledPolicy =>
  new CompiledPolicy(readPolicy(fromValue({ Version: '2012-10-17', Statement: statements })));
const allows = (action: string, more: object = {}): object => ({
  Sid: `Allow ${action}`,
  Effect: 'Allow',
  Action: action,
  Resource: '*',
  ...more,
});
const denies = (action: string, more: object = {}): object => ({
  Sid: `Deny ${action}`,
  Effect: 'Deny',
  Action: action,
  Resource: '*',
  ...more,
});

const ofEveryone = policy(allows('kms:*', { Principal: '*' }));
const ofRole = policy(allows('kms:*', { Principal: { AWS: 'arn:aws:iam::111122223333:role/App' } }));
const ofNobody = policy(allows('kms:*', { Principal: { AWS: 'arn:aws:iam::111122223333:role/Other' } }));
const s3Only = policy(allows('s3:*'));

function callerOf(text: string): Caller {
  const answer = parseCaller(text, { account: '111122223333' });
  if ('problem' in answer) throw new Error(answer.problem);
  return answer.caller;
}

const request: AccessRequest = {
  caller: callerOf('arn:aws:iam::111122223333:role/App'),
  action: 'Decrypt',
  key: parseKeyArn('arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'),
  region: 'us-east-1',
};

function answered(world: Partial<World>, more: Partial<AccessRequest> = {}) {
  const asked = { ...request, ...more };
  const decision = decide(asked, { keyPolicy: ofEveryone, identityPolicies: [], ...world });
  const noDocuments = { get: () => undefined, nameOf: (document: string) => document };
  const answer = { request: asked, decision, world: { keyPolicy: ofEveryone, identityPolicies: [], ...world } };
  const { text } = explain(answer, noDocuments);
  return { because: because(decision, asked), summary: summary(decision, asked), text };
}

describe('what keeps a request out is named in words', () => {
  test.each<[string, Partial<World>, Partial<AccessRequest>, string]>([
    [
      'a level of the organization',
      {
        serviceControlPolicies: [
          { target: 'r-ab12', policies: [policy(allows('*'))] },
          { target: 'ou-ab12-11111111', policies: [s3Only] },
        ],
      },
      {},
      'no service control policy at ou-ab12-11111111 allows kms:Decrypt',
    ],
    [
      'the endpoint',
      { vpcEndpointPolicy: policy(allows('s3:*', { Principal: '*' })) },
      {},
      'the policy of the VPC endpoint does not allow kms:Decrypt for the caller',
    ],
    [
      'the boundary',
      { keyPolicy: ofRole, permissionsBoundary: s3Only },
      {},
      'the permissions boundary of the caller does not allow kms:Decrypt',
    ],
    [
      'the session',
      { keyPolicy: ofRole, sessionPolicies: [s3Only] },
      {},
      'no policy of the session allows kms:Decrypt',
    ],
    [
      'several of them',
      { keyPolicy: ofRole, permissionsBoundary: s3Only, sessionPolicies: [s3Only] },
      {},
      'the permissions boundary of the caller does not allow kms:Decrypt, and no policy of the session allows kms:Decrypt',
    ],
    [
      'a grant that is missing',
      { grants: [] },
      { action: 'RetireGrant' },
      'no grant on the key names the caller or its account as one who may retire it',
    ],
    [
      'a name that is AWS’s',
      {},
      {
        action: 'DeleteAlias',
        key: undefined,
        alias: { partition: 'aws', account: '111122223333', region: 'us-east-1', name: 'alias/aws/s3' },
      },
      '`alias/aws/s3` is reserved for AWS',
    ],
    [
      'an account',
      {},
      { action: 'PutKeyPolicy', caller: callerOf('arn:aws:iam::444455556666:role/Eve') },
      '`kms:PutKeyPolicy` does not work across accounts: the key belongs to 111122223333',
    ],
    [
      'every Deny',
      {
        permissionsBoundary: policy(denies('kms:Decrypt')),
        resourceControlPolicies: [{ target: 'r-ab12', policies: [policy(denies('kms:*', { Principal: '*' }))] }],
      },
      {},
      '“Deny kms:*” denies it explicitly (resource control policies), “Deny kms:Decrypt” (permissions boundary) does so too, and no Allow outweighs a Deny',
    ],
  ])('%s', (_, world, more, expected) => {
    const answer = answered(world, more);
    expect(answer.because).toBe(expected);
    expect(answer.summary).toMatch(/^denied/);
    expect(answer.text).toContain(expected.replaceAll('`', '').slice(0, 40));
  });
});

describe('what lets a request in', () => {
  const grant = { name: 'worker', operations: ['Decrypt'], encryptionContextSubset: { service: 'orders' } };

  test('a grant', () => {
    const world = {
      keyPolicy: ofNobody,
      grants: [{ ...grant, granteePrincipal: 'arn:aws:iam::111122223333:role/App' }],
    };
    const { because, summary, text } = answered(world, { encryptionContext: { service: 'orders' } });
    expect(because).toBe('the grant worker names the role of the session; no identity policy is needed');
    expect(summary).toBe('allowed by the grant worker');
    expect(text).toContain('✓ grants: let the request in\n  ✓ Grant worker\n');
    expect(text).toContain('✓ EncryptionContextSubset: wants service=orders and gets service=orders, which fits');
  });

  test('a grant that does not fit says where', () => {
    const world = {
      keyPolicy: ofNobody,
      grants: [{ ...grant, granteePrincipal: 'arn:aws:iam::111122223333:role/App' }],
    };
    const { text } = answered(world, { encryptionContext: { service: 'others' } });
    expect(text).toContain('✗ grants: none of them lets the request in\n  ✗ Grant worker\n');
    expect(text).toContain(
      '✗ EncryptionContextSubset: wants service=orders and gets service=others, which does not fit',
    );
  });

  test('an identity policy, on an alias', () => {
    const alias = { partition: 'aws', account: '111122223333', region: 'us-east-1', name: 'alias/orders' };
    const { because } = answered(
      { identityPolicies: [policy(allows('kms:CreateAlias'))] },
      { action: 'CreateAlias', key: undefined, alias },
    );
    expect(because).toBe('“Allow kms:CreateAlias” of an identity policy allows it on the alias');
  });
});

test('each level of the organization is shown', () => {
  const { text } = answered({
    serviceControlPolicies: [
      { target: 'r-ab12', policies: [policy(allows('*'))] },
      { target: '111122223333', policies: [s3Only] },
    ],
  });
  expect(text).toContain(
    [
      '✗ service control policies: have no statement that lets the request pass',
      '  ✓ r-ab12: let the request pass',
      '  ✗ 111122223333: have no statement that lets the request pass',
    ].join('\n'),
  );
});
