import type { Example } from '../rule.ts';

/** A key policy with AWS's default statement and one more: the statement that an example is about. */
export function keyPolicyWith(statement: string): Example {
  const text = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Enable IAM policies",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
      "Action": "kms:*",
      "Resource": "*"
    },
${indent(statement.trim(), 4)}
  ]
}
`;
  return { file: 'orders.key-policy.json', text };
}

function indent(text: string, by: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(by));
}
