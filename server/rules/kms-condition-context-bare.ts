import type { Condition, Statement } from '../../simulator/policy/document.ts';
import { hole } from './holes.ts';
import { type Fix, rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { atKey, effectWithoutKey, withKey } from './support/conditions.ts';
import { pairsOf, pairwise } from './support/context-pairs.ts';
import { policyKinds } from './support/kinds.ts';
import { kmsConditionKeys } from './support/sources.ts';

export const kmsConditionContextBare = rule({
  id: 'kms-condition-context-bare',
  group: 'invalid',
  kinds: policyKinds,
  title: '`kms:EncryptionContext` without `:` and a key',
  documentation: {
    what: '`kms:EncryptionContext` alone, with nothing after its colon, or with `/` where the colon belongs.',
    why:
      'Each pair of an encryption context has a condition key of its own, which ends in the key of the pair: ' +
      '`kms:EncryptionContext:stage`. No request has `kms:EncryptionContext` itself, so a condition on it is about nothing.',
    spares: '`kms:EncryptionContextKeys`, which is about the keys alone, and keys that a template fills in.',
    bad: keyPolicyWithCondition('"StringEquals": { "kms:EncryptionContext": { "stage": "prod" } }'),
    good: keyPolicyWithCondition('"StringEquals": { "kms:EncryptionContext:stage": "prod" }'),
    sources: [kmsConditionKeys],
  },
  check: {
    condition(condition, statement, context) {
      const { key } = condition;
      if (key.kind !== 'malformed' || key.service !== 'kms' || key.name.toLowerCase() !== 'encryptioncontext') return;
      const code = key.problems[0]?.code;
      if (code !== 'variable-missing' && code !== 'separator') return;
      context.report({
        at: atKey(condition),
        message:
          code === 'separator'
            ? `\`${key.text}\` has \`/\` where \`:\` belongs`
            : `\`${key.text}\` does not say which pair of the encryption context it tests`,
        why: `no request has such a key, ${effectWithoutKey(condition, statement)}`,
        next: 'write `kms:EncryptionContext:` and the key of the pair',
        fixes: fixesOf(condition, statement),
      });
    },
  },
});

function fixesOf(condition: Condition, statement: Statement): Fix[] {
  const plain = condition.operator.text === 'StringEquals';
  const { text, problems } = condition.key;
  const pair = problems[0]?.code === 'separator' ? text.slice(problems[0].span.end) : '';
  if (pair !== '') return withKey(condition, statement, `kms:EncryptionContext:${pair}`, plain);
  const pairs = pairsOf(condition, statement);
  if (pairs) return [pairwise(pairs, condition, statement, plain)].filter((fix) => fix !== undefined);
  if (condition.values.length === 0) return [];
  const named: Fix = {
    title: 'add the key of the pair',
    safe: false,
    edits: [{ op: 'replace', place: atKey(condition), text: JSON.stringify(`kms:EncryptionContext:${hole('key')}`) }],
  };
  return [named];
}
