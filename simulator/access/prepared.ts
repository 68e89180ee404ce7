import type { Named, ResourceTarget } from '../policy/compile.ts';
import { askedAction } from './asked-action.ts';
import { accountOf, type Caller, isServiceLinked } from './caller.ts';
import { RequestContext } from './context/request-context.ts';
import type { CallerFacts } from './principal/pattern.ts';
import { type AccessRequest, keyArn, resourceOf } from './request.ts';
import type { World } from './world.ts';

/** A request with all that follows from it, worked out once for every statement that is compared with it. */
export interface PreparedRequest {
  readonly request: AccessRequest;
  /** What principals are compared with. */
  readonly facts: CallerFacts;
  readonly target: ResourceTarget | undefined;
  /** `kms:Decrypt`. */
  readonly action: string;
  readonly isServiceLinked: boolean | 'by-name';
  readonly values: RequestContext;
  /** Whether what is compared is to be written down; else only the verdict counts. */
  readonly explains: boolean;
  /** How policies may name the caller. */
  readonly named: Named;
  /** What the request brings for each element, as explanations show it. */
  readonly shown: {
    readonly caller: readonly string[];
    readonly action: readonly string[];
    readonly resource: readonly string[];
  };
}

/** Explanations cost more than verdicts: `explains` says whether one is wanted. */
export function prepare(request: AccessRequest, world: World, explains = true): PreparedRequest {
  return new Prepared(request, world, explains);
}

/** Much of it is needed rarely, so each member is worked out when it is asked for. */
class Prepared implements PreparedRequest, CallerFacts, Named {
  readonly request: AccessRequest;
  readonly explains: boolean;
  readonly hasBoundary: boolean;
  readonly target: ResourceTarget | undefined;
  readonly action: string;
  readonly isServiceLinked: boolean | 'by-name';
  readonly values: RequestContext;
  private ofCaller: readonly string[] | undefined;
  private compared: PreparedRequest['shown'] | undefined;

  constructor(request: AccessRequest, world: World, explains: boolean) {
    const throughEndpoint = world.vpcEndpointPolicy !== undefined || request.vpcEndpoint !== undefined;
    this.request = request;
    this.explains = explains;
    this.values = new RequestContext(request, throughEndpoint);
    this.action = askedAction(request.action).qualified;
    this.isServiceLinked = isServiceLinked(request.caller);
    this.target = resourceOf(request);
    this.hasBoundary = world.permissionsBoundary !== undefined && canHaveBoundary(request.caller, this.isServiceLinked);
  }

  /** Only policies that name a deleted principal ask for it. */
  get userId(): string | undefined {
    const value = this.values.get('aws:userid');
    return value.state === 'present' ? value.values[0] : undefined;
  }

  get caller(): Caller {
    return this.request.caller;
  }

  get facts(): CallerFacts {
    return this;
  }

  get named(): Named {
    return this;
  }

  get account(): string | undefined {
    return accountOf(this.request.caller);
  }

  get names(): readonly string[] {
    this.ofCaller ??= namesOf(this.request.caller);
    return this.ofCaller;
  }

  get shown(): PreparedRequest['shown'] {
    const { request, target } = this;
    this.compared ??= {
      caller: [callerText(request.caller)],
      action: [this.action],
      resource: [resourceText(request, target)],
    };
    return this.compared;
  }
}

function namesOf(caller: Caller): readonly string[] {
  switch (caller.type) {
    case 'service':
    case 'root':
      return [];
    case 'role-session':
      return [caller.roleName];
    case 'user':
      return [lastSegment(caller.name)];
    case 'federated-user':
      return caller.madeBy === undefined ? [caller.name] : [caller.name, lastSegment(caller.madeBy)];
  }
}

const lastSegment = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/** Root users, services and service-linked roles cannot be given a boundary. */
export function canHaveBoundary(caller: Caller, serviceLinked: boolean | 'by-name'): boolean {
  return caller.type !== 'root' && caller.type !== 'service' && serviceLinked === false;
}

const callerText = (caller: Caller): string => (caller.type === 'service' ? caller.service : caller.arn);

function resourceText({ key }: AccessRequest, target: ResourceTarget | undefined): string {
  if (!target) return '*';
  return target.arn ?? (key ? keyArn(key) : '*');
}
