import type { Statement } from './document.ts';
import { noted } from './notes.ts';

/**
 * The same question about a statement, asked once while the statement stays what it is, from one version of a document to
 * the next. The answer has to follow from the statement's text and its position alone. It must hold no part of the
 * statement's tree, whose offsets count in one version, and no text that was not read by `readPolicy`, since a part of a
 * document's text keeps all of it in memory.
 */
export function perStatement<T>(ask: (statement: Statement) => T): (statement: Statement) => T {
  return noted(ask);
}
