import { type JsonObject, memberOf } from '../../simulator/json/node.ts';
import type { Path } from '../../simulator/json/place.ts';
import type { Statement } from '../../simulator/policy/document.ts';
import { type Fix, rule } from './rule.ts';
import { type Account, likelyAccount } from './support/accounts.ts';
import { lacks, statementElements } from './support/elements.ts';
import { keyPolicyWith } from './support/examples.ts';
import { elementPage, keyPolicyOverview } from './support/sources.ts';

export const principalStarUnconditioned = rule({
  id: 'principal-star-unconditioned',
  group: 'exposure',
  kinds: ['key-policy'],
  title: 'a key for everyone: `Allow`, `"*"`, and no condition',
  documentation: {
    what: 'A statement of a key policy that allows something to `"*"` and has no `Condition`.',
    why:
      'In a key policy `"*"` is every identity of every AWS account. Those of the account that owns the key need ' +
      'nothing more; those of other accounts need no more than an identity policy of their own.',
    spares:
      '`Deny` statements, resource control policies and endpoint policies, where `"*"` is usual, and any statement with ' +
      'a `Condition` that is not empty, such as the `kms:CallerAccount` and `kms:ViaService` of AWS managed keys.',
    bad: keyPolicyWith(`
{
  "Sid": "Use for orders",
  "Effect": "Allow",
  "Principal": "*",
  "Action": "kms:Decrypt",
  "Resource": "*"
}`),
    good: keyPolicyWith(`
{
  "Sid": "Use for orders",
  "Effect": "Allow",
  "Principal": "*",
  "Action": "kms:Decrypt",
  "Resource": "*",
  "Condition": {
    "StringEquals": { "kms:CallerAccount": "111122223333", "kms:ViaService": "s3.us-east-1.amazonaws.com" }
  }
}`),
    sources: [keyPolicyOverview, elementPage('principal')],
  },
  check: {
    principal({ path, pattern }, statement, context) {
      const { object, effect, principal } = statement;
      if (pattern.kind !== 'everyone' || effect !== 'Allow' || !object || !principal || principal.negated) return;
      if (hasCondition(object) || context.isBroken(object)) return;
      context.report({
        at: { path },
        message: '`*` without a `Condition` lets in every identity of every AWS account',
        why: 'in the account of the key they need nothing more, in others an identity policy of their own',
        next: 'name the principals, or narrow it with a condition such as `kms:CallerAccount`',
        fixes: fixesOf(statement, path, likelyAccount(context.policy)),
      });
    },
  },
});

/** Whether there is a condition, or may be one under a misspelt name or from a template. Empty ones require nothing. */
function hasCondition(object: JsonObject): boolean {
  if (lacks(object, ['Condition'], statementElements)) return false;
  const node = memberOf(object, 'Condition')?.value;
  return node?.type !== 'object' || node.members.some(({ value }) => value?.type !== 'object' || !isEmpty(value));
}

function isEmpty({ members }: JsonObject): boolean {
  return members.length === 0;
}

function fixesOf(statement: Statement, star: Path, { id, root }: Account): Fix[] {
  const require = (title: string, condition: object): Fix => ({
    title,
    safe: false,
    edits: [{ op: 'set', path: [...statement.path, 'Condition'], value: condition }],
  });
  const isBare = star.at(-1) === 'Principal';
  return [
    require(`require \`kms:CallerAccount\` ${id}`, { StringEquals: { 'kms:CallerAccount': id } }),
    require('require `aws:PrincipalOrgID`', { StringEquals: { 'aws:PrincipalOrgID': '<organization-id>' } }),
    {
      title: `change to \`${root}\``,
      safe: false,
      edits: [{ op: 'replace', place: { path: star }, text: JSON.stringify(isBare ? { AWS: root } : root) }],
    },
  ];
}
