import type { GrantPrincipal } from '../../simulator/policy/grant.ts';
import { parseArn } from '../../simulator/policy/syntax/arn.ts';
import { type PrincipalPattern, parsePrincipal } from '../../simulator/policy/syntax/principal.ts';
import { type Fix, rule } from './rule.ts';
import { rootArn } from './support/accounts.ts';
import { withValue } from './support/conditions.ts';
import { createGrantPage, grantWith, isOpen } from './support/grants.ts';

export const grantGranteeShape = rule({
  id: 'grant-grantee-shape',
  group: 'invalid',
  kinds: ['grant'],
  title: 'a principal that no grant can name',
  documentation: {
    what: 'A `GranteePrincipal` or `RetiringPrincipal` that is a group, `"*"`, a pattern with wildcards, or an account without its ARN.',
    why: 'A grant names one account, user, role or session by its ARN, and CreateGrant rejects a request with anything else.',
    spares: 'The output of ListGrants, unique ids, and what a template fills in.',
    bad: grantWith({ GranteePrincipal: 'arn:aws:iam::111122223333:group/Clerks' }),
    good: grantWith({ GranteePrincipal: 'arn:aws:iam::111122223333:role/Clerks' }),
    sources: [createGrantPage],
  },
  check: {
    grant({ grantee, retiring, keyId, listed }, { report }) {
      if (listed) return;
      for (const principal of [grantee, retiring]) {
        const fault = principal && faultOf(principal);
        if (!principal || !fault) continue;
        report({
          at: { path: principal.path },
          message: `\`${principal.text}\` ${fault.what}`,
          why: 'AWS KMS rejects the request',
          next: fault.next,
          fixes: fault.isAccount ? byArn(principal, keyId?.text) : [],
        });
      }
    },
  },
});

interface Fault {
  readonly what: string;
  readonly next: string;
  readonly isAccount?: boolean;
}

function faultOf({ text, type }: GrantPrincipal): Fault | undefined {
  if (type !== 'aws' || isOpen(text)) return undefined;
  const { kind, ...pattern }: PrincipalPattern = parsePrincipal(text, 'AWS');
  switch (kind) {
    case 'group':
      return { what: 'is a group, which no grant can name', next: 'name a role, a user or the account' };
    case 'everyone':
      return { what: 'is everyone, and a grant names one principal', next: 'name a role, a user or an account' };
    case 'partial-wildcard':
      return { what: 'has a wildcard in it, and grants take none', next: 'write the whole ARN' };
    case 'account':
      return 'written' in pattern && pattern.written === 'digits'
        ? { what: 'is an account without its ARN', next: `write \`${rootArn(text, 'aws')}\``, isAccount: true }
        : undefined;
    default:
      return undefined;
  }
}

/** The account's ARN in the partition of the key. */
function byArn({ text, path }: GrantPrincipal, keyId: string | undefined): Fix[] {
  const { partition } = parseArn(keyId ?? '');
  return [withValue(path, rootArn(text, partition === '' || isOpen(partition) ? 'aws' : partition), false)];
}
