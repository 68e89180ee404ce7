import { randomUUID } from 'node:crypto';
import type { OperationDecision } from '../access/operation.ts';
import { systemClock } from '../kms/environment.ts';
import { KmsError, NotSimulatedError, UndecidedError } from '../kms/errors.ts';
import { operations } from '../kms/operations.ts';
import { isOperationName, type OperationName } from '../kms/service.ts';
import type { DeclaredService } from '../kms/steps/declared-service.ts';
import { withoutCredentials } from '../text/credentials.ts';
import { remembered } from '../text/remembered.ts';
import type { TrailEvent } from '../trail/event.ts';
import { Callers, type Identified, type IsSignedWith } from './callers.ts';
import { answerControl, CONTROL, type Controlled } from './control.ts';
import { ProtocolError, statusOf, tooLarge, unknownOperation } from './errors.ts';
import { whyRefused } from './guard.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import { InMemory, type Living, type LivingOptions } from './living.ts';
import { readInput, writeOutput } from './wire.ts';

export interface EndpointOptions extends LivingOptions {
  /** Left out: a new world, which is lost with the process. */
  readonly living?: Living | undefined;
  readonly isSignedWith: IsSignedWith;
  readonly strict?: boolean | undefined;
  readonly allowUnsigned?: boolean | undefined;
  /** Told of each request for an operation, once it is answered. */
  readonly onAnswered?: (report: RequestReport) => void;
  /** Told of what is a mistake of ours; whoever called was told that KMS failed. */
  readonly onFault?: (error: unknown) => void;
}

/** A request and what became of it. Nothing in it is secret. */
export interface RequestReport {
  readonly requestId: string;
  /** By the clock of the world, in milliseconds since 1970. */
  readonly time: number;
  readonly milliseconds: number;
  readonly operation: string | undefined;
  readonly region: string | undefined;
  /** As the scenario calls it, else its ARN; undefined where nobody knows. */
  readonly principal: string | undefined;
  readonly rootFallback: boolean;
  /** The key as the request names it. */
  readonly keyId: string | undefined;
  /** Left out where the call went through. */
  readonly error: ReportedError | undefined;
}

export interface ReportedError {
  readonly name: string;
  readonly message: string;
  /** What to do about it, in our words. */
  readonly remedy?: string;
  readonly decision?: OperationDecision;
}

/** An answer of ours where KMS has none: no name of AWS, so that nobody takes it for one. */
const UNDECIDED = 'KmsLensUndecidedException';
const NOT_SIMULATED = 'KmsLensNotSimulatedException';

/** The KMS of one world behind AWS's wire protocol, in all Regions. */
export class Endpoint implements Controlled {
  readonly callers: Callers;
  private readonly options: EndpointOptions;
  private readonly listeners = new Set<(event: TrailEvent) => void>();
  private readonly living: Living;

  constructor(options: EndpointOptions) {
    const { world, realClock = systemClock } = options;
    this.options = options;
    this.callers = new Callers(world, { ...options, realTime: () => realClock.now() });
    this.living = options.living ?? new InMemory(options);
    this.living.onEvent = (event) => {
      for (const listener of this.listeners) listener(event);
    };
  }

  get now(): number {
    return this.living.clock.now();
  }

  get trail(): readonly TrailEvent[] {
    return this.living.declared.service.trail;
  }

  reset(): Promise<void> {
    return this.living.reset();
  }

  advance(milliseconds: number): Promise<void> {
    return this.living.advance(milliseconds);
  }

  /** Lets happen by now what is due. Never throws. */
  settle(): void {
    try {
      this.living.settle();
    } catch (error) {
      this.options.onFault?.(error);
    }
  }

