import { servicePrincipals } from '../../simulator/facts/service-principals.ts';
import type { PrincipalItem } from '../../simulator/policy/document.ts';
import { type Fix, rule } from './rule.ts';
import { isSlip } from './support/action-names.ts';
import { keyPolicyWith } from './support/examples.ts';
import { resourcePolicyKinds } from './support/kinds.ts';
import { isPrincipal } from './support/principals.ts';
import { elementPage, policyChecks } from './support/sources.ts';

const statement = (service: string): string => `
{
  "Sid": "Encrypt trails",
  "Effect": "Allow",
  "Principal": { "Service": "${service}" },
  "Action": "kms:GenerateDataKey*",
  "Resource": "*",
  "Condition": {
    "StringEquals": { "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:trail/orders" }
  }
}`;

export const principalServiceFormat = rule({
  id: 'principal-service-format',
  group: 'invalid',
  kinds: resourcePolicyKinds,
  title: 'a service principal that is written wrongly',
  documentation: {
    what:
      'A value under `Service` that is no service principal: another ending than `amazonaws.com`, capitals, a wildcard, ' +
      'an ARN, or a slip in the name of a service that key policies are often written for.',
    why: 'AWS rejects the policy for an invalid principal, or the service never gets in under that name.',
    spares:
      'Services that are not known here, since there are more than any list has; names of other partitions; the lone ' +
      '`"*"`, of which `principal-service-wildcard` speaks; template expressions.',
    bad: keyPolicyWith(statement('cloudtrail.aws.com')),
    good: keyPolicyWith(statement('cloudtrail.amazonaws.com')),
    sources: [elementPage('principal'), policyChecks],
  },
  check: {
    principal(item, _statement, { report }) {
      const fault = item.type === 'Service' ? faultOf(item) : undefined;
      if (!fault) return;
      const { text, path } = item;
      report({
        at: { path },
        message: `\`${text}\` ${fault.what}`,
        why: fault.slip ? 'no service gets in under that name' : 'AWS rejects the policy',
        next: fault.meant ? `write \`${fault.meant}\`` : 'write it like `cloudtrail.amazonaws.com`',
        fixes: fault.meant ? [change(item, fault.meant, fault.sure)] : [],
      });
    },
  },
});

interface Fault {
  readonly what: string;
  readonly meant: string | undefined;
  /** Only the spelling changes. */
  readonly sure: boolean;
  readonly slip: boolean;
}

function faultOf({ pattern }: PrincipalItem): Fault | undefined {
  if (pattern.kind === 'service' && pattern.problems.length === 0) {
    const meant = knownNear(pattern.service);
    if (!meant) return undefined;
    const name = pattern.name.replace(pattern.service, meant);
    return { what: 'is no service principal', meant: name, sure: false, slip: true };
  }
  const [problem] = pattern.problems;
  if (!problem) return undefined;
  const meant = problem.suggestion && isPrincipal(problem.suggestion, 'Service') ? problem.suggestion : undefined;
  const fault = (what: string, sure = false): Fault => ({ what, meant, sure, slip: false });
  switch (problem.code) {
    case 'empty':
      return fault('names no service');
    case 'service-suffix':
      return fault('does not end in `amazonaws.com`, as service principals do');
    case 'service-shape':
      return fault('is no service principal');
    case 'service-capitals':
      return fault('has capitals, and service principals have none', true);
    case 'wildcard':
      return fault('has a wildcard in it, and service principals take none');
    case 'wrong-type':
      return fault('is no service, and belongs under `AWS`');
    default:
      return undefined;
  }
}

/** The short names are too near to one another, and to services that are not listed, to take one for a slip of another. */
const SHORTEST = 6;

const known = servicePrincipals.map(({ name }) => name.replace(/(?:\.\$\{Region\})?\.amazonaws\.com$/, ''));

function knownNear(service: string): string | undefined {
  if (service.length < SHORTEST || known.includes(service)) return undefined;
  return known.find((name) => SHORTEST <= name.length && isSlip(service, name));
}

function change({ path, text }: PrincipalItem, meant: string, sure: boolean): Fix {
  // Beside the same name in small letters it would be there twice.
  const safe = sure && text.toLowerCase() === meant;
  return {
    title: `change to \`${meant}\``,
    safe,
    edits: [{ op: 'replace', place: { path }, text: JSON.stringify(meant) }],
  };
}
