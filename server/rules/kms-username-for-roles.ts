import { hasVariables, type Statement } from '../../simulator/policy/document.ts';
import { hole } from './holes.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { globalConditionKeys, policyVariables } from './support/condition-sources.ts';
import { atKey, effectWithoutKey, factOf, holdsWithoutKey } from './support/conditions.ts';

export const kmsUsernameForRoles = rule({
  id: 'kms-username-for-roles',
  group: 'suspicious',
  kinds: ['key-policy'],
  title: 'the name of a user asked of roles',
  documentation: {
    what: '`aws:username` or `${aws:username}` in a condition of a statement for roles alone.',
    why: 'Only requests of IAM users have `aws:username`. Whoever has taken on a role has none, so the condition does not hold.',
    spares:
      'Statements that name anybody but roles and their sessions, conditions that hold without the key, negated conditions with the variable, and variables with a default.',
    bad: keyPolicyWithCondition('"StringEquals": { "kms:EncryptionContext:user": "${aws:username}" }'),
    good: keyPolicyWithCondition('"StringEquals": { "kms:EncryptionContext:user": "${aws:PrincipalTag/user}" }'),
    sources: [globalConditionKeys, policyVariables],
  },
  check: {
    condition(condition, statement, { version, report }) {
      if (!isForRoles(statement)) return;
      if (factOf(condition)?.name === 'aws:username' && holdsWithoutKey(condition) === false) {
        report({
          at: atKey(condition),
          message: 'sessions of roles have no `aws:username`',
          why: effectWithoutKey(condition, statement).replace(/^so /, 'it is missing, so '),
          next: 'test `aws:PrincipalTag/…` or `aws:userid`',
        });
        return;
      }
      const { operator } = condition;
      if (!hasVariables(version) || operator.negated || operator.set === 'ForAllValues') return;
      if (operator.family !== 'String' && operator.family !== 'Arn') return;
      for (const { text, path } of condition.values) {
        const [variable] = VARIABLE.exec(text) ?? [];
        if (variable === undefined) continue;
        const tag = text.replace(VARIABLE, () => `\${aws:PrincipalTag/${hole('tag-key')}}`);
        report({
          at: { path },
          message: `sessions of roles have no \`${variable}\``,
          why: 'without a value for the variable the comparison fails',
          next: 'use `${aws:PrincipalTag/…}` or `${aws:userid}`',
          fixes: [
            {
              title: 'use a tag of the role or session',
              safe: false,
              edits: [{ op: 'replace', place: { path }, text: JSON.stringify(tag) }],
            },
          ],
        });
      }
    },
  },
});

const VARIABLE = /\$\{aws:username\}/i;

function isForRoles({ principal }: Statement): boolean {
  if (!principal || principal.negated || principal.items.length === 0) return false;
  return principal.items.every(({ pattern }) => pattern.kind === 'role' || pattern.kind === 'assumed-role');
}
