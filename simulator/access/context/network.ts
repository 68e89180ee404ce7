import { ABSENT, type ContextValue, known, UNKNOWN, UNKNOWN_VALUE } from '../../policy/context-value.ts';
import type { AccessRequest } from '../request.ts';
import type { Derive, Surroundings } from './derive.ts';

/**
 * Where a request comes from. What a service forwards comes from the service, so that neither the caller's address nor
 * its endpoint is in it. Source: KMS Developer Guide, "Using AWS global condition keys"; checked 2026-11.
 */
export function sourceIp(request: AccessRequest, _: string, { throughEndpoint }: Surroundings): ContextValue {
  if (isFromService(request)) return UNKNOWN;
  return throughEndpoint ? ABSENT : UNKNOWN_VALUE;
}

export function endpointId(request: AccessRequest, _: string, { throughEndpoint }: Surroundings): ContextValue {
  return throughEndpoint && !isFromService(request) ? known(request.vpcEndpoint) : ABSENT;
}

/** A key that only requests through an endpoint have. */
export function atEndpoint(value: ContextValue): Derive {
  return (request, _, { throughEndpoint }) => (throughEndpoint && !isFromService(request) ? value : ABSENT);
}

const isFromService = ({ caller, via }: AccessRequest): boolean => caller.type === 'service' || via !== undefined;
