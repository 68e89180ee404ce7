import { accountOf, type Caller } from '../access/caller.ts';
import type { OperationDecision, OperationRequest } from '../access/operation.ts';
import type { KmsOperation } from '../facts/types.ts';
import type { RecordedCall } from '../trail/trail.ts';
import type { Authorization, Authorize } from './authorize.ts';
import { bringsIntoBeing, newAwsManagedKey } from './aws-managed.ts';
import { DAY, type Surroundings } from './by-itself.ts';
import type { RandomSource } from './environment.ts';
import { invalidGrantToken, KmsError, UndecidedError } from './errors.ts';
import { Finder, type FoundKey } from './find.ts';
import type { KmsGrant } from './grants.ts';
import { checkState, checkUsage } from './guard.ts';
import type { KmsKey } from './key.ts';
import { storeNote } from './metadata.ts';
import type { Call, Found, Operation, TrailNotes } from './operation.ts';
import type { Principals } from './policy-checks.ts';
import { throttle } from './quotas/throttle.ts';
import { errorCodeOf, isReadOnly, parametersOf, resourcesOf, responseOf } from './records.ts';
import type { CallContext, ServiceOptions } from './service.ts';
import { type Members, wrongType } from './shapes.ts';
import { validate } from './validate.ts';
import type { KeyWorld, Place } from './world.ts';

/** What a call works with. */
export interface Behind extends ServiceOptions {
  readonly around: Surroundings;
}

/** One call from its validation to its record, and what its operation sees of it. */
export class OneCall implements Call<Readonly<Record<string, unknown>>> {
  readonly input: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
  readonly place: Place;
  readonly now: number;
  /** What CloudTrail shows besides the request. */
  readonly trail: TrailNotes = {};
  found: Found = {};
  private readonly definition: Operation<Members, object>;
  private readonly facts: KmsOperation;
  private readonly context: CallContext;
  private readonly behind: Behind;
  private readonly requestId: string;
  private readonly eventId: string;
  /** Whether its members are known to have the types of the API. */
  private isWellTyped = false;
  /** The grants that the request names by a token. */
  private readonly named = new Set<KmsGrant>();

  constructor(
    definition: Operation<Members, object>,
    facts: KmsOperation,
    input: Readonly<Record<string, unknown>>,
    caller: Caller,
    context: CallContext,
    behind: Behind,
  ) {
    this.definition = definition;
    this.facts = facts;
    this.input = input;
    this.caller = caller;
    this.context = context;
    this.behind = behind;
    const { place } = behind;
    this.place = {
      partition: caller.type === 'service' ? place.partition : caller.partition,
      account: accountOf(caller) ?? place.account,
      region: context.region ?? place.region,
    };
    this.now = behind.environment.clock.now();
    this.requestId = context.wire?.requestId ?? behind.around.nextId();
    this.eventId = behind.around.nextId();
  }

  async run(): Promise<object> {
    try {
      const output = await this.acted();
      this.record(undefined, output);
      return output;
    } catch (error) {
      if (error instanceof KmsError) this.record(error, undefined);
      throw error;
    }
  }

  private acted(): Promise<object> {
    const { beforeAnswer } = this.behind;
    return beforeAnswer ? this.told(beforeAnswer) : this.go();
  }

  private async told(beforeAnswer: NonNullable<ServiceOptions['beforeAnswer']>): Promise<object> {
    try {
      return await this.go();
    } finally {
      const { on, to } = this.found;
      const { resource, elsewhere } = this.trail;
      const keys = [on?.key, to?.key, resource, elsewhere?.key].filter((key) => key !== undefined);
      const isUse = this.isCryptographic && !on?.isNew && !to?.isNew;
      await beforeAnswer({ keys, isUse });
    }
  }

  private async go(): Promise<object> {
    const { definition, facts, input, place } = this;
    validate(definition.members, input);
    this.isWellTyped = true;
    definition.check?.(input, place);
    const finder = new Finder(this.behind.world, place, this.who, facts, (alias) => this.managed(alias));
    this.found = this.find(finder);
    if (this.found.grant) this.named.add(this.found.grant);
    this.throttle();
    this.checkGrantTokens();
    const asked = this.ask();
    // Awaiting what is there costs a turn.
    const answer = asked instanceof Promise ? await asked : asked;
    if (!answer.allowed) await this.refuse(answer);
    else if (answer.decision) this.context.onAllowed?.(answer.decision);
    for (const each of [this.found.on, this.found.to]) if (each?.isNew) this.behind.world.add(each.key);
    this.guard();
    const isDryRun = input['DryRun'] === true;
    const skipsData = Array.isArray(input['DryRunModifiers']) && input['DryRunModifiers'].length > 0;
    const output = isDryRun && skipsData ? {} : await definition.act(this);
    if (isDryRun)
      throw new KmsError(
        'DryRunOperationException',
        'The request would have succeeded, but the DryRun option is set.',
        'leave out `DryRun` to do it',
      );
    this.noteUsage();
    return output;
  }

