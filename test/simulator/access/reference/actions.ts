/** The actions that generated worlds speak of. Source: Service Authorization Reference and KMS API Reference; checked 2026-11. */
export interface PlainAction {
  readonly onKey: boolean;
  readonly crossAccount: boolean;
  /** Whether the request carries an encryption context. */
  readonly encryptionContext: boolean;
  /** Cryptographic operations and DescribeKey, which may be called with an alias. */
  readonly alias: boolean;
}

export const plainActions: Readonly<Record<string, PlainAction>> = {
  Decrypt: { onKey: true, crossAccount: true, encryptionContext: true, alias: true },
  GenerateDataKey: { onKey: true, crossAccount: true, encryptionContext: true, alias: true },
  ReEncryptFrom: { onKey: true, crossAccount: true, encryptionContext: true, alias: true },
  ReEncryptTo: { onKey: true, crossAccount: true, encryptionContext: true, alias: true },
  CreateAlias: { onKey: true, crossAccount: false, encryptionContext: false, alias: false },
  UpdateAlias: { onKey: true, crossAccount: false, encryptionContext: false, alias: false },
  DescribeKey: { onKey: true, crossAccount: true, encryptionContext: false, alias: true },
  CreateGrant: { onKey: true, crossAccount: true, encryptionContext: true, alias: false },
  RetireGrant: { onKey: true, crossAccount: true, encryptionContext: false, alias: false },
  PutKeyPolicy: { onKey: true, crossAccount: false, encryptionContext: false, alias: false },
  ListKeys: { onKey: false, crossAccount: false, encryptionContext: false, alias: false },
};

export function plainAction(name: string): PlainAction {
  const found = plainActions[name];
  if (!found) throw new Error(`the reference evaluator does not know kms:${name}`);
  return found;
}
