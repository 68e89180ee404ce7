import { rule } from './rule.ts';
import { reportUnsupported, unsupportedBy } from './support/action-support.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { policyKinds } from './support/kinds.ts';
import { kmsActions, kmsConditionKeys } from './support/sources.ts';

const CONDITION = '"StringEquals": { "kms:MessageType": "DIGEST" }';

export const kmsConditionActionSupport = rule({
  id: 'kms-condition-action-support',
  group: 'invalid',
  kinds: policyKinds,
  yieldsTo: ['kms-requestalias-never-in-alias-ops'],
  title: 'a kms condition key on actions that never have it',
  documentation: {
    what: 'A condition key of AWS KMS in a statement with an action whose requests never have it, such as `kms:MessageType` with `kms:Decrypt`.',
    why: 'An `Allow` never applies to such an action. A `Deny` does not apply to it either, or, where the condition is negated, applies to all its requests. In a `Deny` it is a warning.',
    spares:
      'Encryption contexts and `kms:GrantIsForAWSResource`, which have rules of their own, wildcards that cover an action with the key, and in an `Allow` conditions that hold without the key.',
    bad: keyPolicyWithCondition(CONDITION, { action: '["kms:Sign", "kms:Decrypt"]' }),
    good: keyPolicyWithCondition(CONDITION, { action: '["kms:Sign", "kms:Verify"]' }),
    sources: [kmsActions, kmsConditionKeys],
  },
  check: {
    statement(statement, context) {
      for (const each of unsupportedBy(statement, context, topicOf)) reportUnsupported(each, statement, context);
    },
  },
});

/** Each key by itself, but what an attestation document says as one. */
function topicOf(name: string): string | undefined {
  if (name.startsWith('kms:EncryptionContext') || name === 'kms:GrantIsForAWSResource') return undefined;
  return name.startsWith('kms:RecipientAttestation') ? 'kms:RecipientAttestation' : name;
}
