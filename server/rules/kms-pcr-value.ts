import type { Condition } from '../../simulator/policy/document.ts';
import { hasWildcard } from '../../simulator/policy/syntax/arn.ts';
import { rule } from './rule.ts';
import { attestationKeys, isDigest, SAMPLE_DIGEST } from './support/attestation.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { factOf } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { effectOfDeadValue, plainValues } from './support/kms-values.ts';

export const kmsPcrValue = rule({
  id: 'kms-pcr-value',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a measurement of an enclave that no enclave has',
  documentation: {
    what: 'A value of `kms:RecipientAttestation:ImageSha384` or of a `PCR` key that is not 96 hexadecimal digits, and a `PCR0`, `PCR1` or `PCR2` of nothing but zeros.',
    why: 'The keys hold SHA-384 hashes, written with 96 digits, so another text never matches. Zeros are what an enclave in debug mode attests, whatever code it runs: a condition on them proves nothing.',
    spares: 'Wildcards, negated operators with zeros, which keep debug enclaves out, and what a template fills in.',
    bad: keyPolicyWithCondition('"StringEqualsIgnoreCase": { "kms:RecipientAttestation:PCR0": "7fb5c55bc2ecbb68" }'),
    good: keyPolicyWithCondition(`"StringEqualsIgnoreCase": { "kms:RecipientAttestation:PCR0": "${SAMPLE_DIGEST}" }`),
    sources: [attestationKeys],
  },
  check: {
    condition(condition, statement, { report }) {
      const name = factOf(condition)?.name ?? '';
      if (!name.startsWith('kms:RecipientAttestation:') || condition.operator.family !== 'String') return;
      for (const { text, path } of plainValues(condition)) {
        if (hasWildcard(text)) continue;
        if (!isDigest(text)) {
          report({
            at: { path },
            message: `\`${text}\` is no SHA-384 hash, which has 96 hexadecimal digits`,
            why: `no attestation has it, ${effectOfDeadValue(condition, statement)}`,
            next: 'take the value from the build of the enclave',
          });
        } else if (isDebug(condition, text)) {
          report({
            at: { path },
            message: `\`${condition.key.text}\` is all zeros in debug mode alone`,
            why: 'every enclave in debug mode attests zeros, whatever code it runs',
            next: 'take the value from an enclave that was started without debug mode',
          });
        }
      }
    },
  },
});

/** The registers that hold hashes of the enclave's image and are zero in debug mode. */
function isDebug({ key, operator }: Condition, text: string): boolean {
  return !operator.negated && /^kms:recipientattestation:(pcr[0-2]|imagesha384)$/.test(key.lower) && /^0+$/.test(text);
}