  private find(finder: Finder): Found {
    const { definition, input } = this;
    if (definition.find) return definition.find(input, finder);
    const keyId = input['KeyId'];
    return typeof keyId === 'string' ? { on: finder.key(keyId) } : {};
  }

  /** Which quota a call counts against hangs on its key; it counts whether it is allowed or not. */
  private throttle(): void {
    const { limiter } = this.behind;
    if (!limiter) return;
    const { facts, found, input, caller, place, now } = this;
    const keys = [found.on?.key, found.to?.key].filter((key) => key !== undefined);
    // A service that calls for itself does so for whoever owns the key.
    const account = accountOf(caller) ?? keys[0]?.identity.account ?? place.account;
    throttle(limiter, { operation: facts.name, keys, input, account, region: place.region }, now);
  }

  /** A token that stands for no grant is refused. */
  private checkGrantTokens(): void {
    const tokens = this.input['GrantTokens'];
    if (!Array.isArray(tokens)) return;
    for (const token of tokens) {
      const grant = this.behind.world.grantOf(String(token))?.grant;
      if (!grant) throw invalidGrantToken();
      this.named.add(grant);
    }
  }

  private managed(alias: string): KmsKey | undefined {
    const { caller, context, facts, place, now } = this;
    if (!bringsIntoBeing(alias, { operation: facts.name, caller, via: context.via })) return undefined;
    return newAwsManagedKey(alias, place, now, this.behind.environment.random);
  }

  private ask(named: ReadonlySet<KmsGrant> = this.named): ReturnType<Authorize> {
    const { on, to } = this.found;
    const explains = this.context.onAllowed !== undefined;
    return this.behind.authorize({ request: this.request, on: on?.key, to: to?.key, named, explains });
  }

  /** Returns where all that hangs is found out by the operation. */
  private async refuse(answer: Authorization): Promise<void> {
    const { on, to } = this.found;
    if (answer.allowed === undefined && answer.decision) {
      if (lacksReplica(answer.decision)) return;
      throw new UndecidedError(answer.decision);
    }
    const { deciding } = answer.decision ?? {};
    const action = deciding?.needed.action ?? this.facts.permissions[0]?.action ?? this.definition.name;
    const resource = (deciding?.needed.on === 'previous-key' ? on : (to ?? on))?.key.arn ?? '*';
    throw new KmsError(
      'AccessDeniedException',
      answer.message ?? `User: ${this.who} is not authorized to perform: kms:${action} on resource: ${resource}`,
      await this.howToGetIn(answer),
      answer.because,
      answer.decision,
    );
  }

  private async howToGetIn({ decision }: Authorization): Promise<string> {
    const { on, to } = this.found;
    const spreading = [on, to].flatMap((each) => [...(each?.key.grants.spreading(this.now) ?? [])]);
    const named = new Set([...this.named, ...spreading]);
    if (this.named.size < named.size) {
      const later = await this.ask(named);
      if (later.allowed)
        return 'give the token of the new grant in `GrantTokens`, or wait: not all of KMS knows the grant yet';
    }
    return decision?.by === 'grant'
      ? 'call as somebody who may retire the grant, or have it revoked'
      : 'change the policy that decides, or call as a principal that is allowed';
  }

  private get who(): string {
    return this.caller.type === 'service' ? this.caller.service : this.caller.arn;
  }

  private get request(): OperationRequest {
    const { input, context, facts, found, caller, place } = this;
    const contextOf = (name: string) => input[name] as Readonly<Record<string, string>> | undefined;
    const isBoth = facts.name === 'ReEncrypt';
    const alias = input['AliasName'];
    // Spreading is slow, and every call comes by here.
    const request: Mutable<OperationRequest> = {
      caller,
      operation: facts.name,
      on: found.on && described(found.on),
      region: place.region,
      encryptionContext: contextOf(isBoth ? 'SourceEncryptionContext' : 'EncryptionContext') ?? {},
      input: found.grant ? { ...input, GrantId: found.grant.id } : input,
      context: this.conditions(),
      now: this.now,
    };
    if (found.to) request.to = described(found.to);
    if (typeof alias === 'string') request.alias = alias;
    if (isBoth) request.toEncryptionContext = contextOf('DestinationEncryptionContext') ?? {};
    if (context.via !== undefined) request.via = context.via;
    if (context.vpcEndpoint !== undefined) request.vpcEndpoint = context.vpcEndpoint;
    if (context.mfa !== undefined) request.mfa = context.mfa;
    return request;
  }

  private conditions(): NonNullable<OperationRequest['context']> {
    const { conditions = {} } = this.context;
    const days = this.trailingDays();
    return days ? { ...days, ...conditions } : conditions;
  }

  /** Since the key was used or, where it never was, made. */
  private trailingDays(): Readonly<Record<string, string>> | undefined {
    const key = this.found.on?.key;
    if (!key || !/^(DisableKey|ScheduleKeyDeletion)$/.test(this.facts.name)) return undefined;
    const since = key.lastUsage?.at ?? key.identity.created;
    return { 'kms:TrailingDaysWithoutKeyUsage': String(Math.floor((this.now - since) / DAY)) };
  }

