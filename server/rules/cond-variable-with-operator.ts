import type { OperatorFamily } from '../../simulator/policy/syntax/operator.ts';
import { parseTemplate } from '../../simulator/policy/syntax/variable.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { policyVariables } from './support/condition-sources.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

/** Of Bool, AWS's pages say both. */
const WITHOUT_VARIABLES: ReadonlySet<OperatorFamily> = new Set(['Numeric', 'Date', 'IpAddress', 'Binary', 'Null']);

export const condVariableWithOperator = rule({
  id: 'cond-variable-with-operator',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a policy variable where none is replaced',
  documentation: {
    what: 'A policy variable in a value under an operator for numbers, dates, IP addresses or binary data, or under `Null`.',
    why: 'Variables are replaced in texts and ARNs. Elsewhere AWS rejects them, and the value is none that could match.',
    spares:
      '`Bool`, of which AWS says both, policies of an old version, which have no variables, and expressions of templates.',
    bad: keyPolicyWithCondition('"IpAddress": { "aws:SourceIp": "${aws:PrincipalTag/address}/32" }'),
    good: keyPolicyWithCondition('"IpAddress": { "aws:SourceIp": "203.0.113.0/24" }'),
    sources: [policyVariables, policyChecks],
  },
  check: {
    condition({ operator, values }, _, { version, report }) {
      if (!operator.family || !WITHOUT_VARIABLES.has(operator.family)) return;
      for (const { text, path } of values) {
        const { parts, hasPlaceholder } = parseTemplate(text, { version });
        const variable = parts.find(({ kind }) => kind === 'variable');
        if (!variable || hasPlaceholder) continue;
        report({
          at: { path },
          message: `\`${text.slice(variable.span.start, variable.span.end)}\` is not replaced under \`${operator.base}\``,
          why: 'policy variables work with operators for texts and ARNs alone',
          next: 'write the value itself',
        });
      }
    },
  },
});