  listen(listener: (event: TrailEvent) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Never rejects. */
  async answer(request: HttpRequest): Promise<HttpAnswer> {
    const refused = whyRefused(request);
    if (refused !== undefined) return errorAnswer(randomUUID(), 'AccessDeniedException', refused, 403);
    return request.path.startsWith(CONTROL) ? answerControl(this, request) : this.answerCall(request);
  }

  /** To a request whose body is longer than `MOST_BODY`. */
  answerTooLarge(): HttpAnswer {
    const { name, message, status } = tooLarge();
    return errorAnswer(randomUUID(), name, message, status);
  }

  private async answerCall(request: HttpRequest): Promise<HttpAnswer> {
    const began = performance.now();
    const requestId = randomUUID();
    const about: { -readonly [Name in keyof RequestReport]?: RequestReport[Name] } = {};
    const { declared, clock } = this.living;
    const finish = (answer: HttpAnswer, error: ReportedError | undefined): HttpAnswer => {
      this.options.onAnswered?.({
        requestId,
        time: clock.now(),
        milliseconds: performance.now() - began,
        operation: about.operation,
        region: about.region,
        principal: about.principal,
        rootFallback: about.rootFallback ?? false,
        keyId: about.keyId,
        error,
      });
      return answer;
    };
    try {
      const operation = operationOf(request);
      about.operation = operation;
      const caller = await this.callers.identify(request);
      about.region = caller.region;
      about.principal = caller.name ?? arnOf(caller);
      about.rootFallback = caller.isFallback;
      const input = readInput(request.body, operations[operation].members);
      about.keyId = keyOf(input);
      const output = await call(declared, operation, input, caller, request, requestId);
      return finish({ status: 200, headers: headersOf(requestId), body: writeOutput(output) }, undefined);
    } catch (error) {
      const reported = reportOf(error);
      const status = error instanceof KmsError || error instanceof ProtocolError ? statusOf(error) : 400;
      if (reported) return finish(errorAnswer(requestId, reported.name, reported.message, status), reported);
      this.options.onFault?.(error);
      const name = 'KMSInternalException';
      const message = 'KMS Lens made a mistake: what it was stands in its output.';
      return finish(errorAnswer(requestId, name, message, 500), { name, message });
    }
  }
}

function call(
  { service, introduce }: DeclaredService,
  operation: OperationName,
  input: Readonly<Record<string, unknown>>,
  caller: Identified,
  { headers }: HttpRequest,
  requestId: string,
): Promise<object> {
  const { who } = caller;
  introduce(who);
  const sourceIp = '127.0.0.1';
  const userAgent = headers['user-agent'] ?? '';
  // The service compares the input with the table of the operation before it reads any of it.
  return service.call(operation, input as never, who.caller, {
    region: caller.region,
    conditions: { 'aws:SourceIp': sourceIp, 'aws:UserAgent': userAgent === '' ? null : userAgent },
    ...(who.mfa === undefined ? {} : { mfa: who.mfa }),
    wire: {
      requestId,
      sourceIp,
      userAgent,
      ...(caller.isFallback ? { additionalEventData: { rootFallback: true } } : {}),
    },
  });
}

/** What the request asks for. @throws {ProtocolError} where it is no request for an operation */
function operationOf({ method, path, headers }: HttpRequest): OperationName {
  const isCall = method === 'POST' && path === '/' && TYPE.test(headers['content-type'] ?? '');
  if (!isCall) throw unknownOperation(404);
  const name = targeted(headers['x-amz-target'] ?? '');
  if (!isOperationName(name)) throw unknownOperation();
  return name;
}

const targeted = remembered((target): string => /^TrentService\.(\w+)$/.exec(target)?.[1] ?? '');

const TYPE = /^application\/x-amz-json-1\.1\s*(;|$)/i;

const arnOf = ({ who: { caller } }: Identified): string => (caller.type === 'service' ? caller.service : caller.arn);

/** People send what they should not, and no terminal need show it. */
function keyOf(input: Readonly<Record<string, unknown>>): string | undefined {
  for (const name of NAMES) {
    const text = input[name];
    if (typeof text === 'string') return shown(text.length > 2048 ? text.slice(0, 2048) : text);
  }
  return undefined;
}

const NAMES = ['KeyId', 'SourceKeyId', 'AliasName'];

const shown = remembered(withoutCredentials);

/** What callers and readers are told; undefined for a mistake of ours. */
function reportOf(error: unknown): ReportedError | undefined {
  if (error instanceof KmsError) {
    const { name, message, remedy, decision } = error;
    return { name, message, remedy, ...(decision ? { decision } : {}) };
  }
  if (error instanceof ProtocolError) return { name: error.name, message: error.message };
  if (error instanceof NotSimulatedError) return { name: NOT_SIMULATED, message: error.message };
  if (error instanceof UndecidedError) {
    const { decision, message } = error;
    const needs = decision.permissions.flatMap((each) => each.decision.needs);
    const keys = [...new Set(needs.flatMap((need) => (need.type === 'context-key' ? need.key : [])))];
    const what = keys.length === 0 ? message : `${message}: ${keys.join(', ')}`;
    return { name: UNDECIDED, message: what, decision };
  }
  return undefined;
}

function errorAnswer(requestId: string, name: string, message: string, status: number): HttpAnswer {
  return {
    status,
    headers: { ...headersOf(requestId), 'x-amzn-errortype': name },
    body: JSON.stringify({ __type: name, ...(message === '' ? {} : { message }) }),
  };
}

function headersOf(requestId: string): Readonly<Record<string, string>> {
  return { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId };
}
