// The policies and requests that both sides decide.

export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';
export const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
export const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/${KEY_ID}`;

const role = (name) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const policy = (...statements) => ({ Version: '2012-10-17', Statement: statements });

/** What the key's own statements say: administrators, an application, grants for services, and a Deny. */
const OWN = [
  {
    Sid: 'Account',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    Action: 'kms:*',
    Resource: '*',
  },
  {
    Sid: 'Application',
    Effect: 'Allow',
    Principal: { AWS: role('App') },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    Resource: '*',
    Condition: { StringEquals: { 'kms:EncryptionContext:app': ['orders', 'billing'] } },
  },
  {
    Sid: 'Services',
    Effect: 'Allow',
    Principal: { AWS: role('App') },
    Action: 'kms:CreateGrant',
    Resource: '*',
    Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  },
  {
    Sid: 'OutsideOfTheOrganization',
    Effect: 'Deny',
    Principal: '*',
    Action: 'kms:*',
    Resource: '*',
    Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-exampleorg1' } },
  },
];

/** Statements that cannot match a Decrypt of these callers: every other one is about other actions, the rest about other roles. */
function other(index) {
  const statement = { Sid: `Other${index}`, Effect: 'Allow', Principal: { AWS: role(`Team${index}`) }, Resource: '*' };
  return index % 2 === 0
    ? { ...statement, Action: ['kms:DescribeKey', 'kms:ListGrants'] }
    : {
        ...statement,
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Condition: { StringLike: { 'kms:EncryptionContext:app': `team-${index}-*` } },
      };
}

export function keyPolicy(size) {
  return policy(...OWN, ...Array.from({ length: size - OWN.length }, (_, index) => other(index)));
}

export const identityPolicies = [
  policy({ Effect: 'Allow', Action: ['kms:Decrypt', 'kms:DescribeKey'], Resource: `arn:aws:kms:*:${ACCOUNT}:key/*` }),
  policy(
    { Effect: 'Allow', Action: 's3:*', Resource: '*' },
    { Effect: 'Deny', Action: 'kms:ScheduleKeyDeletion', Resource: '*' },
  ),
];

export const serviceControlPolicy = policy(
  { Effect: 'Allow', Action: '*', Resource: '*' },
  { Effect: 'Deny', Action: ['kms:ScheduleKeyDeletion', 'kms:DisableKey'], Resource: '*' },
);

/** Who asks, with which encryption context, and what has to come out. */
export const cases = [
  { principal: role('App'), app: 'orders', allowed: true },
  { principal: role('App'), app: 'billing', allowed: true },
  { principal: role('Reports'), app: 'orders', allowed: true },
  { principal: `arn:aws:iam::444455556666:role/Partner`, app: 'orders', allowed: false },
];
