import { all, any, either as eitherTruth, type Truth } from '../policy/truth.ts';
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
  return {
    truth: eitherTruth(said.truth, truth),
    by: said.by ?? (truth === true ? result : undefined),
    undecided: truth === 'unknown' ? [...said.undecided, result] : said.undecided,
  };
}

/** One of them says it. */
export function either(...those: readonly Said[]): Said {
  const saying = those.filter((said) => said !== UNSAID);
  const [only = UNSAID] = saying;
  if (saying.length < 2) return only;
  return joined(any(those.map(({ truth }) => truth)), those);
}

/** Each of them says it. */
export function each(those: readonly Said[]): Said {
  const [only] = those;
  if (only && those.length === 1) return only;
  return joined(all(those.map(({ truth }) => truth)), those);
}

function joined(truth: Truth, those: readonly Said[]): Said {
  const needs = those.flatMap((said) => said.needs ?? []);
  return {
    truth,
    by: those.find(({ by }) => by)?.by,
    undecided: those.flatMap(({ undecided }) => undecided),
    ...(needs.length > 0 ? { needs } : {}),
  };
}

/** What the statements that nobody can decide hang on. */
export function needsOf({ needs = [], undecided }: Said): Need[] {
  return [...needs, ...undecided.flatMap(({ elements }) => elements.flatMap(({ need }) => (need ? [need] : [])))];
}
