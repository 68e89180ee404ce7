import { rule } from './rule.ts';
import { reportUnsupported, unsupportedBy } from './support/action-support.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { policyKinds } from './support/kinds.ts';
import { kmsActions, kmsConditionKeys } from './support/sources.ts';

const CONDITION = '"StringEquals": { "kms:EncryptionContext:stage": "prod" }';

export const kmsContextOnNoncontextAction = rule({
  id: 'kms-context-on-noncontext-action',
  group: 'invalid',
  kinds: policyKinds,
  title: 'an encryption context asked of actions that have none',
  documentation: {
    what: '`kms:EncryptionContext:…` or `kms:EncryptionContextKeys` in a statement with an action such as `kms:DescribeKey` or `kms:Sign`, whose requests carry no encryption context.',
    why: 'An `Allow` never applies to such an action. A `Deny` does not apply to it either, or, where the condition is negated, applies to all its requests. In a `Deny` it is a warning.',
    spares:
      'Wildcards that cover an action with an encryption context, actions of other services, and in an `Allow` conditions that hold without one.',
    bad: keyPolicyWithCondition(CONDITION, { action: '["kms:Decrypt", "kms:DescribeKey"]' }),
    good: keyPolicyWithCondition(CONDITION, { action: '["kms:Decrypt", "kms:GenerateDataKey"]' }),
    sources: [kmsConditionKeys, kmsActions],
  },
  check: {
    statement(statement, context) {
      const topic = (name: string): string | undefined => (name.startsWith('kms:EncryptionContext') ? '' : undefined);
      for (const each of unsupportedBy(statement, context, topic)) reportUnsupported(each, statement, context);
    },
  },
});
