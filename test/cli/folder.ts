import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder with these files, removed when the test is over. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'kms-lens-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return folder;
}

/**
 * A key policy that is faultless as long as nobody knows the key: which of its two accounts is at home decides whether one
 * of its actions works, and the spec of the key whether its condition does.
 */
export const keyPolicyOfTwoAccounts = `${JSON.stringify(
  {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Administer',
        Effect: 'Allow',
        Principal: { AWS: ['arn:aws:iam::111122223333:role/Admin', 'arn:aws:iam::111122223333:role/Security'] },
        Action: ['kms:GetKeyPolicy', 'kms:PutKeyPolicy'],
        Resource: '*',
      },
      {
        Sid: 'Use',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: { StringEquals: { 'kms:EncryptionContext:stage': 'prod' } },
      },
      {
        Sid: 'Partner',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::444455556666:root' },
        Action: ['kms:DescribeKey', 'kms:EnableKey'],
        Resource: '*',
      },
    ],
  },
  null,
  2,
)}\n`;

/** A key policy that lets a role do this, and the account's IAM policies the rest. */
export function keyPolicy(...actions: readonly string[]): string {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Use the key',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:role/Orders' },
        Action: actions,
        Resource: '*',
      },
      {
        Sid: 'Enable IAM policies',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  };
  return `${JSON.stringify(policy, null, 2)}\n`;
}
