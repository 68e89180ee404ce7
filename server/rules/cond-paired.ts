import type { Condition, Statement } from '../../simulator/policy/document.ts';
import { hole } from './holes.ts';
import { type Fix, rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { globalConditionKeys } from './support/condition-sources.ts';
import { atKey, factOf } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

/** Private addresses mean something in one VPC alone: what names the VPC or its endpoint, the likeliest first. */
const COMPANIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws:VpcSourceIp', ['aws:SourceVpc', 'aws:SourceVpce', 'aws:SourceVpcArn']],
  ['aws:Ec2InstanceSourcePrivateIPv4', ['aws:Ec2InstanceSourceVpc']],
]);

export const condPaired = rule({
  id: 'cond-paired',
  group: 'hardening',
  kinds: policyKinds,
  title: 'a private address without its network',
  documentation: {
    what: '`aws:VpcSourceIp` without `aws:SourceVpc` or `aws:SourceVpce` in the same statement, or `aws:Ec2InstanceSourcePrivateIPv4` without `aws:Ec2InstanceSourceVpc`.',
    why: 'Every VPC may have the same private addresses, also that of a stranger. An address says who calls only together with the network it belongs to.',
    spares:
      '`Null`, which asks only whether the key is there, and statements that name the network by other means, such as a principal with conditions of its own.',
    bad: keyPolicyWithCondition('"IpAddress": { "aws:VpcSourceIp": "10.0.0.0/16" }'),
    good: keyPolicyWithCondition(`
"IpAddress": { "aws:VpcSourceIp": "10.0.0.0/16" },
"StringEquals": { "aws:SourceVpc": "vpc-0a1b2c3d4e5f67890" }`),
    sources: [globalConditionKeys, policyChecks],
  },
  check: {
    statement(statement, { report }) {
      const lacking = statement.conditions.filter(({ operator }) => operator.family === 'IpAddress');
      if (lacking.length === 0) return;
      const keys = new Set(statement.conditions.map(({ key }) => key.lower));
      for (const condition of lacking) {
        const companions = COMPANIONS.get(factOf(condition)?.name ?? '');
        const [first] = companions ?? [];
        if (!companions || !first || companions.some((name) => keys.has(name.toLowerCase()))) continue;
        report({
          at: atKey(condition),
          message: `\`${condition.key.text}\` does not say in which VPC the address is`,
          why: 'every VPC may have the same private addresses',
          next: `add a condition on \`${first}\``,
          fixes: fixesOf(condition, statement, first),
        });
      }
    },
  },
});

function fixesOf({ operator }: Condition, statement: Statement, companion: string): Fix[] {
  const block = operator.negated ? 'StringNotEquals' : 'StringEquals';
  const path = [...statement.path, 'Condition', block, companion];
  return [{ title: `add \`${companion}\``, safe: false, edits: [{ op: 'set', path, value: hole('vpc-id') }] }];
}
