import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { comparisons } from '../../../server/knowledge/comparisons/index.ts';
import { loadKnowledge, loadPractice } from '../../../server/knowledge/index.ts';

const knowledge = await loadKnowledge();
const { questions } = await loadPractice();

/**
 * Each statement of exam material that AWS of today corrects, by its number in the comparison beside this checkout, with what
 * corrects it and some words of the correction: a topic by its id, a question, or a table.
 */
const corrected: readonly (readonly [statement: string, place: string, words: string])[] = [
  ['V1.01', 'material-stays', 'FIPS 140-3 level 3'],
  ['V1.02', 'material-stays', 'plaintext data keys'],
  ['V1.03', 'envelope-encryption', '190 to 470'],
  ['V1.04', 'audit-trail', 'a trail may leave KMS events out'],
  ['V1.05', 'services-on-kms', 'SSE-S3 by default since 2023-01'],
  ['V2.01', 'key-spec-and-usage', 'five usages'],
  ['V2.02', 'storage-needs-symmetric', 'SM4 with 128 bits'],
  ['V2.03', 'elliptic-curves', 'P-521 and Ed25519'],
  ['V2.04', 'elliptic-curves', '`KEY_AGREEMENT`'],
  ['V2.05', 'post-quantum-keys', 'ML-KEM keys make shared secrets'],
  ['V2.06', 'hmac', 'no longer the newest kind'],
  ['V2.07', 'key-spec-and-usage', 'mandatory for every spec but'],
  ['V2.08', 'storage-needs-symmetric', 'Route 53 DNSSEC'],
  ['V2.09', 'partner-public-key', '446 bytes at most'],
  ['V2.10', 'hmac', 'four specs'],
  ['V2.11', 'material-stays', '`GenerateDataKeyPair`'],
  ['V3.01', 'origins-compared', '`EXTERNAL_KEY_STORE` (2022-11-29)'],
  ['V3.02', 'rotation-scope', '90 to 2,560 days'],
  ['V3.03', 'table:origins', 'all but ML_DSA_44'],
  ['V3.04', 'bring-your-own-key', '`RotateKeyOnDemand` since 2025-06-05'],
  ['V3.05', 'bring-your-own-key', '`RSA_AES_KEY_WRAP_SHA_256`'],
  ['V3.06', 'bring-your-own-key', 'only the **same** material restores'],
  ['V3.07', 'revoke-at-once', '`DisableKey` does it for every customer managed key'],
  ['V3.08', 'cloudhsm-key-store', 'external key stores (2022-11-29) go further'],
  ['V3.09', 'origins-compared', 'CloudHSM level 3 as well'],
  ['V3.10', 'cloudhsm-key-store', "the hardware is AWS's"],
  ['V3.11', 'deletion-window', 'can be deleted at once'],
  ['V3.12', 'deletion-cancelled', '`PendingDeletion` and not disabled'],
  ['V3.13', 'deletion-cancelled', '**`Disabled`** and not active'],
  ['V3.14', 'deletion-cancelled', 'only a related multi-Region key helps'],
  ['V3.15', 'material-expiry', 'Expiry is the default'],
  ['V3.16', 'material-expiry', 'It is no rotation'],
  ['V3.17', 'deletion-window', '`GetKeyLastUsage` tells **before** you schedule'],
  ['V3.18', 'origin-aws-kms', 'Only this origin has the eleven nines'],
  ['V3.19', 'cloudhsm-key-store', 'do not rotate on demand either'],
  ['V4.01', 'default-key-policy', 'Naming the account is enough'],
  ['V4.02', 'key-policy-and-iam', 'Both must allow only across accounts'],
  ['V4.03', 'default-key-policy', 'does not mean everybody'],
  ['V4.04', 'default-key-policy', 'only their *Allow* is void'],
  ['V4.05', 'key-policy-and-iam', 'IAM alone suffices'],
  ['V4.06', 'iam-policies-add', 'are decided by IAM policies alone'],
  ['V4.07', 'permission-names', '`kms:ReEncrypt` is not an action'],
  ['V4.08', 'envelope-encryption', 'the limit of `SYMMETRIC_DEFAULT`'],
  ['V4.09', 'data-key-for-later', 'The plaintext is only postponed'],
  ['V4.10', 'grants-do-not-expire', 'Grants never expire'],
  ['V4.11', 'why-grants', 'a list of them, out of 19'],
  ['V4.12', 'ebs-grants', 'Data keys are made with the volume'],
  ['V4.13', 'ebs-grants', 'with the permissions of the user'],
  ['V4.14', 'grants-do-not-expire', 'only if the grant lists `RetireGrant`'],
  ['V4.15', 'grant-parts', 'never a group'],
  ['V4.16', 'grants-do-not-expire', '`Decrypt` and not `kms:Decrypt`'],
  ['V4.17', 'encryption-context', 'Only symmetric encryption keys have it'],
  ['V4.18', 'encryption-context', 'It is no secret'],
  ['V4.19', 'context-separates', 'which is no condition key'],
  ['V4.20', 'context-separates', 'does not stop those who come in through the account'],
  ['V4.21', 'context-separates', 'S3 sets the context itself'],
  ['V4.22', 'grant-constraints', 'constraints and no conditions'],
  ['V4.23', 'decision-order', 'No grant overrides a Deny'],
  ['V4.24', 'decision-order', 'There is no order, and every Deny counts'],
  ['V4.25', 'audit-trail', 'Operations that take no context log none'],
  ['V4.26', 'decision-order', 'The message names the kind'],
  ['V5.01', 'rotation-keeps-data', 'The period can be chosen'],
  ['V5.02', 'rotation-on-demand', 'at most **25** times'],
  ['V5.03', 'rotation-scope', 'also of external key stores, ML-DSA and ML-KEM'],
  ['V5.04', 'rotation-period', 'so 90 days is automatic'],
  ['V5.05', 'rotation-by-hand', 'Still the way for asymmetric and HMAC keys'],
  ['V5.06', 'rotation-keeps-data', 'kept until the key is deleted'],
  ['V5.07', 'alias-instead-of-arn', 'fails on old ciphertext'],
  ['V5.08', 'alias-rules', 'same type, usage, account and Region'],
  ['V5.09', 'rotation-by-hand', 'nothing else decrypts its data'],
  ['V5.10', 'aws-managed-aliases', 'belongs to SSE-KMS'],
  ['V5.11', 'aws-managed-aliases', 'new Aurora clusters (2026-02-18)'],
  ['V5.12', 'aws-managed-aliases', 'The term CMK was dropped in 2021'],
  ['V5.13', 'aws-managed-keys', 'since May 2022'],
  ['V5.14', 'aws-managed-keys', 'services that use them can share data'],
  ['V5.15', 'multi-region-keys', 'share the whole key id'],
  ['V5.16', 'multi-region-properties', 'HMAC keys and imported material can be'],
  ['V5.17', 'multi-region-keys', 'since 2021-06'],
  ['V5.18', 'multi-region-properties', 'has to be in every replica before rotation'],
  ['V5.19', 'multi-region-uses', '**Most services** treat them like'],
  ['V5.20', 'multi-region-keys', 'each table uses a key of its Region'],
  ['V5.21', 'multi-region-latency', 'Only a key that was created as multi-Region'],
  ['V5.22', 'multi-region-properties', 'needs a replica that exists'],
  ['V5.23', 'multi-region-uses', 'weakens the separation of Regions'],
  ['V6.01', 'envelope-encryption', '122,071 calls'],
  ['V6.02', 'envelope-steps', 'about a second, no milliseconds'],
  ['V6.03', 'envelope-steps', 'not anywhere'],
  ['V6.04', 'envelope-steps', 'also needs the encryption context'],
  ['V6.05', 's3-sse-kms', '**S3 Bucket Keys** save'],
  ['V6.06', 'ebs-volumes', 'when the volume is **created**'],
  ['V6.07', 'ebs-volumes', 'Nitro hardware'],
  ['V6.08', 'ebs-volumes', 'does not stop an attached volume'],
  ['V6.08', 'rds-snapshot-copy', 'about two hours after RDS notices'],
  ['V6.09', 'rds-snapshot-copy', 'since 2026-02-18 are always encrypted'],
  ['V6.10', 'lambda-environment', 'Lambda makes a **grant**'],
  ['V6.11', 'secrets-manager', 'Each **version** of a secret'],
  ['V6.12', 'reencrypt', 'It takes what KMS itself encrypted'],
  ['V6.13', 'reencrypt-after-compromise', 'changes only the wrapper'],
  ['V6.14', 'reencrypt', 'Two permissions are needed'],
  ['V6.15', 'reencrypt', 'With the same key as both'],
  ['V6.16', 'request-quotas', 'count against the caller'],
  ['V6.17', 'request-quotas', 'Only symmetric cryptography shares a quota'],
  ['V6.18', 'request-quotas', 'Lambda make for you count as well'],
  ['V6.19', 'data-key-for-later', 'moves the calls in time'],
  ['V6.20', 's3-throttling', 'cannot use a cache of the client'],
  ['VQ1', 'envelope-encryption', 'SSE-KMS is simpler still'],
  ['VQ2', 'rotation-keeps-data', 'could not change its key anyway'],
  ['VQ3', 'key-policy-and-iam', 'just one of these'],
  ['VQ4', 'question:revoke-at-once', '`DisableKey`'],
  ['VQ5', 'question:slow-in-europe', 'multi-Region from its creation or never'],
  ['VQ6', 'question:context-enforced', 'No option that was printed is right'],
  ['VQ7', 'reencrypt-to-another-account', 'not for data of S3 or EBS'],
  ['VQ8', 'two-errors', 'The names are more exact'],
  ['VQ9', 'audit-trail', '90 days, Region by Region'],
  ['VQ10', 'question:hsm-of-our-own', 'KMS is at FIPS 140-3 Level 3'],
];

