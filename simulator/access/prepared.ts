import type { ResourceTarget } from '../policy/compile.ts';
import type { ContextValue } from '../policy/context-value.ts';
import { type Caller, isServiceLinked } from './caller.ts';
import { RequestContext } from './context/request-context.ts';
import type { CallerFacts } from './principal/pattern.ts';
import { type AccessRequest, keyArn, resourceOf } from './request.ts';
import type { World } from './world.ts';

/** A request with all that follows from it, worked out once for every statement that is compared with it. */
export interface PreparedRequest {
  readonly request: AccessRequest;
  readonly caller: CallerFacts;
  readonly target: ResourceTarget | undefined;
  /** `kms:Decrypt`. */
  readonly action: string;
  readonly isServiceLinked: boolean | 'by-name';
  readonly valueOf: (key: string) => ContextValue;
  /** What the request brings for each element, as explanations show it. */
  readonly shown: {
    readonly caller: readonly string[];
    readonly action: readonly string[];
    readonly resource: readonly string[];
  };
}

export function prepare(request: AccessRequest, world: World): PreparedRequest {
  const { caller } = request;
  const throughEndpoint = world.vpcEndpointPolicy !== undefined || request.vpcEndpoint !== undefined;
  const context = new RequestContext(request, { throughEndpoint });
  const valueOf = (key: string): ContextValue => context.get(key);
  const action = `kms:${request.action}`;
  const serviceLinked = isServiceLinked(caller);
  const target = resourceOf(request);
  return {
    request,
    caller: {
      caller,
      userId: userIdOf(valueOf),
      hasBoundary: world.permissionsBoundary !== undefined && canHaveBoundary(caller, serviceLinked),
    },
    target,
    action,
    isServiceLinked: serviceLinked,
    valueOf,
    shown: { caller: [callerText(caller)], action: [action], resource: [resourceText(request, target)] },
  };
}

/** Root users, services and service-linked roles cannot be given a boundary. */
export function canHaveBoundary(caller: Caller, serviceLinked: boolean | 'by-name'): boolean {
  return caller.type !== 'root' && caller.type !== 'service' && serviceLinked === false;
}

function userIdOf(valueOf: PreparedRequest['valueOf']): string | undefined {
  const value = valueOf('aws:userid');
  return value.state === 'present' ? value.values[0] : undefined;
}

const callerText = (caller: Caller): string => (caller.type === 'service' ? caller.service : caller.arn);

function resourceText({ key }: AccessRequest, target: ResourceTarget | undefined): string {
  if (!target) return '*';
  return target.arn ?? (key ? keyArn(key) : '*');
}
