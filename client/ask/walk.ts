import type { Answer } from './question.ts';

/** What every question of a walk has in common. */
export interface Frame {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
}

/** Where a step led, with what is known by then. */
export type Moved<D> =
  | { readonly kind: 'next'; readonly draft: D }
  | { readonly kind: 'back'; readonly draft: D }
  /** Nothing more needs to be asked. */
  | { readonly kind: 'done'; readonly draft: D }
  | { readonly kind: 'cancelled' };

export type Step<D> = (frame: Frame, draft: D) => Promise<Moved<D>>;

/**
 * Goes through the steps in order, back and forth, until the last is answered.
 *
 * @returns undefined when the person gave up
 */
export async function walk<D>(title: string, steps: readonly Step<D>[], start: D): Promise<D | undefined> {
  let draft = start;
  let at = 0;
  for (let step = steps[at]; step !== undefined; step = steps[at]) {
    const moved = await step({ title, step: at + 1, totalSteps: steps.length, canGoBack: at > 0 }, draft);
    if (moved.kind === 'cancelled') return undefined;
    draft = moved.draft;
    if (moved.kind === 'done') return draft;
    at = moved.kind === 'back' ? Math.max(0, at - 1) : at + 1;
  }
  return draft;
}

/** The move that an answer means, where the answer is what is known from then on. */
export function movedBy<D>(answer: Answer<D>, draft: D): Moved<D> {
  if (answer.kind === 'picked') return { kind: 'next', draft: answer.value };
  return answer.kind === 'back' ? { kind: 'back', draft } : answer;
}
