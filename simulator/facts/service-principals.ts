/**
 * Service principals that turn up in key policies, and what AWS's own recipes allow them.
 *
 * Sources: AWS CloudTrail User Guide, "Configure AWS KMS key policies for CloudTrail"; Amazon CloudWatch Logs User
 * Guide, "Encrypt log data in CloudWatch Logs using AWS KMS", "Enable logging from AWS services"; Amazon S3 User Guide,
 * event notifications and inventory; Amazon SQS and SNS Developer Guides, "Key management"; AWS Config Developer Guide,
 * "Permissions for the KMS Key"; Amazon CloudFront Developer Guide, origin access control; Amazon Route 53 Developer
 * Guide, "Working with customer managed keys for DNSSEC"; Amazon EC2 Auto Scaling User Guide, "Required AWS KMS key
 * policy". Checked 2026-11.
 */
export interface ServicePrincipalFact {
  /** As in a Principal element; `${Region}` where the Region is part of the name and must be there. */
  readonly name: string;
  readonly service: string;
  /** One sentence of ours: what the service wants the key for. */
  readonly summary: string;
  /** The statements of AWS's recipe; left out where AWS has none or several that differ. */
  readonly recipe?: readonly RecipeStatement[];
}

export interface RecipeStatement {
  /** Action patterns, with `kms:`. */
  readonly actions: readonly string[];
  /** The condition keys that AWS puts on them. */
  readonly conditionKeys: readonly string[];
}

const sourceConditions = ['aws:SourceAccount', 'aws:SourceArn'];
/** To publish to an encrypted SNS topic or send to an encrypted SQS queue. */
const messages: readonly RecipeStatement[] = [
  { actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], conditionKeys: sourceConditions },
];

