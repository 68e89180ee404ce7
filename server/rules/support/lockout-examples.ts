import type { Source } from '../rule.ts';
import { keyPolicyOf } from './examples.ts';

/** The statement that AWS writes into new key policies: identity policies of the account count. */
export const delegation = `
{
  "Sid": "Enable IAM policies",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
  "Action": "kms:*",
  "Resource": "*"
}`;

/** A statement that lets principals administer; `more` are further members, each after a comma. */
export function administer(principal: string, more = ''): string {
  return `
{
  "Sid": "Administer",
  "Effect": "Allow",
  "Principal": { "AWS": ${principal} },
  "Action": ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:PutKeyPolicy"],
  "Resource": "*"${more}
}`;
}

/** What the rules about lockout show as right: administrators, and the account for the day when they are gone. */
export const manageable = keyPolicyOf(delegation, administer('"arn:aws:iam::111122223333:role/KeyAdmin"'));

export const putKeyPolicy: Source = {
  title: 'AWS KMS API Reference: PutKeyPolicy',
  url: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html',
};
