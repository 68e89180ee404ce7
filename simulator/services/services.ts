import type { ServiceName } from '../facts/service-operations.ts';
import { dynamodb } from './dynamodb.ts';
import { ec2 } from './ec2.ts';
import { lambda } from './lambda.ts';
import { logs } from './logs.ts';
import type { Act, Acts } from './operations.ts';
import { rds } from './rds.ts';
import { s3 } from './s3.ts';
import { secretsmanager } from './secretsmanager.ts';
import { sns } from './sns.ts';
import { sqs } from './sqs.ts';

const services: { readonly [S in ServiceName]: Acts<S> } = {
  dynamodb,
  ec2,
  lambda,
  logs,
  rds,
  s3,
  secretsmanager,
  sns,
  sqs,
};

/** What a service does when it is asked for an operation. */
export function actOf(service: ServiceName, operation: string): Act | undefined {
  const acts: Readonly<Record<string, Act>> = services[service];
  return Object.hasOwn(acts, operation) ? acts[operation] : undefined;
}
