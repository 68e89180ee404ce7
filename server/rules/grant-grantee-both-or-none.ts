import { rule } from './rule.ts';
import { createGrantPage, gives, grantWith, isBegun, lacksMembers } from './support/grants.ts';

export const grantGranteeBothOrNone = rule({
  id: 'grant-grantee-both-or-none',
  group: 'invalid',
  kinds: ['grant'],
  title: 'a grant to nobody, or to two',
  documentation: {
    what: 'The input of CreateGrant with both `GranteePrincipal` and `GranteeServicePrincipal`, or with neither.',
    why: 'A grant is given to one principal. CreateGrant wants exactly one of the two members and rejects a request without or with both.',
    spares:
      'The output of ListGrants, members that are empty, objects that no member of a grant stands in yet, and what a template may bring in.',
    bad: grantWith({ GranteePrincipal: undefined }),
    good: grantWith({}),
    sources: [createGrantPage],
  },
  check: {
    grant(grant, { isBroken, report }) {
      const { object, path, listed } = grant;
      if (listed) return;
      if (gives(object, 'GranteePrincipal') && gives(object, 'GranteeServicePrincipal')) {
        report({
          at: { path: [...path, 'GranteeServicePrincipal'], part: 'key' },
          message: 'the grant has both a `GranteePrincipal` and a `GranteeServicePrincipal`',
          why: 'AWS KMS takes one of them and rejects the request',
          next: 'remove one, or make two grants',
          related: [{ place: { path: [...path, 'GranteePrincipal'], part: 'key' }, message: 'the other grantee' }],
          fixes: ['GranteePrincipal', 'GranteeServicePrincipal'].map((name) => ({
            title: `remove \`${name}\``,
            safe: false,
            edits: [{ op: 'remove', path: [...path, name] }],
          })),
        });
        return;
      }
      const isMissing = lacksMembers(object, 'grant', 'GranteePrincipal', 'GranteeServicePrincipal');
      if (!isMissing || !isBegun(grant) || isBroken(object)) return;
      report({
        at: { path },
        message: 'the grant is for nobody',
        why: 'AWS KMS rejects a request without a grantee',
        next: 'add `GranteePrincipal`, or `GranteeServicePrincipal` for an AWS service',
      });
    },
  },
});
