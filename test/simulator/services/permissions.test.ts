import { describe, expect, test } from 'vitest';
import { outcomesOf, playScenario } from '../kms/play.ts';

/** Every permission that an operation takes of its caller, and what the step comes to without one of them. */
const ACCOUNT = '111122223333';

type Step = Readonly<Record<string, unknown>>;

interface Needs {
  readonly what: string;
  readonly before?: readonly Step[];
  readonly step: Step;
  readonly via: string;
  readonly needs: readonly string[];
}

const volume = { service: 'ec2', do: 'CreateVolume', key: 'main', volume: 'disk' };
const snapshot = { service: 'ec2', do: 'CreateSnapshot', volume: 'disk', snapshot: 'monday' };

const table: readonly Needs[] = [
  {
    what: 'PutObject',
    step: { service: 's3', do: 'PutObject', key: 'main', bucket: 'b' },
    via: 's3',
    needs: ['GenerateDataKey'],
  },
  {
    what: 'GetObject',
    before: [{ service: 's3', do: 'PutObject', key: 'main', bucket: 'b' }],
    step: { service: 's3', do: 'GetObject', bucket: 'b' },
    via: 's3',
    needs: ['Decrypt'],
  },
  {
    what: 'UploadPart',
    before: [{ service: 's3', do: 'CreateMultipartUpload', key: 'main', bucket: 'b' }],
    step: { service: 's3', do: 'UploadPart', bucket: 'b' },
    via: 's3',
    needs: ['Decrypt'],
  },
  {
    what: 'RunInstances',
    step: { service: 'ec2', do: 'RunInstances', key: 'main', volume: 'disk', instance: 'web' },
    via: 'ec2',
    needs: ['GenerateDataKeyWithoutPlaintext', 'CreateGrant'],
  },
  {
    what: 'CopySnapshot under the same key',
    before: [volume, snapshot],
    step: { service: 'ec2', do: 'CopySnapshot', source: 'monday', snapshot: 'copy' },
    via: 'ec2',
    needs: ['ReEncryptFrom', 'ReEncryptTo'],
  },
  {
    what: 'CopySnapshot under another key',
    before: [volume, snapshot],
    step: { service: 'ec2', do: 'CopySnapshot', source: 'monday', snapshot: 'copy', key: 'other' },
    via: 'ec2',
    needs: ['DescribeKey', 'CreateGrant', 'GenerateDataKeyWithoutPlaintext'],
  },
  {
    what: 'CreateDBInstance',
    step: { service: 'rds', do: 'CreateDBInstance', key: 'main', database: 'orders' },
    via: 'rds',
    needs: ['DescribeKey', 'CreateGrant'],
  },
  {
    what: 'CreateFunction',
    step: { service: 'lambda', do: 'CreateFunction', key: 'main', function: 'api', role: 'Role' },
    via: 'lambda',
    needs: ['Encrypt', 'CreateGrant'],
  },
  {
    what: 'CreateSecret',
    step: { service: 'secretsmanager', do: 'CreateSecret', key: 'main', secret: 'password' },
    via: 'secretsmanager',
    needs: ['GenerateDataKey', 'Decrypt'],
  },
  {
    what: 'CreateTable',
    step: { service: 'dynamodb', do: 'CreateTable', key: 'main', table: 'books' },
    via: 'dynamodb',
    needs: ['DescribeKey', 'CreateGrant'],
  },
  {
    what: 'Publish',
    before: [{ service: 'sns', do: 'CreateTopic', key: 'main', topic: 'alarms' }],
    step: { service: 'sns', do: 'Publish', topic: 'alarms' },
    via: 'sns',
    needs: ['GenerateDataKey', 'Decrypt'],
  },
  {
    what: 'SendMessage',
    before: [{ service: 'sqs', do: 'CreateQueue', key: 'main', queue: 'jobs' }],
    step: { service: 'sqs', do: 'SendMessage', queue: 'jobs' },
    via: 'sqs',
    needs: ['GenerateDataKey', 'Decrypt'],
  },
];

const allowing = (actions: readonly string[], condition: object = {}) => ({
  arn: `arn:aws:iam::${ACCOUNT}:role/App`,
  policies: [
    {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: actions.map((action) => `kms:${action}`), Resource: '*', Condition: condition },
      ],
    },
  ],
});

async function outcome({ before = [], step }: Needs, app: object): Promise<unknown> {
  const role = { arn: `arn:aws:iam::${ACCOUNT}:role/Role` };
  const results = await playScenario({
    principals: { App: app, Role: role },
    keys: { main: {}, other: {} },
    // Whatever was there before is the account's.
    steps: [...before, { ...step, as: 'App' }],
  });
  return results.at(-1)?.actual;
}

const denied = { error: 'AccessDeniedException' };

describe.each(table)('$what', (row) => {
  const { needs, via } = row;

  test('takes exactly these permissions', async () => {
    expect(await outcome(row, allowing(needs))).toBe('ok');
    for (const lacking of needs)
      expect(await outcome(row, allowing(needs.filter((each) => each !== lacking))), lacking).toEqual(denied);
  });

  test('comes with kms:ViaService, so that a condition may ask for it', async () => {
    const through = (service: string) =>
      allowing(needs, { StringEquals: { 'kms:ViaService': `${service}.us-east-1.amazonaws.com` } });
    expect(await outcome(row, through(via))).toBe('ok');
    expect(await outcome(row, through('glue'))).toEqual(denied);
  });
});

