import { findGrantOperation, grantOperationNames } from '../../../simulator/facts/grant-operations.ts';
import { nearest } from '../../../simulator/text/nearest.ts';

/** The operations of grants that a text was probably meant to be: `kms:Decrypt`, `decrypt`, `ReEncrypt`, `Decypt`. */
export function meantOperations(text: string): readonly string[] {
  const name = text.replace(/^kms:/i, '').trim();
  if (/^ReEncrypt\*?$/i.test(name)) return ['ReEncryptFrom', 'ReEncryptTo'];
  const near = findGrantOperation(name)?.name ?? nearest(name, grantOperationNames);
  return near === undefined ? [] : [near];
}

/** The name without `kms:` and in small letters: what is the same then was only spelt otherwise. */
export function bareOperation(text: string): string {
  return text.replace(/^kms:/i, '').trim().toLowerCase();
}
