/**
 * What can be asked of AWS services that use a key for their callers, as far as it makes them call KMS or decides what
 * later calls are about. Names are those of the services' APIs; small letters stand for what has no operation of its own.
 *
 * Sources: Amazon S3 User Guide, "Using server-side encryption with AWS KMS keys", "Reducing the cost of SSE-KMS with
 * Amazon S3 Bucket Keys", "Multipart upload API and permissions"; Amazon EBS User Guide, "How Amazon EBS encryption works",
 * "Requirements for Amazon EBS encryption"; Amazon RDS and Aurora User Guides, "AWS KMS key management"; AWS Lambda
 * Developer Guide, "Securing Lambda environment variables"; AWS Secrets Manager User Guide, "Secret encryption and
 * decryption"; Amazon DynamoDB Developer Guide, "DynamoDB encryption at rest usage notes"; Amazon CloudWatch Logs User Guide,
 * "Encrypt log data"; Amazon SNS and SQS Developer Guides, "Key management". What a service shows its caller: the errors of
 * its API Reference. Checked 2026-11.
 */
export interface ServiceOperation {
  readonly name: string;
  /** What it has to do with the key. Sentences of ours, in Markdown. */
  readonly summary: string;
  /** The members of a step without which it makes no sense. */
  readonly needs: readonly ServiceMember[];
  readonly takes: readonly ServiceMember[];
}

/** The members of a step that belong to services. `key` is needed by some operations and unknown to others. */
export type ServiceMember =
  | 'key'
  | 'bucket'
  | 'object'
  | 'source'
  | 'bucketKey'
  | 'dsse'
  | 'volume'
  | 'snapshot'
  | 'instance'
  | 'database'
  | 'unencrypted'
  | 'function'
  | 'role'
  | 'helpers'
  | 'secret'
  | 'table'
  | 'logGroup'
  | 'topic'
  | 'queue'
  | 'reusePeriod';

interface ServiceFact {
  /** As in kms:ViaService. */
  readonly name: string;
  /** The alias of the AWS managed key that it uses where a step names no key; left out: a key must be named. */
  readonly managedKey?: string;
  /** What its caller gets to see of an exception of KMS, where AWS says so; without `Exception`. */
  readonly shows: Readonly<Record<string, string>>;
  readonly operations: Readonly<Record<string, OperationRow>>;
}

interface OperationRow {
  readonly needs: readonly ServiceMember[];
  readonly takes?: readonly ServiceMember[];
  readonly summary: string;
}