function textAt(place: string): string {
  const [kind = '', id = ''] = place.includes(':') ? place.split(':') : ['topic', place];
  if (kind === 'table') return JSON.stringify(comparisons.find((each) => each.id === id)?.rows() ?? []);
  const { printed = '', today = '' } = questions.find((each) => kind === 'question' && each.id === id)?.outdated ?? {};
  const topic = kind === 'topic' ? knowledge.topic(id) : undefined;
  return [printed, today, topic?.trap, topic?.today].join(' ');
}

test.each(corrected)('statement %s is put right at %s: %s', (_, place, words) => {
  expect(textAt(place)).toContain(words);
});

const comparison = new URL('../../../../shared/facts/article-vs-aws.md', import.meta.url);

if (existsSync(comparison)) describe('the comparison with AWS', compare);
else
  test('statements are not compared with a list: there is none beside this checkout', () =>
    expect(existsSync(comparison)).toBe(false));

function compare(): void {
  const known = new Set(corrected.map(([statement]) => statement));
  const rows = [...readFileSync(comparison, 'utf8').matchAll(/^\| (VQ?[\d.]+) \|/gm)].map(([, row = '']) => row);

  test('has 104 statements and ten printed answers, all of which are put right', () => {
    expect(rows.filter((row) => !row.startsWith('VQ'))).toHaveLength(104);
    expect(rows.filter((row) => row.startsWith('VQ'))).toHaveLength(10);
    expect(rows.filter((row) => !known.has(row))).toEqual([]);
  });
}
