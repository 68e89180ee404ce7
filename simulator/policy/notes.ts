/** Something that keeps what was found out about it. */
interface Noted {
  readonly notes: unknown[];
}

/**
 * The same question, asked once for each of what it is asked about. Answers are kept there and not in a `WeakMap`, whose
 * values outlive their keys until all of the memory is looked through: after each keystroke that would be a whole tree.
 */
export function noted<Of extends Noted, T>(ask: (of: Of) => T): (of: Of) => T {
  const slot = slots++;
  return (of) => {
    const { notes } = of;
    const known = notes[slot];
    if (known !== undefined) return (known === NOTHING ? undefined : known) as T;
    const answer = ask(of);
    notes[slot] = answer === undefined ? NOTHING : answer;
    return answer;
  };
}

/** Room for the answers to all questions: a list that grows would take several times as much until it is full. */
export function blankNotes(): unknown[] {
  return new Array(slots);
}

let slots = 0;
const NOTHING = Symbol('nothing');
