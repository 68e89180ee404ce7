import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { globalConditionKeys } from './support/condition-sources.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';
import { malformedIds } from './support/vpc-ids.ts';

const KEYS: ReadonlySet<string> = new Set(['aws:SourceVpc', 'aws:Ec2InstanceSourceVpc']);

export const condVpcFormat = rule({
  id: 'cond-vpc-format',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a value that is no VPC id',
  documentation: {
    what: 'A value of `aws:SourceVpc` or `aws:Ec2InstanceSourceVpc` that is not `vpc-` with eight or seventeen hexadecimal digits.',
    why: 'The key holds the id of a VPC, and no VPC has another. The id of an endpoint, `vpce-…`, belongs under `aws:SourceVpce`.',
    spares: 'Patterns with wildcards, variables, and words and examples that stand for an id.',
    bad: keyPolicyWithCondition('"StringEquals": { "aws:SourceVpc": "vpc-123" }'),
    good: keyPolicyWithCondition('"StringEquals": { "aws:SourceVpc": "vpc-0a1b2c3d4e5f67890" }'),
    sources: [globalConditionKeys, policyChecks],
  },
  check: {
    condition(condition, _, { report }) {
      for (const { text, path } of malformedIds(condition, KEYS, 'vpc'))
        report({
          at: { path },
          message: `\`${text}\` is not the id of a VPC`,
          why: `\`${condition.key.text}\` never has this value`,
          next: text.startsWith('vpce-')
            ? 'test the id of an endpoint by `aws:SourceVpce`'
            : 'write `vpc-` and eight or seventeen hexadecimal digits',
        });
    },
  },
});
