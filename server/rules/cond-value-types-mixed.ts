import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage, policyChecks } from './support/sources.ts';

const around = { action: '"kms:ScheduleKeyDeletion"' };

export const condValueTypesMixed = rule({
  id: 'cond-value-types-mixed',
  group: 'invalid',
  kinds: policyKinds,
  title: 'values of several JSON types in one list',
  documentation: {
    what: 'A list of condition values in which texts stand beside numbers, or either beside `true` and `false`.',
    why: 'The values of a key have one type. AWS reports a list of several.',
    spares: 'Lists of numbers or of booleans alone, which AWS takes as text.',
    bad: keyPolicyWithCondition(
      '"NumericEquals": { "kms:ScheduleKeyDeletionPendingWindowInDays": ["14", 30] }',
      around,
    ),
    good: keyPolicyWithCondition(
      '"NumericEquals": { "kms:ScheduleKeyDeletionPendingWindowInDays": ["14", "30"] }',
      around,
    ),
    sources: [elementPage('condition'), policyChecks],
  },
  check: {
    condition({ path, key, values }, _, { report }) {
      const types = [...new Set(values.map(({ type }) => type))];
      if (types.length < 2) return;
      const bare = values.filter(({ type }) => type !== 'string');
      report({
        at: { path },
        message: `the values of \`${key.text}\` are a mixture of ${types.map((type) => NAMES[type]).join(' and ')}`,
        why: 'AWS expects one type',
        next: 'write all of them as texts',
        fixes: [
          {
            title: 'write all values as texts',
            safe: true,
            edits: bare.map((value) => ({
              op: 'replace',
              place: { path: value.path },
              text: JSON.stringify(value.text),
            })),
          },
        ],
      });
    },
  },
});

const NAMES = { string: 'texts', number: 'numbers', boolean: 'booleans' } as const;
