import { describe, expect, test } from 'vitest';
import { ask } from '../../server/answers/ask.ts';
import { SourceDocument } from '../../server/documents/source.ts';
import type { SimulateRequest } from '../../server/protocol.ts';
import { documentOf, snippetOf, textOf } from './snippets.ts';

/** What the snippets promise, asked of the evaluator: the account owns the key unless a row says otherwise. */
const account = '111122223333';
const application = `arn:aws:iam::${account}:role/Application`;
const administrator = `arn:aws:iam::${account}:role/KeyAdmin`;
const key = `arn:aws:kms:us-east-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const trail = `arn:aws:cloudtrail:us-east-1:${account}:trail/management-events`;

type Row = readonly [prefix: string, request: Partial<SimulateRequest>, verdict: string];

describe('key policies', () => {
  test.each<Row>([
    ['kms-default-key-policy', {}, 'depends'],
    ['kms-console-key-policy', {}, 'allowed'],
    ['kms-console-key-policy', { principal: administrator, action: 'kms:PutKeyPolicy' }, 'allowed'],
    ['kms-application-key-policy', { encryptionContext: { service: 'orders' } }, 'allowed'],
    ['kms-application-key-policy', { encryptionContext: { service: 'payments' } }, 'denied'],
    ['kms-application-key-policy', {}, 'denied'],
    ['kms-signing-key-policy', { principal: `arn:aws:iam::${account}:role/Signer`, action: 'kms:Sign' }, 'allowed'],
    ['kms-signing-key-policy', { action: 'kms:Sign' }, 'denied'],
    ['kms-signing-key-policy', { action: 'kms:Verify' }, 'depends'],
    ['statement-administrators', { principal: administrator, action: 'kms:PutKeyPolicy' }, 'allowed'],
    ['statement-administrators', { principal: administrator, action: 'kms:CreateGrant' }, 'denied'],
    ['statement-administrators', { principal: administrator }, 'denied'],
    ['statement-users', {}, 'allowed'],
    ['statement-users', { action: 'kms:CreateGrant' }, 'denied'],
    ['statement-users-with-context', { encryptionContext: { service: 'orders', stage: 'test' } }, 'allowed'],
    ['statement-users-with-context', {}, 'denied'],
    ['statement-grants-for-aws-resources', grant('true'), 'allowed'],
    ['statement-grants-for-aws-resources', grant('false'), 'denied'],
    ['statement-via-service', { via: 's3' }, 'allowed'],
    ['statement-via-service', { via: 's3', region: 'eu-west-1' }, 'denied'],
    ['statement-via-service', { via: 'sqs' }, 'denied'],
    ['statement-via-service', {}, 'denied'],
    ['statement-account-via-service', { via: 's3' }, 'allowed'],
    ['statement-account-via-service', { via: 's3', principal: 'arn:aws:iam::444455556666:role/Reports' }, 'denied'],
    ['statement-via-storage', { via: 'ec2', ...grant('true') }, 'allowed'],
    ['statement-via-storage', grant('true'), 'denied'],
  ])('%s, %j: %s', (prefix, request, verdict) => {
    expect(verdictOf(prefix, request)).toBe(verdict);
  });

  test.each<Row>([
    ['statement-deny-without-context', { encryptionContext: { service: 'anything' } }, 'allowed'],
    ['statement-deny-without-context', { encryptionContext: { stage: 'test' } }, 'denied'],
    ['statement-deny-without-context', {}, 'denied'],
    ['statement-deny-other-contexts', { encryptionContext: { service: 'orders' } }, 'allowed'],
    ['statement-deny-other-contexts', { encryptionContext: { service: 'Orders' } }, 'denied'],
    ['statement-deny-other-contexts', {}, 'denied'],
    ['statement-deny-direct-use', { via: 's3' }, 'allowed'],
    ['statement-deny-direct-use', {}, 'denied'],
    ['statement-deny-outside-vpce', context({ 'aws:SourceVpce': 'vpce-1234abcdf5678c90a' }), 'allowed'],
    ['statement-deny-outside-vpce', context({ 'aws:SourceVpce': 'vpce-0000000000000000a' }), 'denied'],
    [
      'statement-deny-outside-vpce',
      { via: 's3', ...context({ 'aws:SourceVpce': 'vpce-0000000000000000a' }) },
      'allowed',
    ],
    ['statement-mfa-for-deletion', deletion({ 'aws:MultiFactorAuthPresent': 'true' }), 'allowed'],
    ['statement-mfa-for-deletion', deletion({ 'aws:MultiFactorAuthPresent': 'false' }), 'denied'],
    ['statement-long-deletion-window', deletion({ 'kms:ScheduleKeyDeletionPendingWindowInDays': '30' }), 'allowed'],
    ['statement-long-deletion-window', deletion({ 'kms:ScheduleKeyDeletionPendingWindowInDays': '7' }), 'denied'],
  ])('%s beside statements that allow, %j: %s', (prefix, request, verdict) => {
    expect(verdictOf(prefix, request, ['statement-users', 'statement-administrators'])).toBe(verdict);
  });
});

describe('services that call as themselves', () => {
  const bucket = 'arn:aws:s3:::amzn-s3-demo-bucket';
  const own = { 'aws:SourceAccount': account };

  test.each<Row>([
    ['statement-cloudtrail', asCloudTrail(trail), 'allowed'],
    ['statement-cloudtrail', asCloudTrail(`${trail}-2`), 'denied'],
    ['statement-cloudtrail', { ...asCloudTrail(trail), action: 'kms:DescribeKey' }, 'allowed'],
    ['statement-cloudtrail', { ...asCloudTrail(trail), action: 'kms:Decrypt' }, 'denied'],
    ['statement-cloudwatch-logs', asLogs('/orders/api'), 'allowed'],
    ['statement-cloudwatch-logs', asLogs('/payments/api'), 'denied'],
    ['statement-s3-events', as('s3', { ...own, 'aws:SourceArn': bucket }), 'allowed'],
    ['statement-s3-events', as('s3', { ...own, 'aws:SourceArn': 'arn:aws:s3:::other' }), 'denied'],
    ['statement-s3-events', as('s3', { 'aws:SourceAccount': '444455556666', 'aws:SourceArn': bucket }), 'denied'],
    ['statement-sns', as('sns', { ...own, 'aws:SourceArn': `arn:aws:sns:us-east-1:${account}:orders` }), 'allowed'],
    ['statement-sns', as('sns', { ...own, 'aws:SourceArn': `arn:aws:sns:us-east-1:${account}:other` }), 'denied'],
    ['statement-route53-dnssec', { ...asRoute53(own), action: 'kms:Sign' }, 'allowed'],
    [
      'statement-route53-dnssec',
      { ...asRoute53({ 'aws:SourceAccount': '444455556666' }), action: 'kms:Sign' },
      'denied',
    ],
  ])('%s, %j: %s', (prefix, request, verdict) => {
    expect(verdictOf(prefix, request)).toBe(verdict);
  });

  test('the service-linked role of Auto Scaling lends the key, but to services only', () => {
    const path = 'aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';
    const principal = `arn:aws:iam::${account}:role/${path}`;
    expect(verdictOf('statement-auto-scaling', { principal })).toBe('allowed');
    expect(verdictOf('statement-auto-scaling', { ...grant('true'), principal })).toBe('allowed');
    expect(verdictOf('statement-auto-scaling', { ...grant('false'), principal })).toBe('denied');
  });
});

describe('IAM policies, under the default key policy', () => {
  const objects = 'arn:aws:s3:::amzn-s3-demo-bucket/orders.csv';

  test.each<Row>([
    ['kms-use-key', {}, 'allowed'],
    ['kms-use-key', { key: key.replace(/key\/.*/, 'key/0987dcba-09fe-87dc-65ba-ab0987654321') }, 'denied'],
    ['kms-use-key-through-s3', { via: 's3', encryptionContext: { 'aws:s3:arn': objects } }, 'allowed'],
    ['kms-use-key-through-s3', { via: 's3', encryptionContext: { 'aws:s3:arn': 'arn:aws:s3:::other/x' } }, 'denied'],
    ['kms-use-key-through-s3', { encryptionContext: { 'aws:s3:arn': objects } }, 'denied'],
    ['kms-use-keys-by-tag', tags('orders', 'orders'), 'allowed'],
    ['kms-use-keys-by-tag', tags('orders', 'payments'), 'denied'],
    ['kms-look-at-keys', { action: 'kms:ListKeys' }, 'allowed'],
    ['kms-look-at-keys', { action: 'kms:GetKeyPolicy' }, 'allowed'],
    ['kms-look-at-keys', {}, 'denied'],
    ['kms-create-keys', { action: 'kms:CreateKey' }, 'allowed'],
    ['kms-create-keys', {}, 'denied'],
    ['statement-deny-deletion', { action: 'kms:ScheduleKeyDeletion' }, 'denied'],
  ])('%s, %j: %s', (prefix, request, verdict) => {
    const result = ask({
      request: { principal: application, action: 'kms:Decrypt', key, ...request },
      keyPolicy: documentOf(snippetOf('kms-key-policy', 'kms-default-key-policy')),
      identityPolicies: [documentOf(snippetOf('kms-iam-policy', prefix))],
      defaults: { account, region: 'us-east-1' },
    });
    expect(result).toMatchObject({ decision: { verdict } });
  });

  test('both halves of cross-account use fit together', () => {
    const foreign = 'arn:aws:iam::444455556666:role/Application';
    const question = {
      request: { principal: foreign, action: 'kms:Decrypt', key },
      keyPolicy: documentOf(snippetOf('kms-key-policy', 'statement-cross-account')),
      defaults: { account, region: 'us-east-1' },
    };
    const half = documentOf(snippetOf('kms-iam-policy', 'kms-use-key-of-other-account'), new Map([[2, account]]));
    expect(ask({ ...question, identityPolicies: [half] })).toMatchObject({ decision: { verdict: 'allowed' } });
    expect(ask({ ...question, identityPolicies: [] })).toMatchObject({ decision: { verdict: 'denied' } });
  });
});

/** The verdict under a key policy of the snippet and of others beside it; the caller's IAM policies are not known. */
function verdictOf(prefix: string, request: Partial<SimulateRequest>, beside: readonly string[] = []): string {
  const texts = [prefix, ...beside].map((each) => JSON.parse(textOf(snippetOf('kms-key-policy', each))));
  const text = JSON.stringify({ ...texts[0], Statement: texts.flatMap(({ Statement }) => Statement) });
  const result = ask({
    request: { principal: application, action: 'kms:Decrypt', keyAccount: account, ...request },
    keyPolicy: new SourceDocument({ uri: 'snippet.key-policy.json', text }),
    identityPolicies: undefined,
    defaults: { account, region: 'us-east-1' },
  });
  return 'decision' in result ? result.decision.verdict : result.problem;
}

function context(keys: Record<string, string>): Partial<SimulateRequest> {
  return { context: keys };
}

function deletion(keys: Record<string, string>): Partial<SimulateRequest> {
  return { principal: administrator, action: 'kms:ScheduleKeyDeletion', context: keys };
}

function grant(forAwsResource: string): Partial<SimulateRequest> {
  return { action: 'kms:CreateGrant', context: { 'kms:GrantIsForAWSResource': forAwsResource } };
}

function tags(principal: string, resource: string): Partial<SimulateRequest> {
  return { context: { 'aws:PrincipalTag/team': principal, 'aws:ResourceTag/team': resource } };
}

function as(service: string, keys: Record<string, string>): Partial<SimulateRequest> {
  return { principal: `service:${service}.amazonaws.com`, context: keys };
}

function asCloudTrail(arn: string): Partial<SimulateRequest> {
  const encryptionContext = { 'aws:cloudtrail:arn': arn };
  return { ...as('cloudtrail', { 'aws:SourceArn': arn }), action: 'kms:GenerateDataKey', encryptionContext };
}

function asLogs(group: string): Partial<SimulateRequest> {
  const encryptionContext = { 'aws:logs:arn': `arn:aws:logs:us-east-1:${account}:log-group:${group}` };
  return { ...as('logs.us-east-1', {}), encryptionContext };
}

function asRoute53(keys: Record<string, string>): Partial<SimulateRequest> {
  return as('dnssec-route53', { ...keys, 'aws:SourceArn': 'arn:aws:route53:::hostedzone/Z0123456789EXAMPLE' });
}
