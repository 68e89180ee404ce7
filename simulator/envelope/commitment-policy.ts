/** Whether messages without key commitment, of version 1, are read: names of the AWS Encryption SDK. None are written. */
export const commitmentPolicies = ['require-encrypt-require-decrypt', 'require-encrypt-allow-decrypt'] as const;

export type CommitmentPolicy = (typeof commitmentPolicies)[number];
