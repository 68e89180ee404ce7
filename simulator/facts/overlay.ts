/**
 * Actions and condition keys that are newer than the generated data, or that it leaves out.
 *
 * Source: doc comments of npm package `@aws-sdk/client-kms` 3.1164.0 (Apache-2.0) for the ML-KEM actions, and the
 * KMS Developer Guide, "AWS KMS condition keys", for the two deprecated keys. Checked 2026-11.
 */
import type { GeneratedAction } from './generated/iam-data.ts';

/**
 * The two ML-KEM actions. AWS does not yet list their condition keys: these are the ones that every other cryptographic
 * operation on an asymmetric key has.
 */
export const newerActions: readonly GeneratedAction[] = ['Decapsulate', 'Encapsulate'].map((name) => ({
  name,
  access: ['Write'],
  resources: ['key'],
  conditionKeys: ['kms:CallerAccount', 'kms:RequestAlias', 'kms:ViaService'],
}));

/** Old names that KMS still reads wherever it reads the new one. The generated data has the keys, but no action with them. */
export const deprecatedConditionKeys: Readonly<Record<string, { readonly use: string }>> = {
  'kms:CustomerMasterKeySpec': { use: 'kms:KeySpec' },
  'kms:CustomerMasterKeyUsage': { use: 'kms:KeyUsage' },
};
