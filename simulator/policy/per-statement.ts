import type { Statement } from './document.ts';

/**
 * The same question about a statement, asked once while the statement stays what it is, from one version of a document to
 * the next. The answer has to follow from the statement's text and its position alone. It must hold no part of the
 * statement's tree, whose offsets count in one version, and no text that was not read by `readPolicy`, since a part of a
 * document's text keeps all of it in memory.
 */
export function perStatement<T>(ask: (statement: Statement) => T): (statement: Statement) => T {
  const slot = slots++;
  return (statement) => {
    const { notes } = statement;
    const known = notes[slot];
    if (known !== undefined) return (known === NOTHING ? undefined : known) as T;
    const answer = ask(statement);
    notes[slot] = answer === undefined ? NOTHING : answer;
    return answer;
  };
}

let slots = 0;
const NOTHING = Symbol('nothing');
