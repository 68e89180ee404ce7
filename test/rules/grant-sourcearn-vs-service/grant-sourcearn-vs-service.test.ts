import { expect, test } from 'vitest';
import { serviceName, servicesOfOneName } from '../../../simulator/facts/services.ts';
import { check, ruleIds } from '../harness.ts';

const found = (grantee: string, sourceArn: string, member = 'GranteeServicePrincipal'): string[] =>
  ruleIds('a.kms-grant.json', `{ "${member}": "${grantee}", "Constraints": { "SourceArn": "${sourceArn}" } }`);

test('reports a resource of another service', () => {
  check(
    'a.kms-grant.json',
    `{
      "GranteeServicePrincipal": "dynamodb.us-east-1.amazonaws.com",
      "Constraints": { "SourceArn": "arn:aws:s3::111122223333:orders" }
      //                                     ^^ grant-sourcearn-vs-service: the ARN is of Amazon S3, and the grantee is Amazon DynamoDB; a service calls for resources of its own, so the grant allows nothing; name a resource of Amazon DynamoDB
    }`,
  );
});

test.each([
  ['dynamodb.amazonaws.com', 'arn:aws:iam::111122223333:role/Orders'],
  ['s3.us-east-1.amazonaws.com', 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders'],
  ['lambda.amazonaws.com', 'arn:aws:sns:${Region}:111122223333:Orders'],
])('reports %s with %s', (grantee, sourceArn) => {
  expect(found(grantee, sourceArn)).toHaveLength(1);
});

test('reports it in the output of ListGrants', () => {
  const sourceArn = 'arn:aws:sqs:us-east-1:111122223333:Orders';
  expect(found('dynamodb.us-east-1.amazonaws.com', sourceArn, 'GranteePrincipal')).toHaveLength(1);
});

test.each([
  ['dynamodb.us-east-1.amazonaws.com', 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders'],
  ['redshift.amazonaws.com', 'arn:aws:redshift-serverless:us-east-1:111122223333:workgroup/orders'],
  ['es.amazonaws.com', 'arn:aws:opensearch:us-east-1:111122223333:application/a'],
  ['es.amazonaws.com', 'arn:aws:sqs:us-east-1:111122223333:x'],
  ['costalerts.amazonaws.com', 'arn:aws:ce::111122223333:anomalysubscription/a'],
  ['delivery.logs.amazonaws.com', 'arn:aws:s3::111122223333:orders'],
  ['dynamodb.us-east-1.amazonaws.com', 'arn:aws:orders:us-east-1:111122223333:x'],
  ['dynamodb.us-east-1.amazonaws.com', 'arn:aws:${Service}:us-east-1:111122223333:x'],
  ['${Service}.us-east-1.amazonaws.com', 'arn:aws:sqs:us-east-1:111122223333:x'],
  ['dynamodb.us-east-1.amazonaws.com', 'sqs'],
])('leaves %s with %s alone', (grantee, sourceArn) => {
  expect(found(grantee, sourceArn)).toEqual([]);
});

test('leaves alone what is no service', () => {
  const role = 'arn:aws:iam::111122223333:role/Orders';
  expect(found(role, 'arn:aws:sqs:us-east-1:111122223333:x', 'GranteePrincipal')).toEqual([]);
});

test('every service that is judged has a name', () => {
  for (const code of servicesOfOneName) expect(serviceName(code), code).toBeDefined();
});