export const servicePrincipals: readonly ServicePrincipalFact[] = [
  {
    name: 'cloudtrail.amazonaws.com',
    service: 'AWS CloudTrail',
    summary: 'Encrypts log files before it delivers them to S3.',
    recipe: [
      {
        actions: ['kms:GenerateDataKey*'],
        conditionKeys: ['aws:SourceArn', 'kms:EncryptionContext:aws:cloudtrail:arn'],
      },
      { actions: ['kms:DescribeKey'], conditionKeys: ['aws:SourceArn'] },
    ],
  },
  {
    name: 'logs.${Region}.amazonaws.com',
    service: 'Amazon CloudWatch Logs',
    summary: 'Encrypts and decrypts log groups.',
    recipe: [
      {
        actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
        conditionKeys: ['kms:EncryptionContext:aws:logs:arn'],
      },
    ],
  },
  {
    name: 'delivery.logs.amazonaws.com',
    service: 'AWS log delivery',
    summary: 'Delivers logs of other services, such as VPC flow logs, to encrypted buckets.',
    recipe: [
      {
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        conditionKeys: sourceConditions,
      },
    ],
  },
  {
    name: 's3.amazonaws.com',
    service: 'Amazon S3',
    summary: 'Writes encrypted inventories, and sends event notifications to encrypted topics and queues.',
  },
  {
    name: 'sns.amazonaws.com',
    service: 'Amazon SNS',
    summary: 'Sends to encrypted SQS queues that subscribe to a topic.',
    recipe: messages,
  },
  {
    name: 'sqs.amazonaws.com',
    service: 'Amazon SQS',
    summary: 'Appears in policies for encrypted queues; SQS itself uses the rights of senders and receivers.',
  },
  {
    name: 'events.amazonaws.com',
    service: 'Amazon EventBridge',
    summary: 'Sends events to encrypted topics and queues, and encrypts event buses.',
    recipe: messages,
  },
  {
    name: 'cloudwatch.amazonaws.com',
    service: 'Amazon CloudWatch',
    summary: 'Sends alarms to encrypted topics.',
    recipe: messages,
  },
  {
    name: 'config.amazonaws.com',
    service: 'AWS Config',
    summary: 'Delivers configuration history to encrypted buckets.',
    recipe: [{ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], conditionKeys: ['aws:SourceAccount'] }],
  },
  {
    name: 'cloudfront.amazonaws.com',
    service: 'Amazon CloudFront',
    summary: 'Reads and writes encrypted S3 origins through origin access control.',
    recipe: [{ actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*'], conditionKeys: ['aws:SourceArn'] }],
  },
  {
    name: 'dnssec-route53.amazonaws.com',
    service: 'Amazon Route 53',
    summary: 'Signs a hosted zone with an ECC_NIST_P256 key of us-east-1.',
    recipe: [
      { actions: ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign'], conditionKeys: sourceConditions },
      { actions: ['kms:CreateGrant'], conditionKeys: ['kms:GrantIsForAWSResource'] },
    ],
  },
  {
    name: 'ses.amazonaws.com',
    service: 'Amazon SES',
    summary: 'Encrypts received mail before it stores it in S3, and publishes to encrypted topics.',
  },
  { name: 'backup.amazonaws.com', service: 'AWS Backup', summary: 'Encrypts and copies backups.' },
  { name: 'budgets.amazonaws.com', service: 'AWS Budgets', summary: 'Sends alerts to encrypted topics.' },
  {
    name: 'codestar-notifications.amazonaws.com',
    service: 'AWS CodeStar Notifications',
    summary: 'Sends notifications of the developer tools to encrypted topics.',
  },
  {
    name: 'costalerts.amazonaws.com',
    service: 'AWS Cost Management',
    summary: 'Sends cost anomalies to encrypted topics.',
  },
  {
    name: 'dynamodb.amazonaws.com',
    service: 'Amazon DynamoDB',
    summary: 'Watches and uses the keys of encrypted tables.',
  },
  {
    name: 'guardduty.amazonaws.com',
    service: 'Amazon GuardDuty',
    summary: 'Encrypts findings that it exports to S3.',
    recipe: [{ actions: ['kms:GenerateDataKey'], conditionKeys: sourceConditions }],
  },
  { name: 'lambda.amazonaws.com', service: 'AWS Lambda', summary: 'Encrypts settings of functions.' },
  {
    name: 'macie.amazonaws.com',
    service: 'Amazon Macie',
    summary: 'Encrypts discovery results that it stores in S3.',
    recipe: [{ actions: ['kms:Encrypt', 'kms:GenerateDataKey'], conditionKeys: sourceConditions }],
  },
  { name: 'rds.amazonaws.com', service: 'Amazon RDS', summary: 'Uses the keys of encrypted databases.' },
  { name: 'secretsmanager.amazonaws.com', service: 'AWS Secrets Manager', summary: 'Uses the keys of secrets.' },
  {
    name: 'ssm.amazonaws.com',
    service: 'AWS Systems Manager',
    summary: 'Uses the keys of parameters and session logs.',
  },
];

/** Service-linked roles that AWS's recipes name in key policies, where the service has no principal of its own for it. */
export const serviceLinkedRoles: readonly ServicePrincipalFact[] = [
  {
    name: 'arn:${Partition}:iam::${Account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
    service: 'Amazon EC2 Auto Scaling',
    summary: 'Launches instances with encrypted volumes.',
    recipe: [
      {
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        conditionKeys: [],
      },
      { actions: ['kms:CreateGrant'], conditionKeys: ['kms:GrantIsForAWSResource'] },
    ],
  },
];

export interface FoundServicePrincipal {
  readonly fact: ServicePrincipalFact;
  /** The Region in the name as it is written. */
  readonly region?: string;
  /** The name must have a Region and has none. */
  readonly lacksRegion: boolean;
}

/** The service principal with this name; `logs.amazonaws.com` finds CloudWatch Logs, which wants a Region. */
export function findServicePrincipal(name: string): FoundServicePrincipal | undefined {
  const regional = /^([a-z0-9-]+)\.([a-z]{2,4}(?:-[a-z]+)+-\d)\.amazonaws\.com$/.exec(name);
  const [, service, region] = regional ?? [];
  for (const fact of servicePrincipals) {
    if (fact.name === name) return { fact, lacksRegion: false };
    if (fact.name.replace('${Region}.', '') === name) return { fact, lacksRegion: true };
    if (region !== undefined && fact.name === `${service}.\${Region}.amazonaws.com`) {
      return { fact, region, lacksRegion: false };
    }
  }
  return undefined;
}
