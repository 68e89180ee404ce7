import { describe, expect, test } from 'vitest';
import { ask } from '../../server/answers/ask.ts';
import { SourceDocument } from '../../server/documents/source.ts';
import type { SimulateRequest } from '../../server/protocol.ts';
import { documentOf, snippetOf, textOf } from './snippets.ts';

/**
 * SCPs, RCPs and endpoint policies. What their statements match does not hang on where they stand, so a Deny is tried
 * beside IAM policies or in a key policy that allow everything, and an Allow as a key policy of its own.
 */
const account = '111122223333';
const application = `arn:aws:iam::${account}:role/Application`;
const administrator = `arn:aws:iam::${account}:role/KeyAdmin`;
const key = `arn:aws:kms:us-east-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const defaults = { account, region: 'us-east-1' };

type Row = readonly [prefix: string, request: Partial<SimulateRequest>, verdict: string];

describe('SCPs, beside an IAM policy that allows everything', () => {
  test.each<Row>([
    ['kms-scp-protect-keys', { action: 'kms:ScheduleKeyDeletion' }, 'denied'],
    ['kms-scp-protect-keys', { action: 'kms:ScheduleKeyDeletion', principal: administrator }, 'allowed'],
    ['kms-scp-protect-keys', { action: 'kms:Decrypt' }, 'allowed'],
    [
      'kms-scp-guardrails',
      withKeys('ScheduleKeyDeletion', { 'kms:ScheduleKeyDeletionPendingWindowInDays': '7' }),
      'denied',
    ],
    [
      'kms-scp-guardrails',
      withKeys('ScheduleKeyDeletion', { 'kms:ScheduleKeyDeletionPendingWindowInDays': '30' }),
      'allowed',
    ],
    ['statement-deny-imported-material', withKeys('CreateKey', { 'kms:KeyOrigin': 'EXTERNAL' }), 'denied'],
    ['statement-deny-imported-material', withKeys('CreateKey', { 'kms:KeyOrigin': 'AWS_KMS' }), 'allowed'],
    ['statement-deny-imported-material', withKeys('ImportKeyMaterial', { 'kms:KeyOrigin': 'EXTERNAL' }), 'denied'],
    [
      'statement-keep-lockout-check',
      withKeys('PutKeyPolicy', { 'kms:BypassPolicyLockoutSafetyCheck': 'true' }),
      'denied',
    ],
    [
      'statement-keep-lockout-check',
      withKeys('PutKeyPolicy', { 'kms:BypassPolicyLockoutSafetyCheck': 'false' }),
      'allowed',
    ],
    ['statement-deny-multi-region-keys', withKeys('CreateKey', { 'kms:MultiRegion': 'true' }), 'denied'],
    ['statement-deny-multi-region-keys', withKeys('CreateKey', { 'kms:MultiRegion': 'false' }), 'allowed'],
    ['statement-replica-regions', withKeys('ReplicateKey', { 'kms:ReplicaRegion': 'us-west-2' }), 'denied'],
    ['statement-replica-regions', withKeys('ReplicateKey', { 'kms:ReplicaRegion': 'eu-west-1' }), 'allowed'],
    ['statement-key-specs', withKeys('CreateKey', { 'kms:KeySpec': 'RSA_2048' }), 'denied'],
    ['statement-key-specs', withKeys('CreateKey', { 'kms:KeySpec': 'SYMMETRIC_DEFAULT' }), 'allowed'],
    ['statement-keep-rotation', { action: 'kms:DisableKeyRotation' }, 'denied'],
    [
      'statement-grants-for-aws-resources-only',
      withKeys('CreateGrant', { 'kms:GrantIsForAWSResource': 'false' }),
      'denied',
    ],
    [
      'statement-grants-for-aws-resources-only',
      withKeys('CreateGrant', { 'kms:GrantIsForAWSResource': 'true' }),
      'allowed',
    ],
    ['statement-resource-perimeter', withKeys('Encrypt', { 'aws:ResourceOrgID': 'o-exampleorgid' }), 'allowed'],
    ['statement-resource-perimeter', withKeys('Encrypt', { 'aws:ResourceOrgID': 'o-strangersorg' }), 'denied'],
  ])('%s, %j: %s', (prefix, request, verdict) => {
    const everything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } };
    const result = ask({
      request: { principal: application, action: 'kms:Decrypt', key, ...request },
      keyPolicy: documentOf(snippetOf('kms-key-policy', 'kms-default-key-policy')),
      identityPolicies: [
        new SourceDocument({ uri: 'everything.iam-policy.json', text: JSON.stringify(everything) }),
        documentOf(snippetOf('kms-scp', prefix)),
      ],
      defaults,
    });
    expect(result).toMatchObject({ decision: { verdict } });
  });
});

describe('RCPs, in a key policy that allows everything', () => {
  const ours = { 'aws:PrincipalOrgID': 'o-exampleorgid' };
  const strangers = { 'aws:PrincipalOrgID': 'o-strangersorg' };

  test.each<Row>([
    ['kms-rcp-perimeter', { context: ours }, 'allowed'],
    ['kms-rcp-perimeter', { context: strangers }, 'denied'],
    ['kms-rcp-perimeter', asService('o-exampleorgid'), 'allowed'],
    ['kms-rcp-perimeter', asService('o-strangersorg'), 'denied'],
    ['statement-organization-only', { context: strangers }, 'denied'],
    ['statement-organization-only', asService('o-strangersorg'), 'allowed'],
    ['statement-organization-and-partners', { context: strangers }, 'denied'],
    [
      'statement-organization-and-partners',
      { context: { ...strangers, 'aws:PrincipalAccount': '444455556666' } },
      'allowed',
    ],
    ['statement-confused-deputy', asService('o-strangersorg'), 'denied'],
    ['statement-confused-deputy', asService('o-exampleorgid'), 'allowed'],
    ['statement-confused-deputy', { context: strangers }, 'allowed'],
    ['statement-deny-deletion', { action: 'kms:ScheduleKeyDeletion' }, 'denied'],
    ['statement-deny-deletion', { action: 'kms:ScheduleKeyDeletion', principal: administrator }, 'allowed'],
  ])('%s, %j: %s', (prefix, request, verdict) => {
    const allowed = { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' };
    expect(verdictOf('kms-rcp', prefix, request, [allowed])).toBe(verdict);
  });
});

describe('endpoint policies', () => {
  test.each<Row>([
    ['kms-vpce-account', {}, 'allowed'],
    ['kms-vpce-account', { principal: 'arn:aws:iam::444455556666:role/Reports' }, 'denied'],
    ['kms-vpce-organization', { context: organizations('o-exampleorgid', 'o-exampleorgid') }, 'allowed'],
    ['kms-vpce-organization', { context: organizations('o-exampleorgid', 'o-strangersorg') }, 'denied'],
    ['kms-vpce-organization', { context: organizations('o-strangersorg', 'o-exampleorgid') }, 'denied'],
    ['statement-role-and-key', {}, 'allowed'],
    ['statement-role-and-key', { principal: administrator }, 'denied'],
  ])('%s, %j: %s', (prefix, request, verdict) => {
    expect(verdictOf('kms-vpce-policy', prefix, request, [])).toBe(verdict);
  });
});

function verdictOf(
  language: string,
  prefix: string,
  request: Partial<SimulateRequest>,
  beside: readonly object[],
): string {
  const policy = JSON.parse(textOf(snippetOf(language, prefix)));
  const text = JSON.stringify({ ...policy, Statement: [...policy.Statement, ...beside] });
  const result = ask({
    request: { principal: application, action: 'kms:Decrypt', key, ...request },
    keyPolicy: new SourceDocument({ uri: 'snippet.key-policy.json', text }),
    identityPolicies: [],
    defaults,
  });
  return 'decision' in result ? result.decision.verdict : result.problem;
}

function withKeys(action: string, keys: Record<string, string>): Partial<SimulateRequest> {
  return { action: `kms:${action}`, context: keys };
}

/** S3 as itself, for a bucket of an organization. */
function asService(organization: string): Partial<SimulateRequest> {
  const context = { 'aws:SourceAccount': '444455556666', 'aws:SourceOrgID': organization };
  return { principal: 'service:s3.amazonaws.com', context };
}

function organizations(principal: string, resource: string): Record<string, string> {
  return { 'aws:PrincipalOrgID': principal, 'aws:ResourceOrgID': resource };
}
