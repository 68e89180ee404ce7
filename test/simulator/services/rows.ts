import type { ServiceName } from '../../../simulator/facts/service-operations.ts';

/** What has to be there before an operation, and the members of the step that asks for it. */
export interface Row {
  readonly before?: readonly object[];
  readonly step?: object;
}

const key = 'main';

const put = { service: 's3', do: 'PutObject', key, bucket: 'data', object: 'letter' };
const begin = { service: 's3', do: 'CreateMultipartUpload', key, bucket: 'data', object: 'film' };
const volume = { service: 'ec2', do: 'CreateVolume', key, volume: 'disk' };
const attach = { service: 'ec2', do: 'AttachVolume', volume: 'disk', instance: 'web' };
const snapshot = { service: 'ec2', do: 'CreateSnapshot', volume: 'disk', snapshot: 'monday' };
const database = { service: 'rds', do: 'CreateDBInstance', key, database: 'orders' };
const plain = { service: 'rds', do: 'CreateDBInstance', unencrypted: true, database: 'orders' };
const cluster = { service: 'rds', do: 'CreateDBCluster', key, database: 'orders' };
const dbSnapshot = { service: 'rds', do: 'CreateDBSnapshot', database: 'orders', snapshot: 'monday' };
const create = { service: 'lambda', do: 'CreateFunction', key, function: 'api', role: 'Role' };
const secret = { service: 'secretsmanager', do: 'CreateSecret', key, secret: 'password' };
const table = { service: 'dynamodb', do: 'CreateTable', key, table: 'books' };
const group = { service: 'logs', do: 'CreateLogGroup', key, logGroup: '/app' };
const topic = { service: 'sns', do: 'CreateTopic', key, topic: 'alarms' };
const queue = { service: 'sqs', do: 'CreateQueue', key, queue: 'jobs' };
const send = { service: 'sqs', do: 'SendMessage', queue: 'jobs' };
const events = { service: 'logs', do: 'PutLogEvents', logGroup: '/app' };

