import { findGrantOperation } from '../../simulator/facts/grant-operations.ts';
import { valueOf } from '../../simulator/json/node.ts';
import type { GrantPrincipal } from '../../simulator/policy/grant.ts';
import { parsePrincipal } from '../../simulator/policy/syntax/principal.ts';
import { rule } from './rule.ts';
import { createGrantPage, grantWith, lacksMembers } from './support/grants.ts';

export const grantNoRetiring = rule({
  id: 'grant-no-retiring',
  group: 'style',
  kinds: ['grant'],
  optIn: true,
  title: 'a grant that nobody but its account can end',
  documentation: {
    what: "A grant without a retiring principal whose operations do not have `RetireGrant` either. Off unless it is switched on, since AWS's own examples have such grants.",
    why: 'The account in which it was made can retire it, and whoever is allowed `kms:RevokeGrant` on the key can revoke it. Neither the grantee nor anybody who was chosen for it can end it when the work is done.',
    spares: 'Grants to services, operations that are not all known, and what a template may bring in.',
    bad: grantWith({ RetiringPrincipal: undefined }),
    good: grantWith({ RetiringPrincipal: undefined, Operations: ['Decrypt', 'GenerateDataKey', 'RetireGrant'] }),
    sources: [
      createGrantPage,
      {
        title: 'AWS KMS Developer Guide: Retiring and revoking grants',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html',
      },
    ],
  },
  check: {
    grant({ object, path, grantee, operations }, { isBroken, report }) {
      const list = valueOf(object, 'Operations');
      const isRead =
        list?.type === 'array' &&
        0 < operations.length &&
        operations.length === list.elements.length &&
        operations.every(({ text }) => findGrantOperation(text) && text !== 'RetireGrant');
      if (!isRead || !isPerson(grantee) || isBroken(object)) return;
      if (!lacksMembers(object, 'grant', 'RetiringPrincipal', 'RetiringServicePrincipal')) return;
      report({
        at: { path: [...path, 'Operations'], part: 'key' },
        message: 'nobody but its account can end the grant',
        why: 'it has no retiring principal, and its grantee may not retire it',
        next: 'add `RetiringPrincipal`, or the operation `RetireGrant`',
      });
    },
  },
});

/** ListGrants shows services as principals, too; how their grants end is up to them. */
function isPerson(grantee: GrantPrincipal | undefined): boolean {
  return grantee?.type === 'aws' && PERSONS.has(parsePrincipal(grantee.text, 'AWS').kind);
}

const PERSONS: ReadonlySet<string> = new Set(['account', 'user', 'role', 'assumed-role', 'federated-user']);
