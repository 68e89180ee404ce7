import { rule } from './rule.ts';
import { createGrantPage, gives, grantWith } from './support/grants.ts';

export const grantServiceAsPrincipal = rule({
  id: 'grant-service-as-principal',
  group: 'invalid',
  kinds: ['grant'],
  title: 'an AWS service where CreateGrant takes ARNs',
  documentation: {
    what: 'A service principal such as `dynamodb.us-east-1.amazonaws.com` as `GranteePrincipal` or `RetiringPrincipal` in the input of CreateGrant.',
    why: 'These members take the ARN of an account, user, role or session. Services have members of their own, `GranteeServicePrincipal` and `RetiringServicePrincipal`.',
    spares: 'The output of ListGrants, which does show services there.',
    bad: grantWith({ RetiringPrincipal: 'dynamodb.us-east-1.amazonaws.com' }),
    good: grantWith({ RetiringPrincipal: undefined, RetiringServicePrincipal: 'dynamodb.us-east-1.amazonaws.com' }),
    sources: [createGrantPage],
  },
  check: {
    grant({ grantee, retiring, object, path, listed }, { report }) {
      if (listed) return;
      for (const [principal, role] of [
        [grantee, 'Grantee'],
        [retiring, 'Retiring'],
      ] as const) {
        if (principal?.type !== 'aws' || !SERVICE.test(principal.text)) continue;
        const member = `${role}ServicePrincipal`;
        report({
          at: { path: principal.path },
          message: `\`${principal.text}\` is an AWS service, and \`${role}Principal\` takes an ARN`,
          why: 'AWS KMS rejects the request',
          next: `give it as \`${member}\``,
          fixes: gives(object, member)
            ? []
            : [
                {
                  title: `change to \`${member}\``,
                  safe: false,
                  edits: [
                    {
                      op: 'replace',
                      place: { path: [...path, `${role}Principal`], part: 'key' },
                      text: JSON.stringify(member),
                    },
                  ],
                },
              ],
        });
      }
    },
  },
});

const SERVICE = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/;
