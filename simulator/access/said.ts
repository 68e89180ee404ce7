import { both, either as eitherTruth, type Truth } from '../policy/truth.ts';
import type { GrantResult, Need, StatementResult } from './decision.ts';

/** Whether some statement or grant says it, the first that surely does, and those that would if something unknown were so. */
export interface Said {
  readonly truth: Truth;
  readonly by: StatementResult | undefined;
  readonly undecided: readonly StatementResult[];
  /** Of grants: the one that says it, or may. */
  readonly grant?: GrantResult;
  /** What it hangs on other than its statements. */
  readonly needs?: readonly Need[];
}

export const UNSAID: Said = { truth: false, by: undefined, undecided: [] };
export const GRANTED: Said = { truth: true, by: undefined, undecided: [] };

const OPEN: Said = { truth: 'unknown', by: undefined, undecided: [] };

/** What hangs on policies that nobody gave. */
export const hangsOn = (...needs: readonly Need[]): Said => ({ truth: 'unknown', by: undefined, undecided: [], needs });

/** The same with one more statement. Without its result nobody asks which statement says it. */
export function says(said: Said, truth: Truth, result: StatementResult | undefined): Said {
  if (truth === false) return said;
  if (!result) return said.truth === true || truth === true ? GRANTED : OPEN;
  const by = said instanceof SaidByStatements ? said : new SaidByStatements();
  by.add(truth, result);
  return by;
}

/** Grows in place, since thousands of statements may hang on something unknown. */
class SaidByStatements implements Said {
  truth: Truth = false;
  by: StatementResult | undefined;
  readonly undecided: StatementResult[] = [];

  add(truth: Truth, result: StatementResult): void {
    this.truth = eitherTruth(this.truth, truth);
    if (truth === true) this.by ??= result;
    else this.undecided.push(result);
  }
}

/** One of them says it. */
export function either(one: Said, other: Said): Said {
  if (one === UNSAID) return other;
  return other === UNSAID ? one : joined(eitherTruth(one.truth, other.truth), one, other);
}

/** Each of them says it. */
export function each(one: Said, other: Said): Said {
  if (one === GRANTED) return other;
  return other === GRANTED ? one : joined(both(one.truth, other.truth), one, other);
}

function joined(truth: Truth, one: Said, other: Said): Said {
  const needs = [...(one.needs ?? []), ...(other.needs ?? [])];
  return {
    truth,
    by: one.by ?? other.by,
    undecided: [...one.undecided, ...other.undecided],
    ...(needs.length > 0 ? { needs } : {}),
  };
}

/** What the statements that nobody can decide hang on. */
export function needsOf({ needs = [], undecided }: Said): Need[] {
  return [...needs, ...undecided.flatMap(({ elements }) => elements.flatMap(({ need }) => (need ? [need] : [])))];
}
