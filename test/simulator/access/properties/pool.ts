import { type Caller, parseCaller } from '../../../../simulator/access/caller.ts';
import type { AliasDescription } from '../../../../simulator/access/request.ts';
import type { Grant } from '../../../../simulator/access/world.ts';

/** A small world, so that what policies say often concerns who asks. The key belongs to the first account. */
export const KEY_ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';
export const KEY_IDS = ['1234abcd-12ab-34cd-56ef-1234567890ab', 'mrk-1234abcd12ab34cd56ef1234567890ab'] as const;
export const REGION = 'eu-central-1';
export const LOGS = 'logs.eu-central-1.amazonaws.com';

const ANA = `arn:aws:iam::${KEY_ACCOUNT}:user/Ana`;
const APP = `arn:aws:iam::${KEY_ACCOUNT}:role/team/App`;
const APP_SESSION = `arn:aws:sts::${KEY_ACCOUNT}:assumed-role/App/one`;
const BOB = `arn:aws:sts::${KEY_ACCOUNT}:federated-user/Bob`;
const PARTNER = `arn:aws:iam::${OTHER_ACCOUNT}:role/Partner`;
const EVE = `arn:aws:iam::${OTHER_ACCOUNT}:user/Eve`;
const LINKED = `arn:aws:iam::${KEY_ACCOUNT}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;

/** Of a user and of a role that are no more. */
export const UNIQUE_IDS = ['AIDACKCEVSQ6C2EXAMPLE', 'AROADBQP57FF2AEXAMPLE'] as const;

export const callers: readonly Caller[] = [
  caller(ANA),
  caller(APP),
  caller(APP_SESSION),
  { ...caller(BOB), madeBy: ANA } as Caller,
  caller(`root:${KEY_ACCOUNT}`),
  caller(PARTNER),
  caller(EVE),
  caller(`root:${OTHER_ACCOUNT}`),
  caller(LINKED),
  caller(`service:${LOGS}`),
];

function caller(text: string): Caller {
  const answer = parseCaller(text, { sessionName: 'one' });
  if ('problem' in answer) throw new Error(answer.problem);
  return answer.caller;
}

/** What an `AWS` principal may hold. */
export const arns: readonly string[] = [
  ANA,
  APP,
  `arn:aws:iam::${KEY_ACCOUNT}:role/App`,
  APP_SESSION,
  `arn:aws:sts::${KEY_ACCOUNT}:assumed-role/App/two`,
  BOB,
  `arn:aws:iam::${KEY_ACCOUNT}:root`,
  KEY_ACCOUNT,
  PARTNER,
  EVE,
  `arn:aws:iam::${OTHER_ACCOUNT}:root`,
  OTHER_ACCOUNT,
  LINKED,
  ...UNIQUE_IDS,
];

export const aliases: readonly AliasDescription[] = [KEY_ACCOUNT, OTHER_ACCOUNT].flatMap((account) =>
  ['alias/orders', 'alias/aws/orders'].map((name) => ({ partition: 'aws', account, region: REGION, name })),
);

export const actionPatterns = [
  'kms:*',
  'kms:Decrypt',
  'KMS:decrypt',
  'kms:De*',
  'kms:?ecrypt',
  'kms:ReEncrypt*',
  'kms:GenerateDataKey',
  'kms:CreateGrant',
  'kms:*Grant',
  'kms:PutKeyPolicy',
  'kms:*Alias',
  '*',
  's3:*',
] as const;

export const resourcePatterns = [
  '*',
  `arn:aws:kms:${REGION}:${KEY_ACCOUNT}:key/${KEY_IDS[0]}`,
  `arn:aws:kms:*:${KEY_ACCOUNT}:key/*`,
  'arn:aws:kms:*:*:key/mrk-*',
  `arn:aws:kms:us-east-1:${KEY_ACCOUNT}:key/*`,
  `arn:aws:kms:${REGION}:${KEY_ACCOUNT}:alias/orders`,
  `arn:aws:kms:*:${KEY_ACCOUNT}:alias/*`,
  `arn:aws:kms:${REGION}:${KEY_ACCOUNT}:key/\${aws:PrincipalTag/key, '${KEY_IDS[0]}'}`,
] as const;

const IN_A_GRANT = ['Decrypt', 'GenerateDataKey', 'ReEncryptFrom', 'DescribeKey', 'CreateGrant', 'RetireGrant'];
export const grantOperations: readonly string[] = IN_A_GRANT;

/** Grantees that KMS accepts: accounts, users, roles and sessions. */
export const grantees: readonly Partial<Grant>[] = [
  ...arns.filter((arn) => arn.startsWith('arn:')).map((granteePrincipal) => ({ granteePrincipal })),
  { granteeServicePrincipal: LOGS, sourceArn: `arn:aws:logs:${REGION}:${KEY_ACCOUNT}:log-group:orders` },
];
