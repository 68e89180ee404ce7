import { describe, expect, test } from 'vitest';
import { denialMessage } from '../../../simulator/access/message.ts';
import {
  decided,
  delegation,
  everything,
  KEY_ARN,
  type Policies,
  policy,
  requestOf,
  role,
  STRANGER,
} from './worlds.ts';

const app = role('App');
const session = 'arn:aws:sts::111122223333:assumed-role/App/session';
const start = `User: ${session} is not authorized to perform: kms:Decrypt on`;
const onKey = `${start} resource: ${KEY_ARN}`;
const deny = { Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' };
const allow = { Effect: 'Allow', Principal: { AWS: app }, Action: 'kms:Decrypt', Resource: '*' };
const nobody = policy({ ...allow, Principal: { AWS: role('Other') } });

function messageOf(policies: Policies, more: Parameters<typeof requestOf>[2] = {}, caller = app) {
  const request = requestOf(caller, 'Decrypt', more);
  return denialMessage(decided(request, policies), request);
}

describe('recorded from KMS', () => {
  test.each<[string, Policies, string]>([
    [
      'the key policy neither allows nor delegates',
      { keyPolicy: nobody, identityPolicies: [policy(everything)] },
      `${onKey} because no resource-based policy allows the kms:Decrypt action`,
    ],
    [
      'the key policy delegates, and no identity policy allows',
      { keyPolicy: policy(delegation), identityPolicies: [] },
      `${onKey} because no identity-based policy allows the kms:Decrypt action`,
    ],
    [
      'the key policy denies',
      { keyPolicy: policy(allow, { ...deny, Principal: '*' }), identityPolicies: [] },
      `${onKey} with an explicit deny in a resource-based policy`,
    ],
  ])('%s', (_, policies, text) => {
    expect(messageOf(policies)).toMatchObject({ text, assumed: [] });
    expect(text.endsWith(` ${messageOf(policies)?.ending}`)).toBe(true);
  });

  test.each([
    [
      'Decrypt',
      {},
      nobody,
      'because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access',
    ],
    ['Decrypt', {}, policy(delegation), 'because no identity-based policy allows the kms:Decrypt action'],
    ['Decrypt', { KeyId: KEY_ARN }, nobody, undefined],
    ['ReEncryptFrom', {}, policy(delegation), 'because no identity-based policy allows the kms:ReEncryptFrom action'],
    ['ReEncryptFrom', { SourceKeyId: KEY_ARN }, nobody, undefined],
    ['Encrypt', {}, nobody, undefined],
  ] as const)(
    '%s with the parameters %o names the ciphertext only where no key is named',
    (action, input, keyPolicy, ending) => {
      const request = requestOf(app, action, { input });
      const message = denialMessage(decided(request, { keyPolicy, identityPolicies: [] }), request);
      const unnamed = `kms:${action} on the resource associated with this ciphertext ${ending}`;
      expect(message?.text).toContain(ending === undefined ? `kms:${action} on resource: ${KEY_ARN}` : unnamed);
      expect(message?.assumed).toEqual([]);
    },
  );
});

test('says of the key of another account no more than that', () => {
  const foreign = role('App', STRANGER);
  const named = policy({ ...allow, Principal: '*' });
  const denying = messageOf(
    { keyPolicy: policy({ ...allow, Principal: '*' }, { ...deny, Principal: '*' }) },
    {},
    foreign,
  );
  expect(denying?.text).toContain('kms:Decrypt on this resource because the resource does not exist in this Region, ');
  const ours = messageOf({ keyPolicy: named, identityPolicies: [] }, {}, foreign);
  expect(ours?.text).toContain(
    `kms:Decrypt on resource: ${KEY_ARN} because no identity-based policy allows the kms:Decrypt action`,
  );
});

describe('not recorded from KMS, and said so', () => {
  test('a Deny in an identity policy', () => {
    const message = messageOf({ keyPolicy: policy(delegation), identityPolicies: [policy(everything, deny)] });
    expect(message?.text).toBe(`${onKey} with an explicit deny in an identity-based policy`);
    expect(message?.assumed).toEqual(['IAM documents this ending, and no message of KMS with it was at hand']);
  });

  test.each<[string, Policies, string]>([
    [
      'SCP',
      { serviceControlPolicies: [{ target: '111122223333', policies: [policy()] }] },
      'because no service control policy allows the kms:Decrypt action',
    ],
    [
      'SCP',
      { serviceControlPolicies: [{ target: '111122223333', policies: [policy(everything, deny)] }] },
      'with an explicit deny in a service control policy',
    ],
    [
      'VPC endpoint policy',
      { vpcEndpointPolicy: policy() },
      'because no VPC endpoint policy allows the kms:Decrypt action',
    ],
    [
      'VPC endpoint policy',
      { vpcEndpointPolicy: policy({ ...everything, Principal: '*' }, { ...deny, Principal: '*' }) },
      'with an explicit deny in a VPC endpoint policy',
    ],
    ['boundary', { permissionsBoundary: policy() }, 'because no permissions boundary allows the kms:Decrypt action'],
    ['boundary', { permissionsBoundary: policy(everything, deny) }, 'with an explicit deny in a permissions boundary'],
    ['session policy', { sessionPolicies: [policy()] }, 'because no session policy allows the kms:Decrypt action'],
    ['session policy', { sessionPolicies: [policy(everything, deny)] }, 'with an explicit deny in a session policy'],
  ])('%s', (_, policies, ending) => {
    const message = messageOf({ keyPolicy: policy(delegation), identityPolicies: [policy(everything)], ...policies });
    expect(message?.text).toBe(`${onKey} ${ending}`);
    expect(message?.assumed).toEqual(['IAM documents this ending, and no message of KMS with it was at hand']);
  });

  test('which policy is named where several stand in the way', () => {
    const message = messageOf({ keyPolicy: nobody, identityPolicies: [] }, {}, role('App', STRANGER));
    expect(message?.text).toMatch(
      /kms:Decrypt on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access$/,
    );
    expect(message?.assumed).toEqual([
      'several policies stand in the way, and AWS does not document which one its message names',
    ]);
  });
});

describe('no message', () => {
  test('for what is allowed, or depends', () => {
    expect(messageOf({ keyPolicy: policy(allow) })).toBeUndefined();
    expect(messageOf({ keyPolicy: policy(delegation) })).toBeUndefined();
  });

  test('for AWS services, and for operations that end at the account', () => {
    expect(messageOf({ keyPolicy: nobody }, {}, 'service:logs.us-east-1.amazonaws.com')).toBeUndefined();
    const request = requestOf(role('App', STRANGER), 'PutKeyPolicy');
    const world = {
      keyPolicy: policy({ ...allow, Principal: '*', Action: 'kms:*' }),
      identityPolicies: [policy(everything)],
    };
    expect(denialMessage(decided(request, world), request)).toBeUndefined();
  });
});
