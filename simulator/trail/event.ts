/**
 * An event as CloudTrail records it. The order of the members is AWS's.
 * Source: KMS Developer Guide, "Logging AWS KMS API calls with AWS CloudTrail"; CloudTrail User Guide, "CloudTrail record
 * contents"; checked 2026-11.
 */
export interface TrailEvent {
  readonly eventVersion: '1.11';
  readonly userIdentity: UserIdentity;
  /** ISO 8601, to the second. */
  readonly eventTime: string;
  readonly eventSource: 'kms.amazonaws.com';
  readonly eventName: string;
  readonly awsRegion: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly requestParameters: Readonly<Record<string, unknown>> | null;
  readonly responseElements: Readonly<Record<string, unknown>> | null;
  readonly additionalEventData?: Readonly<Record<string, unknown>>;
  readonly requestID?: string;
  readonly eventID: string;
  readonly readOnly: boolean;
  readonly resources?: readonly TrailResource[];
  readonly eventType: 'AwsApiCall' | 'AwsServiceEvent';
  readonly managementEvent: true;
  readonly recipientAccountId: string;
  /** The same in the events of both accounts of a call across accounts. */
  readonly sharedEventID?: string;
  readonly serviceEventDetails?: Readonly<Record<string, unknown>>;
  readonly eventCategory: 'Management';
  readonly tlsDetails?: TlsDetails;
}

export interface TrailResource {
  readonly accountId: string;
  readonly type: 'AWS::KMS::Key' | 'AWS::KMS::Alias';
  readonly ARN: string;
}

export interface TlsDetails {
  readonly tlsVersion: string;
  readonly cipherSuite: string;
  readonly clientProvidedHostHeader: string;
}

export type UserIdentity = Readonly<Record<string, unknown>> & { readonly type?: string; readonly accountId?: string };
