import { findAwsManagedKey, type ManagedKeyPlace, usualManagedKey } from '../facts/aws-managed-keys.ts';
import { fromValue } from '../json/node.ts';
import { CompiledPolicy } from '../policy/compile.ts';
import { readPolicy } from '../policy/document.ts';

/** Policies that AWS writes itself. Their documents have names in place of URIs. */

/** The SCP that AWS attaches to every target of an organization, until somebody detaches it. */
export const fullAwsAccess = ofAws('FullAWSAccess', undefined, [
  { Sid: 'FullAWSAccess', Effect: 'Allow', Action: '*', Resource: '*' },
]);

/** AWS's managed policy for who may do everything in an account. */
export const administratorAccess = ofAws('AdministratorAccess', undefined, [
  { Effect: 'Allow', Action: '*', Resource: '*' },
]);

/**
 * The key policy that CreateKey gives a key when none is sent: the account decides, by its identity policies.
 * Source: KMS Developer Guide, "Default key policy"; checked 2026-11.
 */
export function defaultKeyPolicy(partition: string, account: string): CompiledPolicy {
  return ofAws('the default key policy', 'key-default-1', [
    {
      Sid: 'Enable IAM User Permissions',
      Effect: 'Allow',
      Principal: { AWS: `arn:${partition}:iam::${account}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
  ]);
}

/** The policy of an AWS managed key, which nobody can change. @param alias `alias/aws/s3` */
export function awsManagedKeyPolicy(alias: string, place: ManagedKeyPlace): CompiledPolicy {
  const fact = findAwsManagedKey(alias) ?? usualManagedKey(alias.slice('alias/aws/'.length));
  return ofAws(`the policy of ${alias}`, fact.policyId, fact.statements(place));
}

function ofAws(document: string, id: string | undefined, statements: readonly object[]): CompiledPolicy {
  const policy = { Version: '2012-10-17', ...(id === undefined ? {} : { Id: id }), Statement: statements };
  return new CompiledPolicy(readPolicy(fromValue(policy)), document);
}
