import type { ConditionKey } from '../../../simulator/facts/types.ts';

/** The global keys that every signed request has, and so every request to AWS KMS. */
const ALWAYS: ReadonlySet<string> = new Set([
  'aws:CurrentTime',
  'aws:EpochTime',
  'aws:PrincipalAccount',
  'aws:PrincipalArn',
  'aws:PrincipalIsAWSService',
  'aws:PrincipalType',
  'aws:RequestedRegion',
  'aws:SecureTransport',
  'aws:ViaAWSService',
  'aws:userid',
]);

export function isAlwaysPresent({ name }: ConditionKey): boolean {
  return ALWAYS.has(name);
}
