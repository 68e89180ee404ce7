/**
 * The documents that decide about KMS keys, each as a whole.
 *
 * Source: KMS Developer Guide, "Key policies in AWS KMS", "Grants in AWS KMS"; IAM User Guide, "Policies and permissions";
 * AWS Organizations User Guide; Amazon VPC User Guide, "Control access to VPC endpoints". Checked 2026-11.
 */
export interface DocumentKindFact {
  readonly kind: string;
  /** `Key policy`. */
  readonly title: string;
  /** Sentences of ours. */
  readonly summary: string;
}

export const documentKindFacts: readonly DocumentKindFact[] = [
  {
    kind: 'key-policy',
    title: 'Key policy',
    summary:
      'The policy of one KMS key. Every key has exactly one, and nobody can do anything with the key unless it, or a grant, lets them; IAM policies count only as far as the key policy hands the decision to the account.',
  },
  {
    kind: 'iam-policy',
    title: 'IAM policy',
    summary:
      'What an identity may do, where the key policy of each key lets the account decide. The same form serves permissions boundaries and session policies, which only limit.',
  },
  {
    kind: 'scp',
    title: 'Service control policy',
    summary:
      'The most that identities of the accounts below it can be allowed. It gives nothing, and does not bind the management account or service-linked roles.',
  },
  {
    kind: 'rcp',
    title: 'Resource control policy',
    summary:
      'The most that keys of the accounts below it can allow, whoever calls. It gives nothing, and does not bind keys of the management account.',
  },
  {
    kind: 'vpce-policy',
    title: 'VPC endpoint policy',
    summary: 'What may pass through the VPC endpoint. It gives nothing: the other policies must allow the call too.',
  },
  {
    kind: 'grant',
    title: 'Grant',
    summary:
      'Lets one principal use a few operations of one key, without a change of any policy. A grant only allows; a Deny of any policy outweighs it.',
  },
];

export function findDocumentKind(kind: string): DocumentKindFact | undefined {
  return documentKindFacts.find((fact) => fact.kind === kind);
}
