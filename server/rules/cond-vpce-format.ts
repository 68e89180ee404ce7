import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { globalConditionKeys } from './support/condition-sources.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';
import { malformedIds } from './support/vpc-ids.ts';

const KEYS: ReadonlySet<string> = new Set(['aws:SourceVpce']);

export const condVpceFormat = rule({
  id: 'cond-vpce-format',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a value that is no VPC endpoint id',
  documentation: {
    what: 'A value of `aws:SourceVpce` that is not `vpce-` with eight or seventeen hexadecimal digits.',
    why: 'The key holds the id of a VPC endpoint, and no endpoint has another. The id of a VPC, `vpc-…`, belongs under `aws:SourceVpc`.',
    spares: 'Patterns with wildcards, variables, and words and examples that stand for an id.',
    bad: keyPolicyWithCondition('"StringEquals": { "aws:SourceVpce": "vpc-0a1b2c3d4e5f67890" }'),
    good: keyPolicyWithCondition('"StringEquals": { "aws:SourceVpce": "vpce-0a1b2c3d4e5f67890" }'),
    sources: [globalConditionKeys, policyChecks],
  },
  check: {
    condition(condition, _, { report }) {
      for (const { text, path } of malformedIds(condition, KEYS, 'vpce'))
        report({
          at: { path },
          message: `\`${text}\` is not the id of a VPC endpoint`,
          why: `\`${condition.key.text}\` never has this value`,
          next: text.startsWith('vpc-')
            ? 'test the id of a VPC by `aws:SourceVpc`'
            : 'write `vpce-` and eight or seventeen hexadecimal digits',
        });
    },
  },
});
