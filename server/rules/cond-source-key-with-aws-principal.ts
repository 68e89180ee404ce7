import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { globalConditionKeys } from './support/condition-sources.ts';
import { atKey, factOf, holdsWithoutKey } from './support/conditions.ts';
import { resourcePolicyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

const OF_SERVICES: ReadonlySet<string> = new Set([
  'aws:SourceArn',
  'aws:SourceAccount',
  'aws:SourceOrgID',
  'aws:SourceOrgPaths',
]);

/** Kinds of principal that sign their own requests. */
const PEOPLE: ReadonlySet<string> = new Set(['account', 'user', 'role', 'assumed-role', 'federated-user']);

const condition = '"StringEquals": { "aws:SourceAccount": "111122223333" }';

export const condSourceKeyWithAwsPrincipal = rule({
  id: 'cond-source-key-with-aws-principal',
  group: 'suspicious',
  kinds: resourcePolicyKinds,
  title: 'the source of a service asked of users and roles',
  documentation: {
    what: '`aws:SourceArn`, `aws:SourceAccount`, `aws:SourceOrgID` or `aws:SourceOrgPaths` in an `Allow` for accounts, users or roles alone.',
    why: 'These keys say for which resource an AWS service calls, and are there only when a service calls as itself. In calls of users and roles they are absent, so the statement never applies.',
    spares:
      'Statements for `"*"` or with a service principal, `Deny` statements, and conditions that hold without the key.',
    bad: keyPolicyWithCondition(condition),
    good: keyPolicyWithCondition(condition, { principal: '{ "Service": "cloudtrail.amazonaws.com" }' }),
    sources: [globalConditionKeys, policyChecks],
  },
  check: {
    condition(each, { effect, principal }, { report }) {
      const name = factOf(each)?.name;
      if (effect !== 'Allow' || !principal || principal.negated || principal.items.length === 0) return;
      if (name === undefined || !OF_SERVICES.has(name) || holdsWithoutKey(each) !== false) return;
      const people = principal.items.every(({ type, pattern }) => type === 'AWS' && PEOPLE.has(pattern.kind));
      if (!people) return;
      report({
        at: atKey(each),
        message: `\`${each.key.text}\` is never in a request of a user or role`,
        why: 'it is there only when an AWS service calls as itself, so the statement never applies',
        next: 'name the service as the principal, or test the caller by keys such as `aws:PrincipalArn`',
      });
    },
  },
});
