import type { Example } from '../rule.ts';

/** A key policy with AWS's default statement and one more: the statement that an example is about. */
export function keyPolicyWith(statement: string): Example {
  return {
    file: 'orders.key-policy.json',
    text: policyText(`{
  "Sid": "Enable IAM policies",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
  "Action": "kms:*",
  "Resource": "*"
},
${statement.trim()}`),
  };
}

/** An identity policy of one statement. */
export function identityPolicyWith(statement: string): Example {
  return { file: 'orders.iam-policy.json', text: policyText(statement.trim()) };
}

function policyText(statements: string): string {
  return `{
  "Version": "2012-10-17",
  "Statement": [
${indent(statements, 4)}
  ]
}
`;
}

function indent(text: string, by: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(by));
}

/** A key policy of these statements alone. */
export function keyPolicyOf(...statements: readonly string[]): Example {
  return { file: 'orders.key-policy.json', text: policyText(statements.map((each) => each.trim()).join(',\n')) };
}

/** A key policy in a file that allows comments, below one. */
export function commented(comment: string, statement: string): Example {
  const { text } = keyPolicyWith(statement);
  return { file: 'orders.jsonc', text: comment ? `${comment}\n${text}` : text };
}

/** A statement that shares a key more widely than AWS does in its recipe. */
export const sharedByGrants = `
{
  "Sid": "Share with the partner",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::444455556666:root" },
  "Action": ["kms:Decrypt", "kms:CreateGrant"],
  "Resource": "*"
}`;

/** A statement that lets a principal decrypt. */
export function letsDecrypt(principal: string): string {
  return `
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": "${principal}" },
  "Action": "kms:Decrypt",
  "Resource": "*"
}`;
}
