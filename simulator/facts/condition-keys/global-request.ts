/**
 * The global condition keys about the network, the resource, the services on the way and the request.
 * Source: IAM User Guide, "AWS global condition context keys". Checked 2026-11.
 */
import type { ConditionKey } from '../types.ts';

const always = 'Present in every request.';
const throughEndpoint = 'Present only when the request comes through a VPC endpoint.';
const ownerInOrganization =
  'Present when the request comes through a VPC endpoint whose owner belongs to an organization.';
const resourceInOrganization = 'Present when the account that owns the key belongs to an organization.';
const forwarded =
  "Present when a service forwards the request with its caller's rights; absent in direct calls and for service roles.";
const serviceForResource =
  'Present only when an AWS service calls as itself for one of its resources; never in calls of users and roles.';
const single = { type: 'String', multivalued: false } as const;
const list = { type: 'String', multivalued: true } as const;
const yesOrNo = { type: 'Bool', multivalued: false } as const;
const arn = { type: 'ARN', multivalued: false } as const;
const address = { type: 'IPAddress', multivalued: false } as const;

export const networkKeys: readonly ConditionKey[] = [
  {
    name: 'aws:SourceIp',
    ...address,
    summary: "The caller's public IP address; that of the service where a service forwards the request.",
    present: 'Present except when the request comes through a VPC endpoint.',
  },
  {
    name: 'aws:SourceVpc',
    ...single,
    summary: 'The id of the VPC that the endpoint is in, `vpc-…`.',
    present: throughEndpoint,
  },
  {
    name: 'aws:SourceVpcArn',
    ...arn,
    summary: 'The ARN of the VPC that the endpoint is in.',
    present:
      'Present only when the request comes through a VPC endpoint of a service that supports the key, as KMS does.',
  },
  { name: 'aws:SourceVpce', ...single, summary: 'The id of the VPC endpoint, `vpce-…`.', present: throughEndpoint },
  {
    name: 'aws:VpcSourceIp',
    ...address,
    summary: "The caller's private IP address in the VPC.",
    present: throughEndpoint,
  },
  { name: 'aws:VpceAccount', ...single, summary: 'The account that owns the VPC endpoint.', present: throughEndpoint },
  {
    name: 'aws:VpceOrgID',
    ...single,
    summary: 'The organization of the account that owns the VPC endpoint.',
    present: ownerInOrganization,
  },
  {
    name: 'aws:VpceOrgPaths',
    ...list,
    summary: 'The path in its organization of the account that owns the VPC endpoint.',
    present: ownerInOrganization,
  },
];

export const resourceKeys: readonly ConditionKey[] = [
  { name: 'aws:ResourceAccount', ...single, summary: 'The account that owns the key.', present: always },
  {
    name: 'aws:ResourceOrgID',
    ...single,
    summary: 'The organization of the account that owns the key.',
    present: resourceInOrganization,
  },
  {
    name: 'aws:ResourceOrgPaths',
    ...list,
    summary: 'The path in its organization of the account that owns the key.',
    present: resourceInOrganization,
  },
  {
    name: 'aws:ResourceTag/${TagKey}',
    ...single,
    summary: 'The value of one tag of the key.',
    present: 'Present in requests on keys that have that tag, in IAM policies only; absent in key policies.',
    onlyIn: ['identity-policy'],
  },
];

export const serviceKeys: readonly ConditionKey[] = [
  {
    name: 'aws:CalledVia',
    ...list,
    summary: 'The services that forwarded the request, in order, as service principals.',
    present: forwarded,
  },
  {
    name: 'aws:CalledViaFirst',
    ...single,
    summary: 'The first service that forwarded the request.',
    present: forwarded,
  },
  { name: 'aws:CalledViaLast', ...single, summary: 'The last service that forwarded the request.', present: forwarded },
  {
    name: 'aws:ViaAWSService',
    ...yesOrNo,
    summary: "Whether a service forwards the request with its caller's rights.",
    present: always,
  },
  {
    name: 'aws:CalledViaAWSMCP',
    ...single,
    summary: 'The AWS MCP service that forwarded the request, as a service principal.',
    present: 'Present when an AWS MCP server forwards the request of a user or role.',
  },
  {
    name: 'aws:ViaAWSMCPService',
    ...yesOrNo,
    summary: 'Whether an AWS MCP server forwards the request.',
    present: 'Present when an AWS MCP server forwards the request of a user or role.',
  },
  {
    name: 'aws:IsMcpServiceAction',
    ...yesOrNo,
    summary: 'Whether the action is one of an AWS MCP service itself.',
    present: 'Present only while such an action is decided, so never for a kms action.',
  },
  {
    name: 'aws:SourceArn',
    ...arn,
    summary: 'The resource for which an AWS service makes the request.',
    present: serviceForResource,
  },
  {
    name: 'aws:SourceAccount',
    ...single,
    summary: 'The account of the resource for which an AWS service makes the request.',
    present: serviceForResource,
  },
  {
    name: 'aws:SourceOrgID',
    ...single,
    summary: 'The organization of the resource for which an AWS service makes the request.',
    present: serviceForResource,
  },
  {
    name: 'aws:SourceOrgPaths',
    ...list,
    summary: 'The path in its organization of the account whose resource an AWS service makes the request for.',
    present: serviceForResource,
  },
  {
    name: 'aws:SourceOwner',
    ...single,
    summary: 'An old key of a few services for the account of the source resource.',
    present: serviceForResource,
    deprecated: { use: 'aws:SourceAccount' },
  },
];

export const requestKeys: readonly ConditionKey[] = [
  {
    name: 'aws:CurrentTime',
    type: 'Date',
    multivalued: false,
    summary: 'The time of the request, ISO 8601.',
    present: always,
  },
  {
    name: 'aws:EpochTime',
    type: 'Date',
    alsoTypes: ['Numeric'],
    multivalued: false,
    summary: 'The time of the request in seconds since 1970.',
    present: always,
  },
  {
    name: 'aws:referer',
    ...single,
    summary: 'The HTTP referer header, which any caller can make up.',
    present: 'Present only in requests that a browser sends from a linked page.',
  },
  { name: 'aws:RequestedRegion', ...single, summary: 'The Region that the request goes to.', present: always },
  {
    name: 'aws:RequestTag/${TagKey}',
    ...single,
    summary: 'The value of one tag in the request.',
    present: 'Present in CreateKey and TagResource requests that have that tag.',
  },
  {
    name: 'aws:TagKeys',
    ...list,
    summary: 'The keys of the tags in the request.',
    present: 'Present in CreateKey, TagResource and UntagResource requests that name tags.',
  },
  {
    name: 'aws:SecureTransport',
    ...yesOrNo,
    summary: 'Whether the request came over TLS; always true for KMS, which has no other endpoints.',
    present: always,
  },
  {
    name: 'aws:UserAgent',
    ...single,
    summary: "The name of the caller's software, which any caller can make up.",
    present: always,
  },
];
