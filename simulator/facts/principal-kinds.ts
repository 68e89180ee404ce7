/**
 * Whom the values of a Principal element stand for.
 * Source: IAM User Guide, "AWS JSON policy elements: Principal"; KMS Developer Guide, "Key policies in AWS KMS". Checked
 * 2026-11.
 */
export interface PrincipalKindFact {
  /** As the syntax of principals names it. */
  readonly kind: string;
  /** One of them in a few words: `a role`. */
  readonly title: string;
  /** Sentences of ours: who that is. */
  readonly summary: string;
  /** What naming them in a statement of a key policy does. */
  readonly named?: string;
}

export const principalKinds: readonly PrincipalKindFact[] = [
  {
    kind: 'everyone',
    title: 'everyone',
    summary: 'Every AWS identity in every account, as far as the conditions of the statement let them in.',
    named: 'Callers of other accounts still need an IAM policy of their own account that allows it.',
  },
  {
    kind: 'account',
    title: 'an account',
    summary: 'The whole account, its root user included.',
    named:
      'In a key policy it hands the decision to the IAM policies of the account: nobody but the root user gets anything by this statement alone.',
  },
  {
    kind: 'user',
    title: 'a user',
    summary: 'One IAM user.',
    named: 'Allowed by a key policy of its own account, it needs no IAM policy.',
  },
  {
    kind: 'role',
    title: 'a role',
    summary: 'An IAM role, which stands for all its sessions.',
    named: 'Allowed by a key policy of its own account, it needs no IAM policy.',
  },
  {
    kind: 'assumed-role',
    title: 'a session of a role',
    summary:
      'One session of a role, by its name. Other sessions of the role are not meant, and whoever assumes the role can choose the name.',
  },
  {
    kind: 'federated-user',
    title: 'a federated user',
    summary: 'A session of GetFederationToken, which is never allowed more than its IAM user and its session policy.',
  },
  {
    kind: 'service',
    title: 'an AWS service',
    summary: 'An AWS service that calls in its own name.',
    named: 'Conditions on `aws:SourceArn` or `aws:SourceAccount` keep out calls that it makes for others.',
  },
  {
    kind: 'every-service',
    title: 'every AWS service',
    summary: 'Every AWS service that calls in its own name, for whatever account.',
    named: 'Conditions must narrow it down.',
  },
  {
    kind: 'unique-id',
    title: 'a deleted identity',
    summary:
      'What AWS shows in place of a user or role that was deleted. It matches nobody, not even a new one of the same name.',
  },
  {
    kind: 'federated',
    title: 'an identity provider',
    summary:
      'People who sign in through this provider. It belongs into trust policies of roles; no caller of KMS is one.',
  },
  {
    kind: 'canonical-user',
    title: 'an account by its canonical id',
    summary: 'An account by the long id that Amazon S3 uses. It belongs into bucket policies.',
  },
  {
    kind: 'group',
    title: 'a group',
    summary: 'An IAM group. Groups are no principals: a policy cannot name one.',
  },
];

/** The members that a Principal object can have. */
export const principalMembers: readonly { readonly name: string; readonly summary: string }[] = [
  {
    name: 'AWS',
    summary:
      'Accounts, IAM users, roles and sessions, by ARN or account id; `"*"` is everyone. Wildcards for part of a name are not possible.',
  },
  { name: 'Service', summary: 'AWS services that call in their own name, such as `logs.eu-central-1.amazonaws.com`.' },
  { name: 'Federated', summary: 'Identity providers. They belong into trust policies of roles.' },
  { name: 'CanonicalUser', summary: 'Accounts by the long id that Amazon S3 uses. They belong into bucket policies.' },
];

const byKind = new Map(principalKinds.map((fact) => [fact.kind, fact]));

export function findPrincipalKind(kind: string): PrincipalKindFact | undefined {
  return byKind.get(kind);
}