/** By service and operation; `(…)` tells rows of one operation apart. */
export const rows: Readonly<Record<ServiceName, Readonly<Record<string, Row>>>> = {
  s3: {
    PutBucketEncryption: { step: { key, bucket: 'data', bucketKey: true } },
    PutObject: { step: put },
    'PutObject (Bucket Key)': { step: { ...put, bucketKey: true } },
    'PutObject (Bucket Key, once more)': {
      before: [{ ...put, bucketKey: true }],
      step: { ...put, object: 'other', bucketKey: true },
    },
    'PutObject (DSSE-KMS)': { step: { ...put, dsse: true } },
    GetObject: { before: [put], step: { bucket: 'data', object: 'letter' } },
    'GetObject (Bucket Key, another caller)': {
      before: [{ ...put, bucketKey: true, as: 'Other' }],
      step: { bucket: 'data', object: 'letter' },
    },
    CopyObject: { before: [put], step: { key: 'other', bucket: 'data', object: 'copy', source: 'letter' } },
    CreateMultipartUpload: { step: begin },
    UploadPart: { before: [begin], step: { bucket: 'data', object: 'film' } },
    CompleteMultipartUpload: { before: [begin], step: { bucket: 'data', object: 'film' } },
  },
  ec2: {
    CreateVolume: { step: volume },
    'CreateVolume (of a snapshot, same key)': {
      before: [volume, snapshot],
      step: { volume: 'again', snapshot: 'monday' },
    },
    'CreateVolume (of a snapshot, another key)': {
      before: [volume, snapshot],
      step: { volume: 'again', snapshot: 'monday', key: 'other' },
    },
    AttachVolume: { before: [volume], step: attach },
    DetachVolume: { before: [volume, attach], step: { volume: 'disk' } },
    RunInstances: { step: { key, volume: 'disk', instance: 'web' } },
    StopInstances: { before: [volume, attach], step: { instance: 'web' } },
    StartInstances: {
      before: [volume, attach, { service: 'ec2', do: 'StopInstances', instance: 'web' }],
      step: { instance: 'web' },
    },
    CreateSnapshot: { before: [volume], step: snapshot },
    'CopySnapshot (same key)': { before: [volume, snapshot], step: { source: 'monday', snapshot: 'copy' } },
    'CopySnapshot (another key)': {
      before: [volume, snapshot],
      step: { source: 'monday', snapshot: 'copy', key: 'other' },
    },
    use: { before: [volume, attach], step: { volume: 'disk' } },
  },
  rds: {
    CreateDBInstance: { step: database },
    'CreateDBInstance (unencrypted)': { step: plain },
    CreateDBCluster: { step: cluster },
    ModifyDBInstance: { before: [database], step: { database: 'orders' } },
    StopDBInstance: { before: [database], step: { database: 'orders' } },
    StartDBInstance: {
      before: [database, { service: 'rds', do: 'StopDBInstance', database: 'orders' }],
      step: { database: 'orders' },
    },
    StopDBCluster: { before: [cluster], step: { database: 'orders' } },
    StartDBCluster: {
      before: [cluster, { service: 'rds', do: 'StopDBCluster', database: 'orders' }],
      step: { database: 'orders' },
    },
    CreateDBSnapshot: { before: [database], step: dbSnapshot },
    'CopyDBSnapshot (another key)': {
      before: [database, dbSnapshot],
      step: { source: 'monday', snapshot: 'copy', key: 'other' },
    },
    'CopyDBSnapshot (of an unencrypted one)': {
      before: [plain, dbSnapshot],
      step: { source: 'monday', snapshot: 'copy', key },
    },
    RestoreDBInstanceFromDBSnapshot: {
      before: [database, dbSnapshot],
      step: { snapshot: 'monday', database: 'restored' },
    },
    'RestoreDBInstanceFromDBSnapshot (unencrypted)': {
      before: [plain, dbSnapshot],
      step: { snapshot: 'monday', database: 'restored' },
    },
    use: { before: [database], step: { database: 'orders' } },
    'use (two hours later)': { before: [database, { wait: 'PT2H' }], step: { database: 'orders' } },
  },
  lambda: {
    CreateFunction: { step: create },
    'CreateFunction (helpers)': { step: { ...create, helpers: true } },
    'UpdateFunctionConfiguration (another key)': { before: [create], step: { function: 'api', key: 'other' } },
    GetFunctionConfiguration: { before: [create], step: { function: 'api' } },
    Invoke: { before: [create], step: { function: 'api' } },
    'Invoke (helpers)': { before: [{ ...create, helpers: true }], step: { function: 'api' } },
  },
  secretsmanager: {
    CreateSecret: { step: secret },
    PutSecretValue: { before: [secret], step: { secret: 'password' } },
    GetSecretValue: { before: [secret], step: { secret: 'password' } },
    'UpdateSecret (another key)': { before: [secret], step: { secret: 'password', key: 'other' } },
  },
  dynamodb: {
    CreateTable: { step: table },
    'UpdateTable (another key)': { before: [table], step: { table: 'books', key: 'other' } },
    GetItem: { before: [table], step: { table: 'books' } },
    'GetItem (within five minutes)': {
      before: [table, { service: 'dynamodb', do: 'GetItem', table: 'books' }],
      step: { table: 'books' },
    },
    PutItem: { before: [table], step: { table: 'books' } },
    DeleteTable: { before: [table], step: { table: 'books' } },
  },
  logs: {
    CreateLogGroup: { step: group },
    'AssociateKmsKey (another key)': { before: [group], step: { logGroup: '/app', key: 'other' } },
    PutLogEvents: { before: [group], step: { logGroup: '/app' } },
    GetLogEvents: { before: [group, events], step: { logGroup: '/app' } },
  },
  sns: {
    CreateTopic: { step: topic },
    Publish: { before: [topic], step: { topic: 'alarms' } },
    deliver: { before: [topic, queue], step: { topic: 'alarms', queue: 'jobs' } },
  },
  sqs: {
    CreateQueue: { step: queue },
    SendMessage: { before: [queue], step: { queue: 'jobs' } },
    'SendMessage (within the reuse period)': { before: [queue, send], step: { queue: 'jobs' } },
    ReceiveMessage: { before: [queue, send], step: { queue: 'jobs' } },
  },
};
