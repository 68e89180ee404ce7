import type { StepJson } from '../protocol.ts';

/** `11 steps passed, 1 failed`. */
export function summaryOfSteps(steps: readonly Pick<StepJson, 'outcome'>[], mistakes: number): string {
  if (mistakes > 0)
    return `the scenario has ${mistakes === 1 ? 'a mistake' : `${mistakes} mistakes`}, so nothing was run`;
  const count = (outcome: StepJson['outcome']): number => steps.filter((step) => step.outcome === outcome).length;
  const [passed, failed, errors, reported] = [count('pass'), count('fail'), count('error'), count('info')];
  const parts = [
    `${passed} ${passed === 1 ? 'step' : 'steps'} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(errors > 0 ? [`${errors} could not be taken`] : []),
    ...(reported > 0 ? [`${reported} only reported`] : []),
  ];
  return parts.join(', ');
}
