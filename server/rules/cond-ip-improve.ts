import { parseIpRange } from '../../simulator/policy/syntax/ip.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { conditionOperators } from './support/condition-sources.ts';
import { withValue } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

export const condIpImprove = rule({
  id: 'cond-ip-improve',
  group: 'style',
  kinds: policyKinds,
  yieldsTo: ['cond-private-ip'],
  title: 'an IP range that begins elsewhere than it says',
  documentation: {
    what: 'A range such as `203.0.113.7/24`, in which bits behind the prefix are set.',
    why: 'Those bits do not count. The range begins at `203.0.113.0`, and it covers more than a reader of the address may think.',
    spares: 'Single addresses, with `/32` or without a prefix.',
    bad: keyPolicyWithCondition('"IpAddress": { "aws:SourceIp": "203.0.113.7/24" }'),
    good: keyPolicyWithCondition('"IpAddress": { "aws:SourceIp": "203.0.113.0/24" }'),
    sources: [conditionOperators, policyChecks],
  },
  check: {
    condition({ operator, values }, _, { report }) {
      if (operator.family !== 'IpAddress') return;
      for (const { text, path } of values) {
        const found = parseIpRange(text).problems.find(({ code }) => code === 'host-bits');
        if (found?.suggestion === undefined) continue;
        report({
          at: { path },
          message: `\`${text}\` is the range \`${found.suggestion}\``,
          why: 'the bits behind the prefix do not count',
          next: `write \`${found.suggestion}\`, or a longer prefix if one address is meant`,
          fixes: [withValue(path, found.suggestion, true)],
        });
      }
    },
  },
});
