import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { atOperator, factOf, underOperator } from './support/conditions.ts';
import { kmsConditionKeys } from './support/sources.ts';

export const kmsForallvaluesContextRejected = rule({
  id: 'kms-forallvalues-context-rejected',
  group: 'invalid',
  kinds: ['key-policy'],
  title: '`ForAllValues` with one pair of the encryption context',
  documentation: {
    what: '`ForAllValues:` before `kms:EncryptionContext:…` or `aws:RequestTag/…` in an `Allow` of a key policy.',
    why: 'A pair has one value, and `ForAllValues` holds for requests without any. AWS KMS rejects such a key policy and says that the condition is overly permissive.',
    spares:
      '`ForAllValues` with `kms:EncryptionContextKeys`, which is made for it, and other policies than key policies.',
    bad: keyPolicyWithCondition('"ForAllValues:StringEquals": { "kms:EncryptionContext:stage": "prod" }'),
    good: keyPolicyWithCondition('"StringEquals": { "kms:EncryptionContext:stage": "prod" }'),
    sources: [kmsConditionKeys],
  },
  check: {
    condition(condition, statement, { report }) {
      const { operator, key } = condition;
      if (operator.set !== 'ForAllValues' || operator.base === undefined || operator.base === 'Null') return;
      if (statement.effect !== 'Allow' || !REJECTED.has(key.stem) || !factOf(condition)) return;
      const single = operator.ifExists ? `${operator.base}IfExists` : operator.base;
      report({
        at: { path: condition.path, part: 'key' },
        message: `AWS KMS does not take \`${key.text}\` under \`${operator.text}\``,
        why: 'it rejects the key policy, since the condition would hold for requests without the key',
        next: `use \`${single}\``,
        related: [{ place: atOperator(condition), message: 'the set operator' }],
        fixes: underOperator(condition, statement, single, !operator.ifExists),
      });
    },
  },
});

const REJECTED: ReadonlySet<string> = new Set(['kms:encryptioncontext:', 'aws:requesttag/']);
