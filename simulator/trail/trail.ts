import { accountOf, type Caller } from '../access/caller.ts';
import { remembered } from '../text/remembered.ts';
import type { TlsDetails, TrailEvent, TrailResource, UserIdentity } from './event.ts';
import { foreignIdentity, identityOf } from './identity.ts';

/** A call as the service saw it. Nothing secret is ever handed in. */
export interface RecordedCall {
  readonly caller: Caller;
  readonly operation: string;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly error?: { readonly code: string; readonly message: string };
  readonly requestParameters: Readonly<Record<string, unknown>> | null;
  readonly responseElements: Readonly<Record<string, unknown>> | null;
  readonly additionalEventData?: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  readonly eventId: string;
  readonly readOnly: boolean;
  readonly resources: readonly TrailResource[];
  readonly invokedBy?: string;
  readonly mfa?: boolean;
  readonly sourceIp?: string;
  readonly userAgent?: string;
  /** KMS does it in another Region than the one that was called. */
  readonly isInternal?: boolean;
  /** The account where neither the caller nor a key has one. */
  readonly account: string;
}

/** Something that KMS did by itself. */
export interface RecordedServiceEvent {
  readonly name: 'RotateKey' | 'DeleteKey' | 'DeleteExpiredKeyMaterial' | 'SynchronizeMultiRegionKey';
  readonly account: string;
  readonly region: string;
  readonly at: number;
  readonly keyArn: string;
  readonly keyId: string;
  readonly eventId: string;
  /** Of what KMS does by calling itself. */
  readonly requestId?: string;
  readonly additionalEventData?: Readonly<Record<string, unknown>>;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface TrailOptions {
  /** The latest events are kept, at least so many. Left out: all. */
  readonly most?: number;
  /** Where the latest events have more characters of what callers sent than these, fewer are kept. Left out: any number. */
  readonly mostText?: number;
  /** Told of each event once it is recorded. */
  readonly onEvent?: (event: TrailEvent) => void;
  /** What was recorded before. */
  readonly earlier?: readonly TrailEvent[] | undefined;
}

/** Where KMS itself comes from. */
const INTERNAL = 'AWS Internal';
/** What AWS documents as the addresses and agents of such examples. */
const SOURCE_IP = '192.0.2.0';
const USER_AGENT = 'kms-lens simulator';

/** The events of all accounts, in the order in which they happened. */
export class Trail {
  private readonly all: TrailEvent[] = [];
  /** How many characters callers sent. */
  private text = 0;
  private readonly sessionStart: string;
  private readonly nextId: () => string;
  private readonly options: TrailOptions;

  /** @param nextId makes ids of events */
  constructor(start: number, nextId: () => string, options: TrailOptions = {}) {
    this.sessionStart = timeOf(start);
    this.nextId = nextId;
    this.options = options;
    this.all.push(...(options.earlier ?? []));
  }

  get events(): readonly TrailEvent[] {
    return this.all;
  }

  /** One event in the account of the caller, and one in each other account whose key is concerned. */
  addCall(call: RecordedCall): void {
    const identity = identityOf(call.caller, call, this.sessionStart);
    const home = accountOf(call.caller) ?? call.resources[0]?.accountId ?? call.account;
    if (call.resources.every(({ accountId }) => accountId === home)) {
      this.add(apiEvent(call, identity, home, call.eventId));
      return;
    }
    const others = new Set(call.resources.map(({ accountId }) => accountId));
    others.delete(home);
    const shared = this.nextId();
    this.add(apiEvent(call, identity, home, call.eventId, shared));
    for (const account of others) this.add(apiEvent(call, foreignIdentity(identity), account, this.nextId(), shared));
  }

