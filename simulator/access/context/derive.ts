import type { ContextValue } from '../../policy/context-value.ts';
import type { AccessRequest } from '../request.ts';

/** What the policies around a request say of it beyond what it states. */
export interface Surroundings {
  /** Whether it comes through a VPC endpoint, be it one whose id nobody stated. */
  readonly throughEndpoint: boolean;
}

/** How a condition key follows from a request. `variable`: the part that a policy's author chooses, in lower case. */
export type Derive = (request: AccessRequest, variable: string, surroundings: Surroundings) => ContextValue;