export const serviceFacts = {
  s3: {
    name: 's3',
    managedKey: 'alias/aws/s3',
    shows: {
      AccessDenied: 'AccessDenied',
      Disabled: 'KMS.DisabledException',
      KMSInvalidState: 'KMS.KMSInvalidStateException',
      NotFound: 'KMS.NotFoundException',
    },
    operations: {
      PutBucketEncryption: {
        needs: ['bucket'],
        takes: ['key', 'bucketKey', 'dsse'],
        summary:
          'What new objects of the bucket are encrypted under where their request says nothing. KMS is not called for it, so that nobody notices a key that callers may not use.',
      },
      PutObject: {
        needs: ['bucket'],
        takes: ['object', 'key', 'bucketKey', 'dsse'],
        summary:
          'S3 calls GenerateDataKey for its caller, with the ARN of the object as `aws:s3:arn`. With a Bucket Key that is the ARN of the bucket, and S3 calls KMS only where the caller has no such key for the time being.',
      },
      GetObject: {
        needs: ['bucket'],
        takes: ['object'],
        summary: 'S3 calls Decrypt for its caller, with the encryption context that the object was written with.',
      },
      CopyObject: {
        needs: ['bucket', 'object', 'source'],
        takes: ['key', 'bucketKey', 'dsse'],
        summary: 'S3 reads the source, which takes Decrypt, and writes the copy, which takes GenerateDataKey.',
      },
      CreateMultipartUpload: {
        needs: ['bucket'],
        takes: ['object', 'key', 'bucketKey', 'dsse'],
        summary: 'S3 calls GenerateDataKey for its caller. All parts are encrypted under this data key.',
      },
      UploadPart: {
        needs: ['bucket'],
        takes: ['object'],
        summary:
          'S3 calls Decrypt for its caller, to get the data key of the upload back: who only writes needs it, too.',
      },
      CompleteMultipartUpload: {
        needs: ['bucket'],
        takes: ['object'],
        summary: 'S3 calls Decrypt for its caller, since the parts are read before they become one object.',
      },
    },
  },
  ec2: {
    name: 'ec2',
    managedKey: 'alias/aws/ebs',
    shows: {},
    operations: {
      CreateVolume: {
        needs: ['volume'],
        takes: ['key', 'snapshot'],
        summary:
          'EBS calls GenerateDataKeyWithoutPlaintext for its caller, with the id of the volume as `aws:ebs:id`. Under the key of an encrypted snapshot its data key is used again, and under another key what the snapshot holds is encrypted anew.',
      },
      AttachVolume: {
        needs: ['volume', 'instance'],
        summary:
          'EC2 makes a grant with the rights of its caller, and the role of the instance decrypts the data key by this grant. It stays in the memory of the host.',
      },
      DetachVolume: {
        needs: ['volume'],
        summary: 'The plaintext of the data key is forgotten. KMS is not called for it.',
      },
      RunInstances: {
        needs: ['instance', 'volume'],
        takes: ['key', 'snapshot'],
        summary: 'A volume is made and attached: the calls of CreateVolume, then those of AttachVolume.',
      },
      StopInstances: {
        needs: ['instance'],
        summary: 'The plaintext of the data keys of its volumes is forgotten. KMS is not called for it.',
      },
      StartInstances: {
        needs: ['instance'],
        summary: 'As AttachVolume for each volume of the instance: it takes `kms:CreateGrant` every time.',
      },
      CreateSnapshot: {
        needs: ['volume', 'snapshot'],
        summary:
          'The snapshot has the data key of the volume, with the id of the volume in its encryption context. KMS is not called for it.',
      },
      CopySnapshot: {
        needs: ['source', 'snapshot'],
        takes: ['key'],
        summary:
          'Under the same key its data key is encrypted for the id of the copy; under another key, which may be one of another Region, the copy is encrypted anew.',
      },
      use: {
        needs: ['volume'],
        summary:
          'The instance reads and writes an attached volume. The data key is in memory, so that KMS is not called, whatever has become of the key.',
      },
    },
  },
  rds: {
    name: 'rds',
    managedKey: 'alias/aws/rds',
    shows: {
      AccessDenied: 'KMSKeyNotAccessibleFault',
      Disabled: 'KMSKeyNotAccessibleFault',
      KMSInvalidState: 'KMSKeyNotAccessibleFault',
      NotFound: 'KMSKeyNotAccessibleFault',
    },
    operations: {
      CreateDBInstance: {
        needs: ['database'],
        takes: ['key', 'unencrypted'],
        summary:
          'RDS calls DescribeKey and CreateGrant for its caller, and uses the key by this grant for as long as there is the instance, with its resource id as `aws:rds:db-id`.',
      },
      CreateDBCluster: {
        needs: ['database'],
        takes: ['key'],
        summary: 'The same for a cluster of Aurora, with `aws:rds:dbc-id`.',
      },
      ModifyDBInstance: {
        needs: ['database'],
        summary:
          'Whatever it changes, it has no parameter for encryption or the key: both stay as they were when the instance was made. KMS is not called for it.',
      },
      StopDBInstance: { needs: ['database'], summary: 'The instance stops. KMS is not called for it.' },
      StartDBInstance: {
        needs: ['database'],
        summary:
          'RDS calls Decrypt by its grant. This is how an instance comes back whose key was disabled for less than seven days.',
      },
      StopDBCluster: { needs: ['database'], summary: 'The cluster stops. KMS is not called for it.' },
      StartDBCluster: { needs: ['database'], summary: 'RDS calls Decrypt by its grant.' },
      CreateDBSnapshot: {
        needs: ['database', 'snapshot'],
        summary: 'The snapshot is encrypted as the instance is, or not encrypted as it is. KMS is not called for it.',
      },
      CopyDBSnapshot: {
        needs: ['source', 'snapshot'],
        takes: ['key'],
        summary:
          'Under another key, which may be one of another Region, RDS makes a grant on it and encrypts the copy anew: the way to give a database another key, or one that has none its first.',
      },
      RestoreDBInstanceFromDBSnapshot: {
        needs: ['snapshot', 'database'],
        summary:
          'A new instance from a snapshot, under the key of the snapshot; of one without encryption an instance without it. There is no parameter for another.',
      },
      use: {
        needs: ['database'],
        summary: 'The database works. RDS notices within about two hours that it cannot use the key any more.',
      },
    },
  },
  lambda: {
    name: 'lambda',
    managedKey: 'alias/aws/lambda',
    shows: {
      AccessDenied: 'KMSAccessDeniedException',
      Disabled: 'KMSDisabledException',
      KMSInvalidState: 'KMSInvalidStateException',
      NotFound: 'KMSNotFoundException',
    },
    operations: {
      CreateFunction: {
        needs: ['function', 'role'],
        takes: ['key', 'helpers'],
        summary:
          'Lambda encrypts the environment variables and makes a grant for the execution role, both with the rights of its caller and the ARN of the function as `aws:lambda:FunctionArn`.',
      },
      UpdateFunctionConfiguration: {
        needs: ['function'],
        takes: ['role', 'key', 'helpers'],
        summary: 'The same again, also for another key or another execution role.',
      },
      GetFunctionConfiguration: {
        needs: ['function'],
        summary: 'Lambda calls Decrypt for its caller. Who may not decrypt does not see the environment variables.',
      },
      Invoke: {
        needs: ['function'],
        summary:
          'Lambda calls Decrypt for the execution role, which the grant allows; whoever invokes needs no permission of KMS.',
      },
    },
  },
  secretsmanager: {
    name: 'secretsmanager',
    managedKey: 'alias/aws/secretsmanager',
    shows: {
      Disabled: 'EncryptionFailure or DecryptionFailure',
      KMSInvalidState: 'EncryptionFailure or DecryptionFailure',
      NotFound: 'EncryptionFailure or DecryptionFailure',
      AccessDenied: 'AccessDeniedException: Access to KMS is not allowed',
    },
    operations: {
      CreateSecret: {
        needs: ['secret'],
        takes: ['key'],
        summary:
          'Secrets Manager tries the key out for its caller (GenerateDataKey and Decrypt with the `SecretVersionId` `RequestToValidateKeyAccess`), then calls GenerateDataKey for the value.',
      },
      PutSecretValue: {
        needs: ['secret'],
        summary: 'Secrets Manager calls GenerateDataKey for its caller: each version has a data key of its own.',
      },
      GetSecretValue: {
        needs: ['secret'],
        summary: 'Secrets Manager calls Decrypt for its caller, with `SecretARN` and `SecretVersionId`.',
      },
      UpdateSecret: {
        needs: ['secret', 'key'],
        summary:
          'Another key: Secrets Manager tries it out, and encrypts the data key of the current version under it where the caller may decrypt under the old key and encrypt under the new one.',
      },
    },
  },
  dynamodb: {
    name: 'dynamodb',
    shows: {},
    operations: {
      CreateTable: {
        needs: ['table', 'key'],
        summary:
          'DynamoDB calls DescribeKey and CreateGrant for its caller. By the grant it makes the table key, with the name of the table and the account in the encryption context.',
      },
      UpdateTable: {
        needs: ['table', 'key'],
        summary:
          'Another key: a new grant and a new table key. The old key is needed until everything is encrypted anew.',
      },
      GetItem: {
        needs: ['table'],
        summary:
          'DynamoDB calls Decrypt for its caller, and remembers the table key for five minutes after its last use.',
      },
      PutItem: { needs: ['table'], summary: 'As GetItem: writing takes the table key, too.' },
      DeleteTable: { needs: ['table'], summary: 'DynamoDB retires its grant.' },
    },
  },
  logs: {
    name: 'logs',
    shows: {
      AccessDenied: 'InvalidParameterException',
      Disabled: 'InvalidParameterException',
      KMSInvalidState: 'InvalidParameterException',
      NotFound: 'InvalidParameterException',
    },
    operations: {
      CreateLogGroup: {
        needs: ['logGroup', 'key'],
        summary:
          'CloudWatch Logs tries the key out as itself: the key policy has to allow `logs.<region>.amazonaws.com`, and whoever makes the log group needs no permission of KMS.',
      },
      AssociateKmsKey: {
        needs: ['logGroup', 'key'],
        summary: 'The same for a log group that is there. What it holds already stays as it is.',
      },
      PutLogEvents: {
        needs: ['logGroup'],
        summary: 'CloudWatch Logs calls GenerateDataKey as itself, with the ARN of the log group as `aws:logs:arn`.',
      },
      GetLogEvents: {
        needs: ['logGroup'],
        summary: 'CloudWatch Logs calls Decrypt as itself.',
      },
    },
  },
  sns: {
    name: 'sns',
    shows: {
      AccessDenied: 'KMSAccessDenied',
      Disabled: 'KMSDisabled',
      KMSInvalidState: 'KMSInvalidState',
      NotFound: 'KMSNotFound',
    },
    operations: {
      CreateTopic: { needs: ['topic', 'key'], summary: 'The topic has a key from now on. KMS is not called for it.' },
      Publish: {
        needs: ['topic'],
        summary:
          'SNS calls GenerateDataKey and Decrypt for the publisher, and uses the data key for five minutes. An AWS service that publishes as itself needs both in the key policy.',
      },
      deliver: {
        needs: ['topic', 'queue'],
        summary:
          'SNS passes a message on to an encrypted queue, as itself: the key of the queue has to allow `sns.amazonaws.com`. Nobody is told where it does not, and the message is lost without a dead-letter queue.',
      },
    },
  },
  sqs: {
    name: 'sqs',
    shows: {
      AccessDenied: 'KmsAccessDenied',
      Disabled: 'KmsDisabled',
      KMSInvalidState: 'KmsInvalidState',
      NotFound: 'KmsNotFound',
    },
    operations: {
      CreateQueue: {
        needs: ['queue', 'key'],
        takes: ['reusePeriod'],
        summary: 'The queue has a key from now on. KMS is not called for it.',
      },
      SendMessage: {
        needs: ['queue'],
        summary:
          'SQS calls GenerateDataKey and Decrypt for the producer, and uses the data key until the data key reuse period is over. An AWS service that sends as itself needs both in the key policy.',
      },
      ReceiveMessage: {
        needs: ['queue'],
        summary: 'SQS calls Decrypt for the consumer, once in a reuse period for each data key.',
      },
    },
  },
} as const satisfies Readonly<Record<string, ServiceFact>>;

