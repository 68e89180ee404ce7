/**
 * The encryption context keys that AWS services set when they call KMS.
 *
 * Sources: the encryption chapters of the services' guides: Amazon S3 "Using server-side encryption with AWS KMS keys"
 * and "Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys", Amazon EBS "How Amazon EBS encryption works", Amazon
 * CloudWatch Logs "Encrypt log data", AWS CloudTrail "Configure AWS KMS key policies", Amazon DynamoDB "Encryption at
 * rest", AWS Secrets Manager "Secret encryption and decryption", and the like. Checked 2026-11.
 */
export interface ServiceContextKey {
  /** Spelled as the service spells it; KMS compares it by case when it decrypts. */
  readonly key: string;
  /** As in the service's kms:ViaService value, whether or not it has one. */
  readonly service: string;
  readonly serviceName: string;
  /** One sentence of ours: what the value is. */
  readonly summary: string;
}

export const serviceContextKeys: readonly ServiceContextKey[] = [
  row('aws:s3:arn', 's3', 'Amazon S3', 'The ARN of the object, or of the bucket where it uses an S3 Bucket Key.'),
  row('aws:ebs:id', 'ec2', 'Amazon EBS', 'The id of the volume, `vol-…`, or of the snapshot, `snap-…`.'),
  row('aws:logs:arn', 'logs', 'Amazon CloudWatch Logs', 'The ARN of the log group.'),
  row('aws:cloudtrail:arn', 'cloudtrail', 'AWS CloudTrail', 'The ARN of the trail or event data store.'),
  row('aws:dynamodb:tableName', 'dynamodb', 'Amazon DynamoDB', 'The name of the table.'),
  row('aws:dynamodb:subscriberId', 'dynamodb', 'Amazon DynamoDB', 'The id of the account that owns the table.'),
  row('SecretARN', 'secretsmanager', 'AWS Secrets Manager', 'The ARN of the secret.'),
  row('SecretVersionId', 'secretsmanager', 'AWS Secrets Manager', 'The id of the version of the secret.'),
  row('PARAMETER_ARN', 'ssm', 'AWS Systems Manager', 'The ARN of the SecureString parameter.'),
  row('aws:lambda:FunctionArn', 'lambda', 'AWS Lambda', 'The ARN of the function.'),
  row('aws:lambda:EventSourceArn', 'lambda', 'AWS Lambda', 'The ARN of the event source whose filter is encrypted.'),
  row('aws:sqs:arn', 'sqs', 'Amazon SQS', 'The ARN of the queue.'),
  row('aws:sns:topicArn', 'sns', 'Amazon SNS', 'The ARN of the topic.'),
  row('aws:kinesis:arn', 'kinesis', 'Amazon Kinesis Data Streams', 'The ARN of the stream.'),
  row('aws:rds:db-id', 'rds', 'Amazon RDS', 'The resource id of the DB instance, `db-…`.'),
  row('aws:rds:dbc-id', 'rds', 'Amazon Aurora', 'The resource id of the DB cluster, `cluster-…`.'),
  row('aws:redshift:arn', 'redshift', 'Amazon Redshift', 'The ARN of the cluster.'),
  row('aws:redshift:createtime', 'redshift', 'Amazon Redshift', 'The time at which the cluster was made.'),
  row('aws:elasticfilesystem:filesystem:id', 'elasticfilesystem', 'Amazon EFS', 'The id of the file system, `fs-…`.'),
  row('aws:backup:backup-vault', 'backup', 'AWS Backup', 'The backup vault.'),
  row('aws:ecr:arn', 'ecr', 'Amazon ECR', 'The ARN of the repository.'),
  row('aws:events:event-bus:arn', 'events', 'Amazon EventBridge', 'The ARN of the event bus.'),
  row('aws:states:stateMachineArn', 'states', 'AWS Step Functions', 'The ARN of the state machine.'),
  row('aws:states:activityArn', 'states', 'AWS Step Functions', 'The ARN of the activity.'),
  row('aws:cassandra:keyspaceName', 'cassandra', 'Amazon Keyspaces', 'The name of the keyspace.'),
  row('aws:cassandra:tableName', 'cassandra', 'Amazon Keyspaces', 'The name of the table.'),
  row('aws:cassandra:subscriberId', 'cassandra', 'Amazon Keyspaces', 'The id of the account that owns the table.'),
  row('aws:ses:source-account', 'ses', 'Amazon SES', 'The id of the account that receives the mail.'),
  row('aws:ses:rule-name', 'ses', 'Amazon SES', 'The name of the receipt rule.'),
  row('aws:ses:message-id', 'ses', 'Amazon SES', 'The id of the message.'),
  row('aws:workmail:arn', 'workmail', 'Amazon WorkMail', 'The ARN of the organization.'),
  row(
    'aws:workspaces:sid-directoryid',
    'workspaces',
    'Amazon WorkSpaces',
    "The user's SID and the id of the directory.",
  ),
];

const byLowerCase = new Map(serviceContextKeys.map((each) => [each.key.toLowerCase(), each]));

/** The service context key with this name, in any case. */
export function findServiceContextKey(key: string): ServiceContextKey | undefined {
  return byLowerCase.get(key.toLowerCase());
}

/** The context keys that the service sets; `service` as in kms:ViaService. */
export function contextKeysOf(service: string): readonly ServiceContextKey[] {
  return serviceContextKeys.filter((each) => each.service === service);
}

function row(key: string, service: string, serviceName: string, summary: string): ServiceContextKey {
  return { key, service, serviceName, summary };
}
