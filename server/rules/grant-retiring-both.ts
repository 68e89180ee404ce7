import { rule } from './rule.ts';
import { createGrantPage, gives, grantWith } from './support/grants.ts';

export const grantRetiringBoth = rule({
  id: 'grant-retiring-both',
  group: 'invalid',
  kinds: ['grant'],
  title: 'two retiring principals in one grant',
  documentation: {
    what: 'The input of CreateGrant with both `RetiringPrincipal` and `RetiringServicePrincipal`.',
    why: 'CreateGrant takes one of them at most and rejects a request with both.',
    spares: 'The output of ListGrants, and members that are empty.',
    bad: grantWith({ RetiringServicePrincipal: 'dynamodb.us-east-1.amazonaws.com' }),
    good: grantWith({}),
    sources: [createGrantPage],
  },
  check: {
    grant({ object, path, listed }, { report }) {
      if (listed || !names.every((name) => gives(object, name))) return;
      report({
        at: { path: [...path, 'RetiringServicePrincipal'], part: 'key' },
        message: 'the grant has both a `RetiringPrincipal` and a `RetiringServicePrincipal`',
        why: 'AWS KMS takes one of them and rejects the request',
        next: 'remove one',
        related: [{ place: { path: [...path, 'RetiringPrincipal'], part: 'key' }, message: 'the other one' }],
        fixes: names.map((name) => ({
          title: `remove \`${name}\``,
          safe: false,
          edits: [{ op: 'remove', path: [...path, name] }],
        })),
      });
    },
  },
});

const names = ['RetiringPrincipal', 'RetiringServicePrincipal'] as const;
