import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { conditionOperators } from './support/condition-sources.ts';
import { atKey, demandsKey, factOf, underOperator } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

/** Keys that people use to say who or from where, and that many requests do not have. */
const GUARDS: ReadonlySet<string> = new Set([
  'aws:CalledViaFirst',
  'aws:CalledViaLast',
  'aws:PrincipalOrgID',
  'aws:PrincipalTag/${TagKey}',
  'aws:SourceAccount',
  'aws:SourceArn',
  'aws:SourceIp',
  'aws:SourceOrgID',
  'aws:SourceVpc',
  'aws:SourceVpce',
  'kms:EncryptionContext:${EncryptionContextKey}',
  'kms:ViaService',
]);

export const condIfexistsWeakens = rule({
  id: 'cond-ifexists-weakens',
  group: 'hardening',
  kinds: policyKinds,
  title: '`IfExists` in an `Allow`, on a key that says who or from where',
  documentation: {
    what: '`…IfExists` in an `Allow` on a key such as `aws:PrincipalOrgID`, `aws:SourceVpce`, `kms:ViaService` or `kms:EncryptionContext:…`.',
    why: 'The condition holds for every request without the key: callers of no organization, calls that come through no endpoint or no service.',
    spares:
      '`Deny` statements, where `IfExists` denies more, negated operators, which hold without the key anyway, and statements that demand the key in another condition.',
    bad: keyPolicyWithCondition('"StringEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }'),
    good: keyPolicyWithCondition('"StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }'),
    sources: [conditionOperators, policyChecks],
  },
  check: {
    condition(condition, statement, { report }) {
      const { operator, key } = condition;
      if (statement.effect !== 'Allow' || !operator.ifExists || operator.negated || operator.set) return;
      if (operator.base === undefined || operator.base === 'Null') return;
      const name = factOf(condition)?.name;
      if (name === undefined || !GUARDS.has(name) || demandsKey(statement, condition)) return;
      report({
        at: atKey(condition),
        message: `\`${operator.text}\` lets in requests without \`${key.text}\``,
        why: 'only those that have the key are tested',
        next: `use \`${operator.base}\` if the key is meant to be there`,
        fixes: underOperator(condition, statement, operator.base, false),
      });
    },
  },
});
