import type { PrincipalItem } from '../../simulator/policy/document.ts';
import { type Fix, rule } from './rule.ts';
import { keyPolicyWith, letsDecrypt } from './support/examples.ts';
import { elementPage } from './support/sources.ts';

export const kmsRoleSessionVsRole = rule({
  id: 'kms-role-session-vs-role',
  group: 'suspicious',
  kinds: ['key-policy'],
  yieldsTo: ['kms-lockout-session-only'],
  title: 'a session where its role is mostly meant',
  documentation: {
    what: 'An `Allow` in a key policy for a session, `arn:aws:sts::…:assumed-role/App/session`.',
    why:
      'It holds for the sessions of that one name, which whoever assumes the role chooses. And in the account of the key ' +
      'it holds past the permissions boundary and the session policy: what a key policy gives a session, neither of them ' +
      'narrows; what it gives the role, both do.',
    spares:
      '`Deny` statements and `NotPrincipal`, which has to list sessions as well; sessions with a template expression.',
    bad: keyPolicyWith(letsDecrypt('arn:aws:sts::111122223333:assumed-role/Orders/worker')),
    good: keyPolicyWith(letsDecrypt('arn:aws:iam::111122223333:role/Orders')),
    sources: [
      {
        title: 'IAM User Guide: Permissions boundaries for IAM entities',
        url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
      },
      elementPage('principal'),
    ],
  },
  check: {
    principal(item, { effect, principal }, { report }) {
      const { pattern, path, text } = item;
      if (pattern.kind !== 'assumed-role' || effect !== 'Allow' || principal?.negated) return;
      report({
        at: { path },
        message: `\`${text}\` is a single session and not the role`,
        why: 'it holds for sessions of that name alone, past their permissions boundary and session policy',
        next: 'name the role, unless just that is meant',
        fixes: asRole(item),
      });
    },
  },
});

/** Its path, which sessions do not show, is for the user to add, and it lets in more sessions. */
function asRole({ pattern, path }: PrincipalItem): Fix[] {
  if (pattern.kind !== 'assumed-role') return [];
  const role = `arn:${pattern.partition}:iam::${pattern.account}:role/${pattern.name}`;
  const edits = [{ op: 'replace', place: { path }, text: JSON.stringify(role) }] as const;
  return [{ title: `change to the role \`${role}\``, safe: false, edits }];
}
