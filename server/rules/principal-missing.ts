import { type Fix, rule } from './rule.ts';
import { likelyAccount } from './support/accounts.ts';
import { firstOf, statementWithout } from './support/elements.ts';
import { keyPolicyWith } from './support/examples.ts';
import { resourcePolicyKinds } from './support/kinds.ts';
import { elementPage, keyPolicyOverview } from './support/sources.ts';

export const principalMissing = rule({
  id: 'principal-missing',
  group: 'invalid',
  kinds: resourcePolicyKinds,
  yieldsTo: ['mixed-policy-kind'],
  title: 'a statement of a key policy without `Principal`',
  documentation: {
    what: 'A statement of a key policy, a resource control policy or an endpoint policy that does not say whom it is about.',
    why:
      'Such a policy does not belong to anybody, so each of its statements has to name its principals. AWS KMS rejects ' +
      'a key policy with a statement that does not.',
    spares: 'Identity policies and service control policies, whose principal is who they are attached to.',
    bad: keyPolicyWith(`
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Action": "kms:Decrypt",
  "Resource": "*"
}`),
    good: keyPolicyWith(`
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:Decrypt",
  "Resource": "*"
}`),
    sources: [elementPage('principal'), keyPolicyOverview],
  },
  check: {
    statement(statement, context) {
      const object = statementWithout(statement, 'Principal', 'NotPrincipal');
      if (!object || context.isBroken(object)) return;
      const path = [...statement.path, 'Principal'];
      const before = firstOf(object, 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition');
      const add = (value: unknown, safe: boolean): Fix => ({
        title: `add \`"Principal": ${JSON.stringify(value)}\``,
        safe,
        edits: [{ op: 'set', path, value, ...before }],
      });
      const { kind } = context.kind;
      const account = { AWS: likelyAccount(context.policy).root };
      const isRcp = kind === 'rcp';
      context.report({
        at: { path },
        message: 'statement has no `Principal`',
        why: kind === 'key-policy' ? 'AWS KMS rejects the key policy' : 'AWS rejects the policy',
        next: isRcp ? 'add `"Principal": "*"`, the only one that it may have' : 'say whom it is about',
        fixes: isRcp
          ? [add('*', true)]
          : statement.effect === 'Allow' && kind !== 'vpce-policy'
            ? [add(account, false)]
            : [add('*', false), add(account, false)],
      });
    },
  },
});
