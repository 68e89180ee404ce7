import type { Condition, ConditionValue, Statement } from '../../simulator/policy/document.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { atKey, withValue } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { ignoresCapitals, plainValues } from './support/kms-values.ts';
import { kmsConditionKeys } from './support/sources.ts';

const pair = (key: string): string => `
"StringEquals": { "kms:EncryptionContext:Stage": "prod" },
"ForAnyValue:StringEquals": { "kms:EncryptionContextKeys": "${key}" }`;

export const kmsContextKeyCase = rule({
  id: 'kms-context-key-case',
  group: 'suspicious',
  kinds: policyKinds,
  title: 'a key of the encryption context in different capitals',
  documentation: {
    what: 'A statement that spells one key of the encryption context in two ways that differ in nothing but capitals.',
    why: 'In the name of a condition key capitals do not count, so `kms:EncryptionContext:Stage` and `kms:EncryptionContext:stage` are one key. In the values of `kms:EncryptionContextKeys` they do count, so `stage` there is not the key `Stage`.',
    spares:
      'Both spellings in one list, operators that ignore capitals, other statements, and two spellings under one operator, of which `cond-key-duplicate-case` speaks.',
    bad: keyPolicyWithCondition(pair('stage')),
    good: keyPolicyWithCondition(pair('Stage')),
    sources: [kmsConditionKeys],
  },
  check: {
    statement(statement, { report }) {
      const seen = new Map<string, Condition>();
      for (const condition of statement.conditions) {
        const key = pairKey(condition);
        if (key === undefined) continue;
        const first = seen.get(key.toLowerCase());
        if (!first) seen.set(key.toLowerCase(), condition);
        if (!first || pairKey(first) === key || first.operator.text === condition.operator.text) continue;
        report({
          at: atKey(condition),
          message: `\`${condition.key.text}\` and \`${first.key.text}\` are the same condition key`,
          why: 'capitals do not count in it, so both test one value',
          next: 'spell it as the callers do',
          related: [{ place: atKey(first), message: 'the same key' }],
        });
      }
      for (const { value, tested } of otherCapitals(statement, seen)) {
        const key = pairKey(tested) ?? '';
        report({
          at: { path: value.path },
          message: `\`${value.text}\` is not the key \`${key}\` of the encryption context`,
          why: `capitals count here, but not in \`${tested.key.text}\``,
          next: `write \`${key}\`, or the other way round, as the callers do`,
          related: [{ place: atKey(tested), message: `spelt \`${key}\` here` }],
          fixes: [withValue(value.path, key, false)],
        });
      }
    },
  },
});

/** The key of the pair that a condition tests; undefined for all else. */
function pairKey({ key }: Condition): string | undefined {
  return key.kind === 'key' && key.stem === 'kms:encryptioncontext:' ? key.variable?.text : undefined;
}

/** Values of `kms:EncryptionContextKeys` that are spelt otherwise than the condition on their pair. */
function* otherCapitals(
  { conditions }: Statement,
  seen: ReadonlyMap<string, Condition>,
): Generator<{ readonly value: ConditionValue; readonly tested: Condition }> {
  for (const condition of conditions) {
    const { key, operator } = condition;
    if (key.lower !== 'kms:encryptioncontextkeys' || operator.family !== 'String' || ignoresCapitals(condition))
      continue;
    const written = new Set(condition.values.map(({ text }) => text));
    for (const value of plainValues(condition)) {
      const tested = seen.get(value.text.toLowerCase());
      if (tested && !written.has(pairKey(tested) ?? '')) yield { value, tested };
    }
  }
}
