import { findViaService } from '../facts/via-services.ts';
import { fromValue } from '../json/node.ts';
import { CompiledPolicy } from '../policy/compile.ts';
import { readPolicy } from '../policy/document.ts';

/** Policies that AWS writes itself. Their documents have names in place of URIs. */

/** The SCP that AWS attaches to every target of an organization, until somebody detaches it. */
export const fullAwsAccess = ofAws('FullAWSAccess', [
  { Sid: 'FullAWSAccess', Effect: 'Allow', Action: '*', Resource: '*' },
]);

/**
 * The key policy that CreateKey gives a key when none is sent: the account decides, by its identity policies.
 * Source: KMS Developer Guide, "Default key policy"; checked 2026-11.
 */
export function defaultKeyPolicy(partition: string, account: string): CompiledPolicy {
  return ofAws('the default key policy', [
    {
      Sid: 'Enable IAM User Permissions',
      Effect: 'Allow',
      Principal: { AWS: `arn:${partition}:iam::${account}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
  ]);
}

/**
 * The policy of an AWS managed key: everybody of the account may use it, but only through its service, and nobody can
 * change it.
 * Source: KMS Developer Guide, "AWS KMS keys" (AWS managed keys) and "Viewing key policies"; checked 2026-11.
 *
 * @param service as `kms:ViaService` names it: `s3`
 */
export function awsManagedKeyPolicy(
  service: string,
  { partition, account, region }: { readonly partition: string; readonly account: string; readonly region: string },
): CompiledPolicy {
  return ofAws(`the policy of alias/aws/${service}`, [
    {
      Sid: `Allow access through ${service} for all principals in the account that are authorized to use ${service}`,
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: [
        ...['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        ...(findViaService(service)?.makesGrants ? ['kms:CreateGrant'] : []),
      ],
      Resource: '*',
      Condition: {
        StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': `${service}.${region}.amazonaws.com` },
      },
    },
    {
      Sid: 'Allow direct access to key metadata to the account',
      Effect: 'Allow',
      Principal: { AWS: `arn:${partition}:iam::${account}:root` },
      Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
      Resource: '*',
    },
  ]);
}

function ofAws(document: string, statements: readonly object[]): CompiledPolicy {
  return new CompiledPolicy(readPolicy(fromValue({ Version: '2012-10-17', Statement: statements })), document);
}