  addServiceEvent(event: RecordedServiceEvent): void {
    const { name, account, region, at, keyArn, keyId, eventId, requestId, ...more } = event;
    const isCall = requestId !== undefined;
    this.add({
      eventVersion: '1.11',
      userIdentity: { accountId: account, invokedBy: INTERNAL },
      eventTime: timeOf(at),
      eventSource: 'kms.amazonaws.com',
      eventName: name,
      awsRegion: region,
      sourceIPAddress: INTERNAL,
      userAgent: INTERNAL,
      requestParameters: null,
      responseElements: isCall ? { keyId: keyArn } : null,
      ...(more.additionalEventData ? { additionalEventData: more.additionalEventData } : {}),
      ...(isCall ? { requestID: requestId } : {}),
      eventID: eventId,
      readOnly: false,
      resources: [{ accountId: account, type: 'AWS::KMS::Key', ARN: keyArn }],
      eventType: isCall ? 'AwsApiCall' : 'AwsServiceEvent',
      managementEvent: true,
      recipientAccountId: account,
      ...(isCall ? {} : { serviceEventDetails: { keyId, ...more.details } }),
      eventCategory: 'Management',
    });
  }

  private add(event: TrailEvent): void {
    const { most = Number.POSITIVE_INFINITY, mostText = Number.POSITIVE_INFINITY, onEvent } = this.options;
    this.all.push(event);
    if (mostText !== Number.POSITIVE_INFINITY) this.text += textIn(event);
    // Many at a time, since each removal moves the rest.
    if (this.all.length >= 2 * most || this.text >= 2 * mostText) this.drop(most, mostText);
    onEvent?.(event);
  }

  private drop(most: number, mostText: number): void {
    let first = this.all.length - 1;
    let text = textIn(this.all[first]);
    for (; first > 0 && this.all.length - first < most; first--) {
      const more = textIn(this.all[first - 1]);
      if (text + more > mostText) break;
      text += more;
    }
    this.all.splice(0, first);
    this.text = text;
  }
}

/** The characters of what a caller sent. */
function textIn(event: TrailEvent | undefined): number {
  return (event?.errorMessage?.length ?? 0) + charactersIn(event?.requestParameters);
}

function charactersIn(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let sum = 0;
  for (const name of Object.keys(value)) sum += name.length + charactersIn((value as Record<string, unknown>)[name]);
  return sum;
}

/** Spreading is slow, and every call comes by here: so the members are set one after the other, in the order of AWS. */
function apiEvent(
  call: RecordedCall,
  userIdentity: UserIdentity,
  recipientAccountId: string,
  eventID: string,
  sharedEventID?: string,
): TrailEvent {
  const { error, invokedBy, additionalEventData } = call;
  const internal = call.isInternal ? INTERNAL : undefined;
  const service = call.caller.type === 'service' ? call.caller.service : (invokedBy ?? internal);
  const event: Mutable<Partial<TrailEvent>> = {
    eventVersion: '1.11',
    userIdentity,
    eventTime: timeOf(call.at),
    eventSource: 'kms.amazonaws.com',
    eventName: call.operation,
    awsRegion: call.region,
    sourceIPAddress: service ?? call.sourceIp ?? SOURCE_IP,
    userAgent: service ?? call.userAgent ?? USER_AGENT,
  };
  if (error) event.errorCode = error.code;
  if (error?.message) event.errorMessage = error.message;
  event.requestParameters = call.requestParameters;
  event.responseElements = call.responseElements;
  if (additionalEventData) event.additionalEventData = additionalEventData;
  event.requestID = call.requestId;
  event.eventID = eventID;
  event.readOnly = call.readOnly;
  if (call.resources.length > 0) event.resources = call.resources;
  event.eventType = 'AwsApiCall';
  event.managementEvent = true;
  event.recipientAccountId = recipientAccountId;
  if (sharedEventID !== undefined) event.sharedEventID = sharedEventID;
  event.eventCategory = 'Management';
  if (service === undefined) event.tlsDetails = tlsOf(call.region);
  return event as TrailEvent;
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

/** One object for each Region, since thousands of events are kept. */
const tlsOf = remembered(
  (region): TlsDetails => ({
    tlsVersion: 'TLSv1.3',
    cipherSuite: 'TLS_AES_256_GCM_SHA384',
    clientProvidedHostHeader: `kms.${region}.amazonaws.com`,
  }),
);

let lastSecond = Number.NaN;
let lastTime = '';

/** ISO 8601, to the second. Events come many to a second. */
function timeOf(at: number): string {
  const second = Math.floor(at / 1000);
  if (second !== lastSecond) {
    lastTime = `${new Date(at).toISOString().slice(0, -'.000Z'.length)}Z`;
    lastSecond = second;
  }
  return lastTime;
}
