/**
 * Where AWS documents actions and condition keys.
 * Source: AWS KMS API Reference; KMS Developer Guide; IAM User Guide, "AWS global condition context keys". Checked 2026-11.
 */
import { findOperation, operationsOf } from './operations.ts';
import type { Source } from './types.ts';

const API = 'https://docs.aws.amazon.com/kms/latest/APIReference';
const GUIDE = 'https://docs.aws.amazon.com/kms/latest/developerguide';
const IAM_GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';

/** The page of the operation that asks for the permission; undefined where none does. */
export function actionPage(action: string): Source | undefined {
  const operation = findOperation(action) ?? operationsOf(action)[0];
  if (!operation) return undefined;
  return { title: `${operation.name} in the KMS API Reference`, url: `${API}/API_${operation.name}.html` };
}

/** The page of a condition key by its name in the tables. */
export function conditionKeyPage(name: string): Source {
  if (!name.startsWith('kms:')) {
    const anchor = name
      .slice(name.indexOf(':') + 1)
      .replace(/\/.*$/, '')
      .toLowerCase();
    return {
      title: 'Global condition keys in the IAM User Guide',
      url: `${IAM_GUIDE}/reference_policies_condition-keys.html#condition-keys-${anchor}`,
    };
  }
  const page = name.startsWith('kms:RecipientAttestation:') ? 'conditions-attestation' : 'conditions-kms';
  return { title: 'Condition keys in the KMS Developer Guide', url: `${GUIDE}/${page}.html` };
}