export type ServiceName = keyof typeof serviceFacts;

export type OperationOf<S extends ServiceName> = keyof (typeof serviceFacts)[S]['operations'] & string;

export const serviceNames: readonly ServiceName[] = Object.keys(serviceFacts).filter(isServiceName);

export function isServiceName(name: string): name is ServiceName {
  return Object.hasOwn(serviceFacts, name);
}

/** What can be asked of a service; nothing of one that is not here. */
export function operationsOfService(service: string): readonly ServiceOperation[] {
  const fact: ServiceFact | undefined = isServiceName(service) ? serviceFacts[service] : undefined;
  return Object.entries(fact?.operations ?? {}).map(([name, row]) => ({ takes: [], ...row, name }));
}

export function findServiceOperation(service: string, operation: string): ServiceOperation | undefined {
  return operationsOfService(service).find(({ name }) => name === operation);
}

/** The AWS managed key that a service uses where it is told no other. */
export function managedKeyOf(service: ServiceName): string | undefined {
  const fact: ServiceFact = serviceFacts[service];
  return fact.managedKey;
}

/** What the caller of a service gets to see of an exception of KMS. */
export function shownBy(service: ServiceName, exception: string): string | undefined {
  const { shows }: ServiceFact = serviceFacts[service];
  return shows[exception.replace(/Exception$/, '')];
}