test('grants for services, and for services only', async () => {
  const forServices = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
  for (const row of table.filter(({ needs }) => needs.includes('CreateGrant'))) {
    const policy = (value: string) => ({ Bool: { 'kms:GrantIsForAWSResource': value } });
    const others = row.needs.filter((each) => each !== 'CreateGrant');
    const app = (condition: object) => ({
      ...allowing(others),
      policies: [...allowing(others).policies, ...allowing(['CreateGrant'], condition).policies],
    });
    expect(await outcome(row, others.length === 0 ? allowing(row.needs, forServices) : app(policy('true')))).toBe('ok');
    expect(await outcome(row, app(policy('false')))).toEqual(denied);
  }
});

describe('a key of another account', () => {
  const foreign = '444455556666';
  const trusting = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${foreign}:root` }, Action: 'kms:*', Resource: '*' },
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Action: 'kms:GenerateDataKey',
        Resource: '*',
      },
    ],
  };

  test.each<[string, object, readonly string[], unknown]>([
    ['takes both policies', { account: foreign, policy: trusting }, ['GenerateDataKey'], 'ok'],
    ['the key policy alone does not do', { account: foreign, policy: trusting }, [], denied],
    ['nor that of the caller', { account: foreign }, ['GenerateDataKey'], denied],
  ])('%s', async (_, theirs, actions, expected) => {
    const results = await playScenario({
      principals: { App: allowing(actions.length > 0 ? actions : ['ListKeys']) },
      keys: { theirs },
      steps: [{ service: 's3', do: 'PutObject', as: 'App', key: 'theirs', bucket: 'b' }],
    });
    expect(results[0]?.actual).toEqual(expected);
    // The owner of the key sees who it was.
    if (expected === 'ok')
      expect(results[0]?.events?.map(({ recipientAccountId }) => recipientAccountId)).toEqual([ACCOUNT, foreign]);
  });
});

test('CloudTrail has the service in the calls that it makes for its caller, and as their caller in its own', async () => {
  const results = await playScenario({
    keys: { main: {} },
    steps: [
      { service: 's3', do: 'PutObject', key: 'main', bucket: 'b' },
      { service: 'dynamodb', do: 'CreateTable', key: 'main', table: 'books' },
    ],
  });
  const seen = results.flatMap(({ events = [] }) =>
    events.map(({ eventName, userIdentity, sourceIPAddress }) => [
      eventName,
      userIdentity.type,
      userIdentity['invokedBy'],
      sourceIPAddress,
    ]),
  );
  const through = (service: string) => ['Root', `${service}.amazonaws.com`, `${service}.amazonaws.com`];
  const dynamodb = 'dynamodb.us-east-1.amazonaws.com';
  expect(seen).toEqual([
    ['GenerateDataKey', ...through('s3')],
    ['DescribeKey', ...through('dynamodb')],
    ['CreateGrant', ...through('dynamodb')],
    ['GenerateDataKey', 'AWSService', dynamodb, dynamodb],
  ]);
});

test('an SCP binds the role of an instance, which no policy of the account does', async () => {
  const scp = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      {
        Effect: 'Deny',
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/aws:ec2-infrastructure' } },
      },
    ],
  };
  const world = {
    organization: {
      id: 'o-exampleorg1',
      accounts: { [ACCOUNT]: { path: 'r-ab12' } },
      targets: { 'r-ab12': { scps: [scp] } },
    },
    principals: { App: allowing(['*']) },
    keys: { main: {} },
  };
  const run = { service: 'ec2', do: 'RunInstances', as: 'App', key: 'main', volume: 'disk', instance: 'web' };
  const [result] = await playScenario({ ...world, steps: [run] });
  expect(result?.actual).toEqual(denied);
  expect(result?.parts?.map(({ title, outcome: came }) => `${title} ${came}`)).toEqual([
    'GenerateDataKeyWithoutPlaintext ok',
    'CreateGrant ok',
    'Decrypt stopped',
  ]);
});

test('what cannot be taken says what to do first', async () => {
  const results = await playScenario({
    keys: { main: {} },
    steps: [
      { service: 's3', do: 'GetObject', bucket: 'b', object: 'o' },
      { service: 's3', do: 'UploadPart', bucket: 'b', object: 'o' },
      { service: 's3', do: 'PutObject', bucket: 'b', key: 'main', bucketKey: true, dsse: true },
      { service: 'ec2', do: 'AttachVolume', volume: 'disk', instance: 'web' },
      { service: 'ec2', do: 'StopInstances', instance: 'web' },
      { service: 'ec2', do: 'CreateVolume', volume: 'disk', key: 'main' },
      { service: 'ec2', do: 'use', volume: 'disk' },
      { service: 'rds', do: 'use', database: 'orders' },
      { service: 'rds', do: 'CreateDBInstance', database: 'orders', key: 'main', unencrypted: true },
      { service: 'sqs', do: 'SendMessage', queue: 'jobs' },
      { service: 'sqs', do: 'CreateQueue', queue: 'jobs', key: 'main' },
      { service: 'sqs', do: 'ReceiveMessage', queue: 'jobs' },
    ],
  });
  expect(outcomesOf(results)).toEqual([
    'error there is no object `o` in `b`: let an earlier step put it there',
    'error no upload of `o` to `b` has begun: take `CreateMultipartUpload` first',
    'error S3 has no Bucket Keys for DSSE-KMS: remove `bucketKey` or `dsse`',
    'error there is no volume `disk`: let an earlier step make it',
    'error no volume is attached to `web`: attach one first',
    'info GenerateDataKeyWithoutPlaintext as root',
    'error `disk` is attached to no running instance: attach it first',
    'error there is no database `orders`: let an earlier step make it',
    'error an instance without encryption has no `key`: remove `key` or `unencrypted`',
    'error there is no queue `jobs`: let an earlier step make it',
    'info KMS is asked once there is a message',
    'info the queue is empty',
  ]);
});
