import type { Statement } from '../../simulator/policy/document.ts';
import type { Grant } from '../../simulator/policy/grant.ts';

/** What lists call a statement: `Allow “Sid”`, else by its number. */
export function statementTitle({ sid, effect }: Statement, index: number): string {
  return sid ? `${effect ?? 'Statement'} “${sid}”` : `${effect ?? 'Statement'} ${index + 1}`;
}

/** What lists call a grant: by its name, else by its number. */
export function grantTitle({ name }: Grant, index: number): string {
  return name?.text ? `Grant “${name.text}”` : `Grant ${index + 1}`;
}
