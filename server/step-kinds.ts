import { envelope } from '../simulator/envelope/steps/envelope.ts';
import { backend } from '../simulator/kms/steps/backend.ts';
import { call } from '../simulator/kms/steps/call.ts';
import { load } from '../simulator/kms/steps/load.ts';
import { wait } from '../simulator/kms/steps/wait.ts';
import type { StepKind } from '../simulator/scenario/step.ts';
import { can } from '../simulator/scenario/steps/can.ts';
import { service } from '../simulator/services/steps/service.ts';

/** The kinds of step that can be taken. */
export const stepKinds: readonly StepKind[] = [can, call, wait, envelope, backend, service, load];
