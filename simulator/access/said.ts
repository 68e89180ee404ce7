import { all, any, type Truth } from '../policy/truth.ts';
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

/** Whether it is said, where nobody asks by what. */
export const merely = (truth: Truth): Said => (truth === 'unknown' ? OPEN : truth ? GRANTED : UNSAID);

/** What hangs on policies that nobody gave. */
export const hangsOn = (...needs: readonly Need[]): Said => ({ truth: 'unknown', by: undefined, undecided: [], needs });

/** The same with one more statement. */
export function says(said: Said, result: StatementResult, truth: Truth): Said {
  if (truth === false) return said;
  return {
    truth: any([said.truth, truth]),
    by: said.by ?? (truth === true ? result : undefined),
    undecided: truth === 'unknown' ? [...said.undecided, result] : said.undecided,
  };
}

/** One of them says it. */
export function either(...those: readonly Said[]): Said {
  return joined(any(those.map(({ truth }) => truth)), those);
}

/** Each of them says it. */
export function each(those: readonly Said[]): Said {
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
