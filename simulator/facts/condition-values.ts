/**
 * Fixed values of condition keys that no other table describes.
 * Source: AWS KMS API Reference, Sign; KMS Developer Guide, "Multi-Region keys in AWS KMS". Checked 2026-11.
 */
export interface ConditionValueFact {
  readonly key: string;
  readonly value: string;
  /** One sentence of ours. */
  readonly summary: string;
}

export const conditionValues: readonly ConditionValueFact[] = [
  {
    key: 'kms:MessageType',
    value: 'RAW',
    summary: 'The message itself, at most 4,096 bytes; KMS hashes it before it signs.',
  },
  { key: 'kms:MessageType', value: 'DIGEST', summary: 'A hash of the message, which KMS signs as it is.' },
  {
    key: 'kms:MessageType',
    value: 'EXTERNAL_MU',
    summary: 'The 64-byte representative μ of a message that ML-DSA signs, computed outside KMS.',
  },
  {
    key: 'kms:MultiRegionKeyType',
    value: 'PRIMARY',
    summary: 'The one multi-Region key of its set that can be replicated and that rotates for all.',
  },
  {
    key: 'kms:MultiRegionKeyType',
    value: 'REPLICA',
    summary: 'A multi-Region key with the id and material of its primary, and a key policy of its own.',
  },
];

export function findConditionValue(key: string, value: string): ConditionValueFact | undefined {
  return conditionValues.find((fact) => fact.key === key && fact.value === value);
}
