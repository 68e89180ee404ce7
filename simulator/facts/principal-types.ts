/**
 * The members of a Principal element that mean something to KMS.
 *
 * Sources: IAM User Guide, "AWS JSON policy elements: Principal"; KMS Developer Guide, "Key policies in AWS KMS".
 * Checked 2026-11.
 */
export interface PrincipalTypeFact {
  readonly name: 'AWS' | 'Service' | 'Federated';
  /** One sentence of ours. */
  readonly summary: string;
}

export const principalTypes: readonly PrincipalTypeFact[] = [
  { name: 'AWS', summary: 'Accounts, users, roles and role sessions by their ARNs; an account also by its id.' },
  { name: 'Service', summary: 'AWS services that call as themselves, by their service principals.' },
  { name: 'Federated', summary: 'Sessions from an identity provider: SAML or OpenID Connect.' },
];
