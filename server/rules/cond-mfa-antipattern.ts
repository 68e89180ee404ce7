import type { Condition, Statement } from '../../simulator/policy/document.ts';
import { perStatement } from '../../simulator/policy/per-statement.ts';
import { type Finding, rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { globalConditionKeys } from './support/condition-sources.ts';
import { atKey, underOperator } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { perPolicy } from './support/per-policy.ts';
import { policyChecks } from './support/sources.ts';

const PRESENT = 'aws:multifactorauthpresent';
const AGE = 'aws:multifactorauthage';

const deny = { effect: 'Deny', action: '"kms:ScheduleKeyDeletion"' } as const;

export const condMfaAntipattern = rule({
  id: 'cond-mfa-antipattern',
  group: 'hardening',
  kinds: policyKinds,
  title: 'a test for a second factor that access keys pass',
  documentation: {
    what: 'A `Deny` with `Bool` `aws:MultiFactorAuthPresent` `false`, and an `Allow` that tests the key with `BoolIfExists` `true` or with `Null` `false` alone.',
    why: 'Requests that are signed with the long-term access keys of a user do not have the key at all. They slip past such a `Deny` and such an `Allow`. And `Null` asks only for temporary credentials, with a second factor or without.',
    spares:
      'A policy that denies requests without the key in another statement, and statements that test the key in another way as well.',
    bad: keyPolicyWithCondition('"Bool": { "aws:MultiFactorAuthPresent": "false" }', deny),
    good: keyPolicyWithCondition('"BoolIfExists": { "aws:MultiFactorAuthPresent": "false" }', deny),
    sources: [globalConditionKeys, policyChecks],
  },
  check: {
    policy(policy, { report }) {
      for (const statement of policy.statements) {
        const [only, ...others] = testsIn(statement);
        if (!only || 0 < others.length || only.key.lower !== PRESENT) continue;
        const finding = judge(only, statement, deniesWithout(policy));
        if (finding) report(finding);
      }
    },
  },
});

function judge(condition: Condition, statement: Statement, elsewhere: boolean): Finding | undefined {
  const { operator, values } = condition;
  const [value, ...more] = values;
  if (!value || 0 < more.length || operator.set) return undefined;
  const asked = value.text.toLowerCase();
  const name = `${operator.base}${operator.ifExists ? 'IfExists' : ''}`;
  const found = { at: atKey(condition) };
  if (statement.effect === 'Deny' && name === 'Bool' && asked === 'false' && !elsewhere)
    return {
      ...found,
      message: 'the `Deny` does not apply to requests that are signed with long-term access keys',
      why: `they do not have \`${condition.key.text}\` at all`,
      next: 'use `BoolIfExists`',
      fixes: underOperator(condition, statement, 'BoolIfExists', false),
    };
  if (statement.effect === 'Allow' && name === 'BoolIfExists' && asked === 'true')
    return {
      ...found,
      message: 'requests that are signed with long-term access keys need no second factor',
      why: `they do not have \`${condition.key.text}\` at all, and \`BoolIfExists\` lets them in`,
      next: 'use `Bool`',
      fixes: underOperator(condition, statement, 'Bool', false),
    };
  if (statement.effect === 'Allow' && name === 'Null' && asked === 'false')
    return {
      ...found,
      message: '`Null` does not ask for a second factor',
      why: `all temporary credentials have \`${condition.key.text}\`, \`true\` or \`false\``,
      next: 'test it with `Bool` and `true`',
    };
  return undefined;
}

const testsIn = perStatement(({ conditions }) =>
  conditions.filter(({ key }) => key.lower === PRESENT || key.lower === AGE),
);

/** Whether the policy denies requests that do not say whether there was a second factor. */
const deniesWithout = perPolicy(({ statements }) =>
  statements.some(
    (statement) =>
      statement.effect === 'Deny' &&
      testsIn(statement).some(
        ({ operator, values }) =>
          operator.ifExists || (operator.base === 'Null' && values.some(({ text }) => text.toLowerCase() === 'true')),
      ),
  ),
);
