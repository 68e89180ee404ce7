/**
 * The keys that AWS makes and manages in an account for its own services, and their key policies, which nobody can
 * change. AWS has made none for new services since 2021, so the list is closed.
 *
 * Sources: KMS Developer Guide, "AWS KMS keys" (AWS managed keys), "kms:CallerAccount"; what GetKeyPolicy and DescribeKey
 * show of these keys, as far as people have published it (policies of us-east-1, 2024–2026). Checked 2026-11.
 */
export interface AwsManagedKeyFact {
  /** What follows `alias/aws/`. */
  readonly name: string;
  /** The services, as `kms:ViaService` names them, through which the account uses it; the first is the one that has it made. */
  readonly via: readonly string[];
  /** `S3 objects`, as its description has it; left out where nobody published the description. */
  readonly protects?: string;
  /** The `Id` of its policy. */
  readonly policyId: string;
  statements(place: ManagedKeyPlace): readonly object[];
}

export interface ManagedKeyPlace {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

type Statement = (place: ManagedKeyPlace) => object;

const READ = ['kms:Describe*', 'kms:Get*', 'kms:List*'];
const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'];
const PLAIN = [...USE, 'kms:DescribeKey'];
const WITH_GRANTS = [...USE, 'kms:CreateGrant', 'kms:DescribeKey'];
const WITH_LISTED_GRANTS = [...USE, 'kms:CreateGrant', 'kms:ListGrants', 'kms:DescribeKey'];

const hostOf = (service: string, region: string): string => `${service}.${region}.amazonaws.com`;
const everybodyVia = (called: string, by = 'through'): string =>
  `Allow access ${by} ${called} for all principals in the account that are authorized to use ${called}`;

/** Everybody of the account, through services. */
const through =
  (Sid: string, Action: string | readonly string[], ...services: readonly string[]): Statement =>
  ({ account, region }) => {
    const hosts = services.map((service) => hostOf(service, region));
    const via = hosts.length === 1 ? hosts[0] : hosts;
    return {
      Sid,
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action,
      Resource: '*',
      Condition: { StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': via } },
    };
  };

/** The same through a service of whatever Region. */
const throughAnywhere =
  (Sid: string, Action: string | readonly string[], service: string): Statement =>
  ({ account }) => ({
    Sid,
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action,
    Resource: '*',
    Condition: {
      StringEquals: { 'kms:CallerAccount': account },
      StringLike: { 'kms:ViaService': hostOf(service, '*') },
    },
  });

const metadata =
  (
    Action: readonly string[] = [...READ, 'kms:RevokeGrant'],
    Sid = 'Allow direct access to key metadata to the account',
  ): Statement =>
  ({ partition, account }) => ({
    Sid,
    Effect: 'Allow',
    Principal: { AWS: `arn:${partition}:iam::${account}:root` },
    Action,
    Resource: '*',
  });

const describedBy =
  (service: string, Sid: string): Statement =>
  () => ({
    Sid,
    Effect: 'Allow',
    Principal: { Service: `${service}.amazonaws.com` },
    Action: READ,
    Resource: '*',
  });

const described = (service: string, called: string): Statement =>
  describedBy(
    service,
    `Allow ${called} with service principal name ${service}.amazonaws.com to describe the key directly`,
  );

const denied =
  (Sid: string, Action: string | readonly string[], Condition: object): Statement =>
  () => ({ Sid, Effect: 'Deny', Principal: { AWS: '*' }, Action, Resource: '*', Condition });

interface More {
  readonly id?: string;
  readonly via?: readonly string[];
  readonly protects?: string;
}

function key(
  name: string,
  version: number,
  statements: readonly Statement[],
  { id = `auto-${name}-${version}`, via = [name], protects }: More = {},
): AwsManagedKeyFact {
  return {
    name,
    via,
    policyId: id,
    statements: (place) => statements.map((statement) => statement(place)),
    ...(protects === undefined ? {} : { protects }),
  };
}

/** A key that is used through its service alone, with grants or without. */
function ordinary(name: string, version: number, called: string, Action: readonly string[], more: More = {}) {
  const read = Action === PLAIN ? metadata(READ) : metadata();
  return key(name, version, [through(everybodyVia(called), Action, more.via?.[0] ?? name), read], more);
}

/** The same where the service may look at the key by itself. */
function alsoDescribed(
  name: string,
  version: number,
  called: string,
  Action: readonly string[],
  by: Statement,
  more?: More,
) {
  const read = Action === PLAIN ? metadata(READ) : metadata();
  return key(name, version, [through(everybodyVia(called), Action, name), read, by], more);
}

const acmGrant =
  (Sid: string, operations: string | readonly string[]): Statement =>
  ({ account, region }) => ({
    Sid,
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: 'kms:CreateGrant',
    Resource: '*',
    Condition: {
      StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': hostOf('acm', region) },
      'ForAllValues:StringEquals': { 'kms:GrantOperations': operations },
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
    },
  });

const acmOwner: Statement = ({ account }) => ({
  Sid: 'Allowed operations for the key owner',
  Effect: 'Allow',
  Principal: { AWS: '*' },
  Action: ['kms:DescribeKey', 'kms:ListGrants', 'kms:RevokeGrant', 'kms:GetKeyPolicy'],
  Resource: '*',
  Condition: { StringEquals: { 'kms:CallerAccount': account } },
});

const bySes =
  (Sid: string, Action: string | readonly string[], Condition?: (account: string) => object): Statement =>
  ({ account, region }) => ({
    Sid,
    Effect: 'Allow',
    Principal: { Service: hostOf('ses', region) },
    Action,
    Resource: '*',
    ...(Condition ? { Condition: Condition(account) } : {}),
  });

const sesContext = 'kms:EncryptionContext:aws:ses:';
const encrypting = ['kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];
const secretsManager = everybodyVia('AWS Secrets Manager');

export const awsManagedKeys: readonly AwsManagedKeyFact[] = [
  key('acm', 4, [
    acmGrant('Allow creation of decryption grants', 'Decrypt'),
    acmGrant('Allow creation of encryption grant', ['Encrypt', 'ReEncryptFrom', 'ReEncryptTo']),
    acmOwner,
    denied('Deny re-encryption to any other key', 'kms:ReEncrypt*', { Bool: { 'kms:ReEncryptOnSameKey': 'false' } }),
    through('Allow decrypt', 'kms:Decrypt', 'acm'),
  ]),
  key(
    'appflow',
    2,
    [
      through(everybodyVia('Amazon AppFlow'), WITH_GRANTS, 'appflow'),
      metadata(),
      described('appflow', 'AppFlow Service'),
      through(everybodyVia('S3'), 'kms:Decrypt', 's3'),
      through(everybodyVia('SecretManager'), WITH_GRANTS, 'secretsmanager'),
    ],
    { via: ['appflow', 's3', 'secretsmanager'] },
  ),
  key('backup', 1, [
    through(
      'Allow access through Backup for all principals in the account that are authorized to use Backup Storage',
      ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKey*'],
      'backup',
    ),
    metadata(),
  ]),
  ordinary('cloud9', 1, 'Cloud9', PLAIN),
  alsoDescribed(
    'codeartifact',
    1,
    'Amazon CodeArtifact',
    WITH_GRANTS,
    described('codeartifact', 'CodeArtifact Service'),
  ),
  ordinary('codecommit', 2, 'CodeCommit', PLAIN),
  key(
    'connect',
    3,
    [
      through(everybodyVia('Connect'), ['kms:CreateGrant', ...READ], 'connect'),
      describedBy('connect', 'Allow Connect to directly describe the key'),
      metadata(),
      denied('Restrict direct usage', encrypting, { Null: { 'kms:ViaService': 'true' } }),
      denied('Restrict usage to Connect data', encrypting, {
        Null: { 'kms:EncryptionContext:aws:connect:OrganizationId': 'true' },
      }),
      through(everybodyVia('S3'), 'kms:Decrypt', 's3'),
      through(everybodyVia('KVS'), 'kms:Decrypt', 'kinesisvideo'),
    ],
    { via: ['connect', 's3', 'kinesisvideo'] },
  ),
  ordinary('dax', 1, 'DAX', WITH_LISTED_GRANTS),
  ordinary('dms', 1, 'DMS', WITH_LISTED_GRANTS),
  key('dynamodb', 3, [
    throughAnywhere(everybodyVia('Amazon DynamoDB'), WITH_GRANTS, 'dynamodb'),
    metadata(),
    describedBy('dynamodb', 'Allow DynamoDB to directly describe the key'),
  ]),
  ordinary('ebs', 2, 'EBS', WITH_GRANTS, { via: ['ec2'], protects: 'EBS volumes' }),
  ordinary('ecr', 1, 'Amazon ECR', [...WITH_GRANTS, 'kms:RetireGrant']),
  alsoDescribed(
    'eks',
    1,
    'Amazon EKS',
    WITH_GRANTS,
    describedBy('eks', 'Allow the EKS Service to describe the key directly'),
  ),
  alsoDescribed(
    'elasticache',
    1,
    'ElastiCache Service',
    WITH_LISTED_GRANTS,
    describedBy('elasticache', 'Allow ElastiCache service principals to describe the key directly'),
  ),
  key('elasticfilesystem', 1, [through(everybodyVia('EFS', 'to'), WITH_GRANTS, 'elasticfilesystem'), metadata()]),
  alsoDescribed(
    'es',
    2,
    'OpenSearch Service',
    WITH_GRANTS,
    describedBy('es', 'Allow OpenSearch service principals to describe the key directly'),
    { protects: 'Amazon OpenSearch Service (successor to Amazon Elasticsearch Service) data' },
  ),
  ordinary('fsx', 1, 'FSx', WITH_LISTED_GRANTS),
  ordinary('glue', 1, 'Glue', WITH_GRANTS),
  alsoDescribed(
    'imagebuilder',
    1,
    'Amazon EC2 Image Builder',
    WITH_GRANTS,
    describedBy('imagebuilder', 'Allow the EC2 Image Builder Service to describe the key directly'),
  ),
  ordinary('kafka', 1, 'Kafka', WITH_LISTED_GRANTS, { protects: 'Kafka data' }),
  alsoDescribed(
    'kendra',
    1,
    'Amazon Kendra',
    WITH_GRANTS,
    describedBy('kendra', 'Allow Kendra Service to describe the key directly'),
  ),
  ordinary('kinesis', 1, 'Amazon Kinesis', PLAIN),
  ordinary('kinesisvideo', 1, 'Kinesis Video Streams', WITH_GRANTS),
  ordinary('lambda', 1, 'AWS Lambda', WITH_GRANTS, { id: 'auto-awslambda', protects: 'Lambda functions' }),
  ordinary('lex', 1, 'lex', WITH_GRANTS),
  alsoDescribed('lightsail', 1, 'Lightsail', PLAIN, described('lightsail', 'Lightsail')),
  key(
    'mq',
    1,
    [
      through(
        everybodyVia('Amazon MQ', 'to'),
        ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey*', 'kms:Encrypt', 'kms:ReEncrypt*'],
        'mq',
        'elasticfilesystem',
      ),
      metadata(),
    ],
    { via: ['mq', 'elasticfilesystem'] },
  ),
  ordinary('rds', 2, 'RDS', WITH_LISTED_GRANTS, { protects: 'RDS database volumes' }),
  key(
    'redshift',
    3,
    [
      through(everybodyVia('RedShift'), WITH_GRANTS, 'redshift'),
      through(everybodyVia('RedShift-Serverless'), WITH_GRANTS, 'redshift-serverless'),
      metadata(),
    ],
    { via: ['redshift', 'redshift-serverless'] },
  ),
  ordinary('s3', 2, 'S3', PLAIN, { protects: 'S3 objects' }),
  key(
    'secretsmanager',
    2,
    [
      through(
        secretsManager,
        ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:CreateGrant', 'kms:DescribeKey'],
        'secretsmanager',
      ),
      throughAnywhere(secretsManager, 'kms:GenerateDataKey*', 'secretsmanager'),
      metadata(),
    ],
    { protects: 'Secrets Manager data' },
  ),
  key('ses', 2, [
    bySes(
      'Allow SES to encrypt messages belonging to this account',
      ['kms:Encrypt', 'kms:GenerateDataKey*'],
      (account) => ({
        StringEquals: { [`${sesContext}source-account`]: account },
        Null: { [`${sesContext}message-id`]: 'false', [`${sesContext}rule-name`]: 'false' },
      }),
    ),
    bySes('Allow SES to describe this key', 'kms:DescribeKey'),
    metadata(
      [...READ, 'kms:Decrypt', 'kms:ReEncryptFrom'],
      'Allow direct access to key metadata & decryption to the account',
    ),
  ]),
  ordinary(
    'sns',
    1,
    'SNS',
    ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:CreateGrant', 'kms:ListGrants', 'kms:DescribeKey'],
    { protects: 'SNS data' },
  ),
  key('sqs', 1, [
    through(
      'Allow access through Simple Queue Service (SQS) for all principals in the account that are authorized to use SQS',
      WITH_GRANTS,
      'sqs',
    ),
    metadata(),
  ]),
  ordinary('ssm', 1, 'SSM', PLAIN, { protects: 'SSM parameters' }),
  alsoDescribed(
    'timestream',
    1,
    'Amazon Timestream',
    WITH_GRANTS,
    describedBy('timestream', 'Allow the Timestream Service to describe the key directly'),
  ),
  alsoDescribed('translate', 1, 'Amazon Translate', WITH_GRANTS, described('translate', 'Translate Service')),
  ordinary('workspaces', 1, 'Workspaces', WITH_LISTED_GRANTS),
  alsoDescribed('xray', 1, 'X-Ray', WITH_GRANTS, described('xray', 'X-Ray Service')),
];

const byAlias = new Map(awsManagedKeys.map((fact) => [`alias/aws/${fact.name}`, fact]));

/** @param alias `alias/aws/s3` */
export function findAwsManagedKey(alias: string): AwsManagedKeyFact | undefined {
  return byAlias.get(alias);
}

/** The policy of a key that no one published: as those of nearly all services are. */
export function usualManagedKey(name: string): AwsManagedKeyFact {
  return ordinary(name, 1, name, WITH_GRANTS);
}
