import { valueOf } from '../../../simulator/json/node.ts';
import { parseJson } from '../../../simulator/json/parse.ts';
import type { PolicyDocument, Statement } from '../../../simulator/policy/document.ts';
import { inList, type Text, type Written, withElement } from '../../documents/append.ts';
import { nextFree } from '../../rules/support/sids.ts';
import { LINE } from '../action.ts';

/**
 * The text with statements behind the one at an index, or behind them all. A lone statement becomes the first of a list.
 * Undefined where there is no place for them.
 */
export function withStatements(document: Text, statements: readonly Written[], behind?: number): string | undefined {
  let current = document;
  if (listOf(current)?.type === 'object') current = reread(inList(current, listOf(current) ?? { start: 0, end: 0 }));
  for (const [index, statement] of statements.entries()) {
    const list = listOf(current);
    if (list?.type !== 'array') return undefined;
    const at = behind === undefined ? {} : { behind: behind + index };
    current = reread(withElement(current, list, statement, { width: LINE, spread: true, ...at }));
  }
  return current.text;
}

function listOf({ parsed: { root } }: Text) {
  return root?.type === 'object' ? valueOf(root, 'Statement') : undefined;
}

function reread(text: string): Text {
  return { text, parsed: parseJson(text) };
}

/** A Sid that no statement has: the wanted one, else that with a number. */
export function freeSid(wanted: string, { statements }: PolicyDocument): string {
  const taken = new Set(statements.map(({ sid }) => sid));
  return taken.has(wanted) ? nextFree(wanted, 2, taken).name : wanted;
}

/** The place of a statement in the list; 0 for a lone one. */
export function indexOf({ path }: Statement): number {
  const last = path.at(-1);
  return typeof last === 'number' ? last : 0;
}
