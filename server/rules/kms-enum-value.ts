import type { ConditionKey } from '../../simulator/facts/types.ts';
import type { Condition } from '../../simulator/policy/document.ts';
import { compileGlob } from '../../simulator/policy/syntax/glob.ts';
import { nearest } from '../../simulator/text/nearest.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { factOf, withValue } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { effectOfDeadValue, ignoresCapitals, plainValues, takesWildcards } from './support/kms-values.ts';
import { kmsConditionKeys } from './support/sources.ts';

export const kmsEnumValue = rule({
  id: 'kms-enum-value',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a value that the key of AWS KMS never has',
  documentation: {
    what: 'A value of `kms:KeySpec`, `kms:KeyUsage`, `kms:SigningAlgorithm` and the like that is none of those that the AWS KMS API has.',
    why: 'Requests have these values as the API spells them, capitals and underscores included. Another text never matches.',
    spares:
      'Wildcards under `StringLike` that cover a value, capitals where the operator ignores them, and `kms:GrantOperations`, which has a rule of its own.',
    bad: keyPolicyWithCondition('"StringEquals": { "kms:SigningAlgorithm": "RSASSA_PSS_SHA512" }', {
      action: '"kms:Sign"',
    }),
    good: keyPolicyWithCondition('"StringEquals": { "kms:SigningAlgorithm": "RSASSA_PSS_SHA_512" }', {
      action: '"kms:Sign"',
    }),
    sources: [
      kmsConditionKeys,
      {
        title: 'AWS KMS API Reference: KeyMetadata',
        url: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html',
      },
    ],
  },
  check: {
    condition(condition, statement, { report }) {
      const { operator } = condition;
      const fact = factOf(condition);
      if (!fact?.values || !fact.name.startsWith('kms:') || fact.multivalued || operator.family !== 'String') return;
      const allowed = fact.values;
      for (const { text, path } of plainValues(condition)) {
        if (allowed.some((value) => isSame(condition, text, value))) continue;
        const meant = meantValue(fact, text);
        report({
          at: { path },
          message: `\`${text}\` is no value of \`${fact.name}\``,
          why: `no request has it, ${effectOfDeadValue(condition, statement)}`,
          next: meant ? `write \`${meant}\`` : `write one of ${inWords(allowed)}`,
          fixes: meant ? [withValue(path, meant, sameLetters(meant) === sameLetters(text))] : [],
        });
      }
    },
  },
});

function isSame(condition: Condition, text: string, value: string): boolean {
  if (takesWildcards(condition)) return compileGlob(text).matches(value);
  return ignoresCapitals(condition) ? text.toUpperCase() === value.toUpperCase() : text === value;
}

/** What people take for the spec of a symmetric encryption key: in GenerateDataKey it is one of the data key. */
const SYMMETRIC = /^(AES([_-]?(128|256))?|SYMMETRIC)$/i;

function meantValue({ name, values = [] }: ConditionKey, text: string): string | undefined {
  const same = values.find((value) => sameLetters(value) === sameLetters(text));
  if (same !== undefined) return same;
  if (name === 'kms:KeySpec' && SYMMETRIC.test(text)) return 'SYMMETRIC_DEFAULT';
  return nearest(text, values);
}

/** Letters and digits alone, in one case. */
function sameLetters(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/g, '').toUpperCase();
}

const MAX_NAMED = 4;

function inWords(values: readonly string[]): string {
  const named = values.slice(0, MAX_NAMED).map((value) => `\`${value}\``);
  return named.length < values.length ? `${named.join(', ')}, …` : named.join(', ');
}
