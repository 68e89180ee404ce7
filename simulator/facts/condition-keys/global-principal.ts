/**
 * The global condition keys about the caller and its session.
 * Source: IAM User Guide, "AWS global condition context keys". Checked 2026-11.
 */
import type { ConditionKey } from '../types.ts';

const temporary = 'Present only when the caller uses temporary credentials; absent with long-term access keys.';
const inOrganization = 'Present when the account of the caller belongs to an organization.';
const servicePrincipal = 'Present only when an AWS service calls as itself, with its service principal.';
const ec2 = 'Present when the request is signed with role credentials that EC2 gave to an instance.';
const single = { type: 'String', multivalued: false } as const;
const list = { type: 'String', multivalued: true } as const;
const yesOrNo = { type: 'Bool', multivalued: false } as const;
const arn = { type: 'ARN', multivalued: false } as const;

export const principalKeys: readonly ConditionKey[] = [
  {
    name: 'aws:PrincipalArn',
    ...arn,
    summary: 'The ARN of the calling user, of the role behind a session (with its path), or of the root user.',
    present: 'Present in every signed request, and so in every KMS request.',
  },
  {
    name: 'aws:PrincipalAccount',
    ...single,
    summary: 'The 12-digit id of the account that the caller belongs to.',
    present: 'Present in every request.',
  },
  {
    name: 'aws:PrincipalOrgID',
    ...single,
    summary: "The id of the organization of the caller's account, `o-…`.",
    present: inOrganization,
  },
  {
    name: 'aws:PrincipalOrgPaths',
    ...list,
    summary: "The path of the caller's account in its organization, `o-…/r-…/ou-…/`.",
    present: inOrganization,
  },
  {
    name: 'aws:PrincipalTag/${TagKey}',
    ...single,
    summary: 'The value of one tag of the calling user, or of the role and its session.',
    present: 'Present when the caller has that tag.',
  },
  {
    name: 'aws:PrincipalType',
    ...single,
    summary: 'The kind of caller.',
    present: 'Present in every request; KMS has no anonymous callers.',
    values: ['Account', 'User', 'FederatedUser', 'AssumedRole', 'Anonymous'],
  },
  {
    name: 'aws:PrincipalIsAWSService',
    ...yesOrNo,
    summary:
      'Whether an AWS service calls as itself, with its service principal; false for services that act for a caller or through a role.',
    present: 'Present in every signed request, and so in every KMS request.',
  },
  {
    name: 'aws:PrincipalServiceName',
    ...single,
    summary: 'The service principal that calls, such as `cloudtrail.amazonaws.com`.',
    present: servicePrincipal,
  },
  {
    name: 'aws:PrincipalServiceNamesList',
    ...list,
    summary: 'All service principal names of the calling service, those of its Region included.',
    present: servicePrincipal,
  },
  {
    name: 'aws:userid',
    ...single,
    summary:
      'The unique id of the caller: `AIDA…` for a user, `AROA…:session` for a role session, the account id for the root user.',
    present: 'Present in every request.',
  },
  {
    name: 'aws:username',
    ...single,
    summary: 'The name of the calling IAM user.',
    present: 'Present only for IAM users; absent for roles, federated users and the root user.',
  },
  {
    name: 'aws:AssumedRoot',
    ...yesOrNo,
    summary: 'Whether the caller is a root session that AssumeRoot gave.',
    present: 'Present only with credentials from AssumeRoot.',
  },
  {
    name: 'aws:FederatedProvider',
    ...single,
    summary: 'The OpenID Connect provider that authenticated the caller.',
    present: 'Present in sessions of roles that were assumed with a web identity.',
  },
  {
    name: 'aws:TokenIssueTime',
    type: 'Date',
    multivalued: false,
    summary: "When the caller's temporary credentials were issued.",
    present: temporary,
  },
  {
    name: 'aws:MultiFactorAuthAge',
    type: 'Numeric',
    multivalued: false,
    summary: 'The seconds since the caller proved itself with a second factor.',
    present: 'Present only when the caller uses temporary credentials that were obtained with MFA.',
  },
  {
    name: 'aws:MultiFactorAuthPresent',
    ...yesOrNo,
    summary: "Whether the caller's temporary credentials were obtained with a second factor.",
    present: temporary,
  },
  {
    name: 'aws:SourceIdentity',
    ...single,
    summary: 'The source identity that was set when the role was assumed.',
    present: 'Present in role sessions that have one, and in those chained from them.',
  },
  {
    name: 'aws:ChatbotSourceArn',
    ...arn,
    summary: 'The chat configuration that the call comes from.',
    present: 'Present in role sessions of Amazon Q Developer in chat applications.',
  },
  {
    name: 'aws:Ec2InstanceSourceVpc',
    ...single,
    summary: 'The VPC to which EC2 delivered the role credentials.',
    present: ec2,
  },
  {
    name: 'aws:Ec2InstanceSourcePrivateIPv4',
    type: 'IPAddress',
    multivalued: false,
    summary: 'The private IPv4 address to which EC2 delivered the role credentials.',
    present: ec2,
  },
  {
    name: 'aws:SignInSessionArn',
    ...arn,
    summary: 'The AWS Sign-In session behind the credentials.',
    present: 'Present in requests that come from an AWS Sign-In OAuth session, not from a console session.',
  },
  {
    name: 'aws:ViaCustomerDomain',
    ...single,
    summary: 'The account of the partner to whom access was delegated for a time.',
    present: 'Present in requests with credentials from a temporary access delegation.',
  },
  {
    name: 'aws:ARN',
    ...arn,
    summary: 'The old name of aws:PrincipalArn.',
    present: 'Use aws:PrincipalArn, which is present in every KMS request.',
    deprecated: { use: 'aws:PrincipalArn' },
  },
];
