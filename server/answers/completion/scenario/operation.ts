import { permissionOf } from '../../../../simulator/access/decide.ts';
import { findOperation } from '../../../../simulator/facts/operations.ts';
import { operationAt } from '../../help/scenario/parameter.ts';
import type { Context } from '../context.ts';

/** The permissions that the step at the cursor asks for; undefined where it does not say what it does. */
export function operationActions({ cursor }: Context): readonly string[] | undefined {
  const text = operationAt(cursor.root, cursor.path);
  if (text === undefined) return undefined;
  const permission = permissionOf(text);
  const actions = findOperation(text.replace(/^kms:/i, ''))?.permissions.map(({ action }) => action);
  return actions ?? (permission === undefined ? undefined : [permission]);
}
