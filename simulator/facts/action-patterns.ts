/**
 * The wildcard patterns that AWS itself writes in key policies, the most common first. Which actions each covers follows
 * from the pattern.
 *
 * Sources: KMS Developer Guide, "Default key policy" (users and administrators of a key), "AWS KMS permissions"; the
 * recipes of the services, see service-principals.ts. Checked 2026-11.
 */
export interface ActionPatternFact {
  /** With `kms:`. */
  readonly pattern: string;
  /** One sentence of ours. */
  readonly summary: string;
}

export const documentedPatterns: readonly ActionPatternFact[] = [
  row('kms:GenerateDataKey*', 'Data keys and data key pairs, with and without the plaintext.'),
  row('kms:ReEncrypt*', 'Both halves of ReEncrypt: from a key and to a key.'),
  row('kms:*', 'Every action, those that change the key policy included.'),
  row('kms:Encrypt*', "Encrypt alone today; as AWS's recipes write it."),
  row('kms:Decrypt*', "Decrypt alone today; as AWS's recipes write it."),
  row('kms:GenerateDataKeyPair*', 'Data key pairs, with and without the plaintext private key.'),
  row('kms:Describe*', 'What describes keys and custom key stores.'),
  row('kms:Get*', 'Reading the key policy, the rotation status, the public key and what an import needs.'),
  row('kms:List*', 'Listing grants, key policies, rotations and tags, and in IAM policies keys and aliases.'),
  row('kms:Create*', 'Making grants and aliases, and in IAM policies keys and custom key stores.'),
  row('kms:Put*', 'Replacing the key policy.'),
  row('kms:Update*', 'Changing aliases, the description, the primary Region and custom key stores.'),
  row('kms:Enable*', 'Enabling the key and its rotation.'),
  row('kms:Disable*', 'Disabling the key and its rotation.'),
  row('kms:Delete*', 'Deleting aliases, imported key material and custom key stores.'),
  row('kms:Revoke*', 'Deleting grants of the key.'),
];

const byPattern = new Map(documentedPatterns.map((each) => [each.pattern.toLowerCase(), each]));

/** The documented pattern of this text, in any case. */
export function findDocumentedPattern(pattern: string): ActionPatternFact | undefined {
  return byPattern.get(pattern.toLowerCase());
}

function row(pattern: string, summary: string): ActionPatternFact {
  return { pattern, summary };
}
