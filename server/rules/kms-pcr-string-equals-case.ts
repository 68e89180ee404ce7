import { rule } from './rule.ts';
import { attestationKeys, isDigest, SAMPLE_DIGEST } from './support/attestation.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { factOf, underOperator } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';

const withDigest = (operator: string, digest: string) =>
  keyPolicyWithCondition(`"${operator}": { "kms:RecipientAttestation:PCR0": "${digest}" }`);

export const kmsPcrStringEqualsCase = rule({
  id: 'kms-pcr-string-equals-case',
  group: 'suspicious',
  kinds: policyKinds,
  title: 'a hash in capitals under an operator that compares them',
  documentation: {
    what: 'A hash with capital letters under `StringEquals` or `StringNotEquals` on `kms:RecipientAttestation:ImageSha384` or a `PCR` key.',
    why: 'Capitals count under these operators, and the tools that build enclaves print small letters. AWS documents `StringEqualsIgnoreCase` for hashes.',
    spares: 'Hashes in small letters, and operators that ignore capitals.',
    bad: withDigest('StringEquals', SAMPLE_DIGEST.toUpperCase()),
    good: withDigest('StringEqualsIgnoreCase', SAMPLE_DIGEST.toUpperCase()),
    sources: [attestationKeys],
  },
  check: {
    condition(condition, statement, { report }) {
      const { operator, values } = condition;
      const name = factOf(condition)?.name ?? '';
      if (!name.startsWith('kms:RecipientAttestation:')) return;
      if (operator.base !== 'StringEquals' && operator.base !== 'StringNotEquals') return;
      const value = values.find(({ text }) => isDigest(text) && /[A-F]/.test(text));
      if (!value) return;
      const like = operator.text.replace(operator.base, `${operator.base}IgnoreCase`);
      report({
        at: { path: value.path },
        message: `\`${operator.text}\` compares capitals, and hashes are mostly written in small letters`,
        why: 'the same hash in small letters does not match',
        next: `use \`${like}\``,
        fixes: underOperator(condition, statement, like, true),
      });
    },
  },
});