  private guard(): void {
    const { facts, found } = this;
    for (const each of [found.on, found.to]) if (each) checkUsage(facts, each.key);
    const target = facts.name === 'UpdateAlias' ? found.to : found.on;
    for (const each of [found.on, found.to]) if (each) checkState(facts, each.key, roleOf(each, target, facts));
  }

  get key(): KmsKey {
    return this.only(this.found.on, 'key');
  }

  get to(): KmsKey {
    return this.only(this.found.to, 'other key');
  }

  private only(found: FoundKey | undefined, what: string): KmsKey {
    if (!found) throw new Error(`${this.definition.name} has no ${what}`);
    return found.key;
  }

  get world(): KeyWorld {
    return this.behind.world;
  }

  get random(): RandomSource {
    return this.behind.environment.random;
  }

  get around(): Surroundings {
    return this.behind.around;
  }

  get principals(): Principals {
    return this.behind.principals ?? nobodyKnows;
  }

  get byService(): boolean {
    return this.caller.type === 'service' || this.context.via !== undefined;
  }

  private noteUsage(): void {
    if (!this.isCryptographic || this.facts.name === 'GetPublicKey') return;
    const usage = { operation: this.facts.name, at: this.now, eventId: this.eventId, requestId: this.requestId };
    for (const each of [this.found.on, this.found.to]) if (each) each.key.lastUsage = usage;
  }

  /** Of a request that has the members of the API; of others nothing is known. */
  private get defaults(): Readonly<Record<string, unknown>> | undefined {
    const { members, defaults } = this.definition;
    return defaults && (this.isWellTyped || wrongType(members, this.input) === undefined)
      ? defaults(this.input)
      : undefined;
  }

  private get isCryptographic(): boolean {
    return this.facts.acceptsDryRun && this.facts.keyUsages !== undefined;
  }

  private record(error: KmsError | undefined, output: object | undefined): void {
    const { trail: notes, found, facts, context, caller, place } = this;
    const { trail, nextId } = this.behind.around;
    const all = [found.on?.key, found.to?.key, notes.resource].filter((key) => key !== undefined);
    const keys = all.filter(({ identity }) => identity.region === place.region);
    const stored = this.isCryptographic && !error ? storeNote(all.find(({ keyStore }) => keyStore)) : undefined;
    const data = merged(stored, error ? undefined : notes.additionalEventData, context.wire?.additionalEventData);
    const readOnly = isReadOnly(facts.name, this.isCryptographic);
    const shown = merged(
      this.isCryptographic && found.on ? { keyId: found.on.key.arn } : undefined,
      this.defaults,
      notes.requestParameters,
    );
    const call: Mutable<RecordedCall> = {
      caller,
      operation: facts.name,
      region: place.region,
      at: this.now,
      requestParameters: parametersOf(this.definition.members, this.input, shown ?? {}),
      responseElements: output && !readOnly ? responseOf(output, notes.responseElements, keys[0]) : null,
      requestId: this.requestId,
      eventId: this.eventId,
      readOnly,
      resources: resourcesOf(keys, this.input['AliasName'], place),
      account: place.account,
    };
    // Spreading is slow, and every call comes by here.
    if (context.via !== undefined) call.invokedBy = `${context.via}.amazonaws.com`;
    if (context.mfa !== undefined) call.mfa = context.mfa;
    if (context.wire) {
      call.sourceIp = context.wire.sourceIp;
      call.userAgent = context.wire.userAgent;
    }
    if (error) call.error = { code: errorCodeOf(error.name), message: error.message };
    if (data) call.additionalEventData = data;
    trail.addCall(call);
    if (error || !notes.elsewhere) return;
    const { operation, key, requestParameters, output: response } = notes.elsewhere;
    const { additionalEventData: _, ...common } = call;
    trail.addCall({
      ...common,
      operation,
      region: key.identity.region,
      requestParameters,
      responseElements: responseOf(response, undefined, key),
      eventId: nextId(),
      readOnly: false,
      resources: resourcesOf([key], undefined, place),
      isInternal: true,
    });
  }
}

const nobodyKnows: Principals = () => undefined;

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

type Fields = Readonly<Record<string, unknown>>;

/** Undefined where there is nothing in any of them. */
function merged(...parts: readonly (Fields | undefined)[]): Fields | undefined {
  const told = parts.filter((part) => part !== undefined && Object.keys(part).length > 0);
  return told.length < 2 ? told[0] : Object.assign({}, ...told);
}

/** A key as policies see it. */
function described({ key, requestAlias }: FoundKey): KmsKey['asDescribed'] {
  return requestAlias === undefined ? key.asDescribed : { ...key.asDescribed, requestAlias };
}

/** All that hangs is the permission on a replica that is not there, which the operation itself finds. */
function lacksReplica({ permissions, missing }: OperationDecision): boolean {
  return (
    missing.every(({ on }) => on === 'replica-key') &&
    permissions.every(({ decision }) => decision.verdict === 'allowed')
  );
}

function roleOf(each: Found['on'], target: Found['on'], facts: KmsOperation): 'key' | 'other' {
  return facts.name === 'UpdateAlias' && each !== target ? 'other' : 'key';
}
