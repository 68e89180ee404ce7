import type { StepKind } from '../../simulator/scenario/step.ts';
import { can } from '../../simulator/scenario/steps/can.ts';

/** The kinds of step that can be taken. */
export const stepKinds: readonly StepKind[] = [can];
