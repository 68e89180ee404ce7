// The world that `kms-lens serve` is measured with: policies at every level, two principals, one with a secret.

export const REGION = 'eu-central-1';
export const KEY_ARN = `arn:aws:kms:${REGION}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const VERIFIED = { accessKeyId: 'AKIAKMSLENSVERIFIED', secretAccessKey: 'kms-lens-verified-secret' };
export const NAMED = { accessKeyId: 'AKIAKMSLENSNAMED', secretAccessKey: 'kms-lens-anything' };

const policy = (...Statement) => ({ Version: '2012-10-17', Statement });
const everything = policy({ Effect: 'Allow', Action: '*', Resource: '*' });

const identityPolicies = [
  policy({ Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::orders/*' }),
  policy({
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: `arn:aws:kms:*:111122223333:key/*`,
    Condition: { StringEquals: { 'aws:ResourceAccount': '111122223333' } },
  }),
];

export const scenario = {
  region: REGION,
  organization: {
    id: 'o-exampleorg1',
    managementAccount: '999999999999',
    accounts: { 111122223333: { path: 'r-ab12/ou-ab12-11111111' } },
    targets: {
      'r-ab12': { scps: [everything] },
      'ou-ab12-11111111': {
        scps: [
          everything,
          policy({ Effect: 'Deny', Action: ['kms:ScheduleKeyDeletion', 'kms:DisableKey'], Resource: '*' }),
        ],
      },
    },
  },
  principals: {
    Verified: { arn: 'arn:aws:iam::111122223333:role/Verified', ...VERIFIED, policies: identityPolicies },
    Named: {
      arn: 'arn:aws:iam::111122223333:role/Named',
      accessKeyId: NAMED.accessKeyId,
      policies: identityPolicies,
    },
  },
  keys: {
    orders: {
      id: '1234abcd-12ab-34cd-56ef-1234567890ab',
      aliases: ['alias/orders'],
      policy: policy(
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          Action: 'kms:*',
          Resource: '*',
        },
        {
          Effect: 'Allow',
          Principal: { AWS: ['arn:aws:iam::111122223333:role/Verified', 'arn:aws:iam::111122223333:role/Named'] },
          Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          Resource: '*',
          Condition: { StringEquals: { 'kms:EncryptionContext:service': 'orders' } },
        },
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'kms:*',
          Resource: '*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'kms:Decrypt',
          Resource: '*',
          Condition: { StringNotEquals: { 'kms:EncryptionContext:service': 'orders' } },
        },
      ),
    },
  },
};
