import { type IpRange, ipRangeCovers, parseIpRange } from '../../simulator/policy/syntax/ip.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { globalConditionKeys } from './support/condition-sources.ts';
import { factOf } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

/** Addresses that no request from the internet has: RFC 1918, loopback, link-local, and the same of IPv6. */
const PRIVATE = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '127.0.0.0/8',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
].flatMap((text) => rangeOf(text) ?? []);

export const condPrivateIp = rule({
  id: 'cond-private-ip',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a private address where AWS sees public ones',
  documentation: {
    what: 'A private, loopback or link-local address or range under `aws:SourceIp`.',
    why: '`aws:SourceIp` is the public address of the caller, and absent in requests through a VPC endpoint. A private address never matches it.',
    spares:
      'Ranges that hold public addresses as well, such as `0.0.0.0/0`, and `aws:VpcSourceIp`, which is the private address. Beside public values or in a negated condition it is a warning: there the value is only useless.',
    bad: keyPolicyWithCondition('"IpAddress": { "aws:SourceIp": "10.0.0.0/16" }'),
    good: keyPolicyWithCondition('"IpAddress": { "aws:SourceIp": "203.0.113.0/24" }'),
    sources: [globalConditionKeys, policyChecks],
  },
  check: {
    condition(condition, _, { report }) {
      const { operator, values } = condition;
      if (operator.family !== 'IpAddress' || factOf(condition)?.name !== 'aws:SourceIp') return;
      const hidden = values.filter(({ text }) => isPrivate(text));
      const never = hidden.length === values.length && !operator.negated && !operator.ifExists && !operator.set;
      for (const { text, path } of hidden)
        report({
          at: { path },
          message: `\`${text}\` is private, and \`aws:SourceIp\` is a public address`,
          why: never ? 'the condition never holds' : 'the value matches no request',
          next: 'use the public addresses of the network, or `aws:VpcSourceIp` for requests through a VPC endpoint',
          ...(never ? {} : { severity: 'warning' }),
        });
    },
  },
});

function isPrivate(text: string): boolean {
  const range = rangeOf(text);
  return range !== undefined && PRIVATE.some((each) => ipRangeCovers(each, range));
}

function rangeOf(text: string): IpRange | undefined {
  return parseIpRange(text).value;
}
