/**
 * The elements of policy documents: where each may stand, what it holds and what it means.
 *
 * Sources: IAM User Guide, "IAM JSON policy element reference", "Grammar of the IAM JSON policy language"; KMS Developer
 * Guide, "Key policies in AWS KMS"; AWS Organizations User Guide, "SCP syntax", "RCP syntax"; Amazon VPC User Guide,
 * "Control access to VPC endpoints using endpoint policies". Checked 2026-11.
 */

/** The kinds of policy document. Identity policies, permissions boundaries and session policies are one kind. */
export type PolicyKind = 'key-policy' | 'iam-policy' | 'scp' | 'rcp' | 'vpce-policy';

export interface ElementFact {
  readonly name: string;
  /** `policy`: a member of the document; `statement`: a member of a statement. */
  readonly level: 'policy' | 'statement';
  /** The kinds of policy it is allowed in. */
  readonly kinds: readonly PolicyKind[];
  /** The kinds that must have it, or its counterpart. */
  readonly requiredIn: readonly PolicyKind[];
  /** The element that can stand in its place; never both. */
  readonly counterpart?: string;
  readonly types: readonly ('string' | 'array' | 'object')[];
  readonly values?: readonly string[];
  /** Our documentation: what it is, in a sentence or three. */
  readonly summary: string;
}

const everywhere: readonly PolicyKind[] = ['key-policy', 'iam-policy', 'scp', 'rcp', 'vpce-policy'];
const resourcePolicies: readonly PolicyKind[] = ['key-policy', 'rcp', 'vpce-policy'];
const withoutRcp: readonly PolicyKind[] = ['key-policy', 'iam-policy', 'scp', 'vpce-policy'];
const patterns = ['string', 'array'] as const;

export const policyElements: readonly ElementFact[] = [
  {
    name: 'Version',
    level: 'policy',
    kinds: everywhere,
    requiredIn: ['scp', 'rcp'],
    types: ['string'],
    values: ['2012-10-17', '2008-10-17'],
    summary:
      'The version of the policy language, `2012-10-17` today. Left out it is `2008-10-17`, in which policy variables such as `${aws:username}` are plain text.',
  },
  {
    name: 'Id',
    level: 'policy',
    kinds: ['key-policy', 'vpce-policy'],
    requiredIn: [],
    types: ['string'],
    summary: 'A name for the whole policy. KMS keeps it and does nothing with it.',
  },
  {
    name: 'Statement',
    level: 'policy',
    kinds: everywhere,
    requiredIn: everywhere,
    types: ['array', 'object'],
    summary:
      'The statements of the policy: a list, or a single one. Their order means nothing; a Deny that matches always wins.',
  },
  {
    name: 'Sid',
    level: 'statement',
    kinds: everywhere,
    requiredIn: [],
    types: ['string'],
    summary:
      'A name for the statement, which shows up in explanations. Letters and digits only in IAM policies; key policies take spaces too.',
  },
  {
    name: 'Effect',
    level: 'statement',
    kinds: everywhere,
    requiredIn: everywhere,
    types: ['string'],
    values: ['Allow', 'Deny'],
    summary:
      'Whether the statement allows or denies. What nothing allows is denied, and no Allow or grant overrides a Deny. RCPs of your own can only deny.',
  },
  {
    name: 'Principal',
    level: 'statement',
    kinds: resourcePolicies,
    requiredIn: resourcePolicies,
    counterpart: 'NotPrincipal',
    types: ['object', 'string'],
    summary:
      'Who the statement is about: accounts, users, roles, sessions or services, never groups. In a key policy the account (`…:root`) hands the decision to IAM policies of that account, and `"*"` means every AWS identity in every account. In an RCP only `"*"` is possible.',
  },
  {
    name: 'NotPrincipal',
    level: 'statement',
    kinds: ['key-policy', 'vpce-policy'],
    requiredIn: [],
    counterpart: 'Principal',
    types: ['object', 'string'],
    summary:
      'Everyone except those named. With Deny, list the account and the role of a session too, or they are denied as well; with Allow it opens the key to the world. A Deny with a condition on `aws:PrincipalArn` is safer.',
  },
  {
    name: 'Action',
    level: 'statement',
    kinds: everywhere,
    requiredIn: everywhere,
    counterpart: 'NotAction',
    types: patterns,
    summary:
      'The permissions, `kms:` and a name in which `*` and `?` are wildcards and case does not matter. KMS accepts a key policy statement without it, but then the statement does nothing.',
  },
  {
    name: 'NotAction',
    level: 'statement',
    kinds: withoutRcp,
    requiredIn: [],
    counterpart: 'Action',
    types: patterns,
    summary:
      'Every action except those named, in IAM policies those of all other services included. It is meant for Deny statements.',
  },
  {
    name: 'Resource',
    level: 'statement',
    kinds: everywhere,
    requiredIn: everywhere,
    counterpart: 'NotResource',
    types: patterns,
    summary:
      'What the statement is about. In a key policy `"*"` means this key. In other policies it is a key ARN or a pattern of one; an alias never stands for its key, and actions without a resource want `"*"`.',
  },
  {
    name: 'NotResource',
    level: 'statement',
    kinds: everywhere,
    requiredIn: [],
    counterpart: 'Resource',
    types: patterns,
    summary:
      'Everything except the resources named. In a key policy there is nothing else, so it is hardly ever right there.',
  },
  {
    name: 'Condition',
    level: 'statement',
    kinds: everywhere,
    requiredIn: [],
    types: ['object'],
    summary:
      'When the statement applies: operators, under each operator condition keys, under each key one value or several. All operators and keys must hold; of several values one is enough, or with a negated operator none may match.',
  },
];

const byName = new Map(policyElements.map((element) => [element.name, element]));

/** The element with exactly this name; elements are case-sensitive. */
export function findElement(name: string): ElementFact | undefined {
  return byName.get(name);
}
