import { expect, test } from 'vitest';
import { loadKnowledge } from '../../../server/knowledge/index.ts';
import { findConditionKey } from '../../../simulator/facts/condition-keys.ts';
import { grantOperations } from '../../../simulator/facts/grant-operations.ts';
import { findKeySpec, keySpecs, keyUsages } from '../../../simulator/facts/key-specs.ts';
import { findOperation } from '../../../simulator/facts/operations.ts';
import { origins } from '../../../simulator/facts/origins.ts';
import { rateIn, requestQuotasOf, resourceQuotas } from '../../../simulator/facts/quotas.ts';

const knowledge = await loadKnowledge();

/** All that a topic says, as one text. */
function said(id: string): string {
  const topic = knowledge.topic(id);
  expect(topic, id).toBeDefined();
  return [topic?.exam, topic?.trap, topic?.today].join(' ');
}

const limitOf = (name: string) => resourceQuotas.find((quota) => quota.name === name)?.limit;
const largest = (spec: string, algorithm: string) =>
  findKeySpec(spec)
    ?.uses.flatMap(({ algorithms }) => algorithms)
    .find(({ name }) => name === algorithm)?.maxInput;
const [symmetric] = requestQuotasOf('Decrypt', { keySpec: 'SYMMETRIC_DEFAULT', origin: 'AWS_KMS' });
const rate = (region: string) => symmetric && rateIn(symmetric, region);

test.each<[id: string, what: string, fact: string | number | undefined]>([
  ['key-types', 'the number of key specs', keySpecs.length],
  ['why-grants', 'the number of grant operations', grantOperations.length],
  ['alias-rules', 'the quota of aliases', limitOf('aliases')],
  ['rotation-on-demand', 'the quota of rotations on demand', limitOf('on-demand rotations')],
  ['envelope-encryption', 'the most that Encrypt takes', largest('SYMMETRIC_DEFAULT', 'SYMMETRIC_DEFAULT')],
  ['envelope-encryption', 'the least most with RSA', largest('RSA_2048', 'RSAES_OAEP_SHA_256')],
  ['envelope-encryption', 'the most with RSA', largest('RSA_4096', 'RSAES_OAEP_SHA_1')],
  ['partner-public-key', 'the most with RSA and SHA-256', largest('RSA_4096', 'RSAES_OAEP_SHA_256')],
  ['request-quotas', 'the quota in large Regions', rate('us-east-1')],
  ['request-quotas', 'the quota in middle Regions', rate('eu-central-1')],
  ['request-quotas', 'the quota elsewhere', rate('eu-north-1')],
  ['key-types', 'the date of ML-DSA', findKeySpec('ML_DSA_44')?.since],
  ['key-types', 'the date of Ed25519', findKeySpec('ECC_NIST_EDWARDS25519')?.since],
  ['key-types', 'the date of ML-KEM', findKeySpec('ML_KEM_512')?.since],
  ['post-quantum-keys', 'the date of Encapsulate', findOperation('Encapsulate')?.since],
  ['elliptic-curves', 'the date of DeriveSharedSecret', findOperation('DeriveSharedSecret')?.since],
  ['rotation-on-demand', 'the date of RotateKeyOnDemand', findOperation('RotateKeyOnDemand')?.since],
  [
    'origins-compared',
    'the date of external key stores',
    origins.find(({ name }) => name === 'EXTERNAL_KEY_STORE')?.since,
  ],
  ['deletion-window', 'the date of GetKeyLastUsage', findOperation('GetKeyLastUsage')?.since],
  ['deletion-window', 'the date of its condition key', findConditionKey('kms:TrailingDaysWithoutKeyUsage')?.key.since],
])('%s gives %s as the facts do', (id, _what, fact) => {
  expect(fact).toBeDefined();
  expect(said(id)).toContain(typeof fact === 'number' ? fact.toLocaleString('en-US') : fact);
});

test('key-spec-and-usage names every key usage', () => {
  for (const { name } of keyUsages) expect(said('key-spec-and-usage')).toContain(`\`${name}\``);
});
