/**
 * The services that a kms:ViaService value can name: `<service>.<region>.amazonaws.com`, with this suffix in every
 * partition.
 *
 * Source: KMS Developer Guide, "AWS KMS condition keys", table of services that support kms:ViaService. AWS adds services
 * over time, so one that is missing here is not proof of a mistake. Checked 2026-11.
 */
export interface ViaService {
  /** The first part of the value: `s3`, `ec2` for EBS. */
  readonly service: string;
  /** The AWS services behind it. */
  readonly name: string;
}

export const viaServices: readonly ViaService[] = [
  { service: 'aiops', name: 'Amazon AI Operations' },
  { service: 'airflow', name: 'Amazon Managed Workflows for Apache Airflow' },
  { service: 'aoss', name: 'Amazon OpenSearch Serverless' },
  { service: 'appfabric', name: 'AWS AppFabric' },
  { service: 'appflow', name: 'Amazon AppFlow' },
  { service: 'apprunner', name: 'AWS App Runner' },
  { service: 'apptest', name: 'AWS Mainframe Modernization Application Testing' },
  { service: 'ards', name: 'Amazon Replicated Data Store' },
  { service: 'athena', name: 'Amazon Athena' },
  { service: 'auditmanager', name: 'AWS Audit Manager' },
  { service: 'backup', name: 'AWS Backup' },
  { service: 'backup-gateway', name: 'AWS Backup gateway' },
  { service: 'bedrock', name: 'Amazon Bedrock' },
  { service: 'cassandra', name: 'Amazon Keyspaces (for Apache Cassandra)' },
  { service: 'chimevoiceconnector', name: 'Amazon Chime SDK' },
  { service: 'cleanrooms-ml', name: 'AWS Clean Rooms ML' },
  { service: 'codeartifact', name: 'AWS CodeArtifact' },
  { service: 'codeguru-reviewer', name: 'Amazon CodeGuru Reviewer' },
  { service: 'comprehend', name: 'Amazon Comprehend' },
  { service: 'connect', name: 'Amazon Connect' },
  { service: 'custom-packages', name: 'Amazon OpenSearch Service custom packages' },
  { service: 'dax', name: 'Amazon ElastiCache, together with `elasticache`' },
  { service: 'deepracer', name: 'AWS DeepRacer' },
  { service: 'directoryservice', name: 'AWS Directory Service' },
  { service: 'dms', name: 'AWS Database Migration Service' },
  { service: 'docdb-elastic', name: 'Amazon DocumentDB' },
  { service: 'dynamodb', name: 'Amazon DynamoDB' },
  { service: 'ec2', name: 'Amazon EBS' },
  { service: 'ecr', name: 'Amazon Elastic Container Registry' },
  { service: 'elasticache', name: 'Amazon ElastiCache, together with `dax`' },
  { service: 'elasticfilesystem', name: 'Amazon Elastic File System' },
  { service: 'entityresolution', name: 'AWS Entity Resolution' },
  { service: 'es', name: 'Amazon OpenSearch Service' },
  { service: 'events', name: 'Amazon EventBridge' },
  { service: 'finspace', name: 'Amazon FinSpace' },
  { service: 'firehose', name: 'Amazon Data Firehose' },
  { service: 'forecast', name: 'Amazon Forecast' },
  { service: 'fsx', name: 'Amazon FSx' },
  { service: 'geo', name: 'Amazon Location Service' },
  { service: 'glue', name: 'AWS Glue' },
  { service: 'groundstation', name: 'AWS Ground Station' },
  { service: 'healthlake', name: 'AWS HealthLake' },
  { service: 'importexport', name: 'AWS Snowball Edge' },
  { service: 'iotsitewise', name: 'AWS IoT SiteWise' },
  { service: 'kafka', name: 'Amazon Managed Streaming for Apache Kafka' },
  { service: 'kendra', name: 'Amazon Kendra' },
  { service: 'kinesis', name: 'Amazon Kinesis Data Streams' },
  { service: 'kinesisvideo', name: 'Amazon Kinesis Video Streams' },
  { service: 'lambda', name: 'AWS Lambda' },
  { service: 'lex', name: 'Amazon Lex' },
  { service: 'license-manager', name: 'AWS License Manager' },
  { service: 'lookoutequipment', name: 'Amazon Lookout for Equipment' },
  { service: 'lookoutmetrics', name: 'Amazon Lookout for Metrics' },
  { service: 'lookoutvision', name: 'Amazon Lookout for Vision' },
  { service: 'm2', name: 'AWS Mainframe Modernization' },
  { service: 'macie', name: 'Amazon Macie' },
  { service: 'malware-protection', name: 'Amazon GuardDuty Malware Protection' },
  { service: 'managedblockchain', name: 'Amazon Managed Blockchain' },
  { service: 'mediatailor', name: 'AWS Elemental MediaTailor' },
  { service: 'memorydb', name: 'Amazon MemoryDB' },
  { service: 'mgn', name: 'AWS Transform MGN' },
  { service: 'monitron', name: 'Amazon Monitron' },
  { service: 'mq', name: 'Amazon MQ' },
  { service: 'nimble', name: 'Amazon Nimble Studio' },
  { service: 'omics', name: 'AWS HealthOmics' },
  { service: 'profile', name: 'Amazon Connect Customer Profiles' },
  { service: 'proton', name: 'AWS Proton' },
  { service: 'qldb', name: 'Amazon Quantum Ledger Database' },
  { service: 'rds', name: 'Amazon RDS, Aurora, Neptune and RDS Performance Insights' },
  { service: 'redshift', name: 'Amazon Redshift' },
  { service: 'redshift-serverless', name: 'Amazon Redshift Serverless' },
  { service: 'rekognition', name: 'Amazon Rekognition' },
  { service: 's3', name: 'Amazon S3' },
  { service: 's3tables', name: 'Amazon S3 Tables' },
  { service: 'sagemaker', name: 'Amazon SageMaker AI' },
  { service: 'secretsmanager', name: 'AWS Secrets Manager' },
  { service: 'securitylake', name: 'Amazon Security Lake' },
  { service: 'ses', name: 'Amazon Simple Email Service' },
  { service: 'sns', name: 'Amazon SNS' },
  { service: 'sqlworkbench', name: 'Amazon Redshift query editor V2' },
  { service: 'sqs', name: 'Amazon SQS' },
  { service: 'ssm', name: 'AWS Systems Manager' },
  { service: 'ssm-contacts', name: 'AWS Systems Manager Incident Manager contacts' },
  { service: 'ssm-incidents', name: 'AWS Systems Manager Incident Manager' },
  { service: 'states', name: 'AWS Step Functions' },
  { service: 'storagegateway', name: 'AWS Storage Gateway' },
  { service: 'thinclient', name: 'Amazon WorkSpaces Thin Client' },
  { service: 'timestream', name: 'Amazon Timestream' },
  { service: 'translate', name: 'Amazon Translate' },
  { service: 'verified-access', name: 'AWS Verified Access' },
  { service: 'wisdom', name: 'Amazon Q in Connect' },
  { service: 'workmail', name: 'Amazon WorkMail' },
  { service: 'workspaces', name: 'Amazon WorkSpaces' },
  { service: 'workspaces-web', name: 'Amazon WorkSpaces Secure Browser' },
  { service: 'xray', name: 'AWS X-Ray' },
];

const byService = new Map(viaServices.map((each) => [each.service, each]));

/** The service with exactly this first part of a kms:ViaService value. */
export function findViaService(service: string): ViaService | undefined {
  return byService.get(service);
}
