import { type JsonNode, valueOf } from '../../simulator/json/node.ts';
import type { Grant } from '../../simulator/policy/grant.ts';
import { type Fix, rule } from './rule.ts';
import { createGrantPage, grantConstraintsPage, grantWith, lacksMembers } from './support/grants.ts';

const service = (members: object): object => ({
  GranteePrincipal: undefined,
  GranteeServicePrincipal: 'dynamodb.us-east-1.amazonaws.com',
  RetiringPrincipal: 'arn:aws:iam::111122223333:role/KeyAdmin',
  ...members,
});

export const grantServiceGranteeNeedsSourcearn = rule({
  id: 'grant-service-grantee-needs-sourcearn',
  group: 'invalid',
  kinds: ['grant'],
  title: 'a grant to an AWS service without a resource, or without somebody to retire it',
  documentation: {
    what: 'The input of CreateGrant with a `GranteeServicePrincipal`, but without the constraint `SourceArn` or without `RetiringPrincipal` and `RetiringServicePrincipal`.',
    why:
      'A service calls for all its customers. CreateGrant wants the resource for which it may use the key, and somebody ' +
      'who can retire the grant, and rejects a request without.',
    spares: 'The output of ListGrants, members that are empty, and what a template may bring in.',
    bad: grantWith({ ...service({}) }),
    good: grantWith({
      ...service({ Constraints: { SourceArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders' } }),
    }),
    sources: [createGrantPage, grantConstraintsPage],
  },
  check: {
    grant(grant, { isBroken, report }) {
      const { object, path, listed } = grant;
      const grantee = valueOf(object, 'GranteeServicePrincipal');
      if (listed || grantee?.type !== 'string' || grantee.value === '' || isBroken(object)) return;
      const constraints = valueOf(object, 'Constraints');
      if (constraints?.type === 'object' && isBroken(constraints)) return;
      const lacksSource = isWithoutSource(grant, constraints);
      const lacksRetiring = lacksMembers(object, 'grant', 'RetiringPrincipal', 'RetiringServicePrincipal');
      if (!lacksSource && !lacksRetiring) return;
      const missing = [
        ...(lacksSource ? ['no `SourceArn`'] : []),
        ...(lacksRetiring ? ['nobody who may retire it'] : []),
      ];
      const next = [
        ...(lacksSource ? ['add the constraint `SourceArn`'] : []),
        ...(lacksRetiring ? ['add `RetiringPrincipal` or `RetiringServicePrincipal`'] : []),
      ];
      report({
        at: { path: [...path, 'GranteeServicePrincipal'] },
        message: `the grant to a service has ${missing.join(' and ')}`,
        why: 'AWS KMS rejects the request',
        next: next.join(' and '),
        fixes: lacksRetiring ? [retiredBy(grant, grantee.value)] : [],
      });
    },
  },
});

function isWithoutSource({ object }: Grant, constraints: JsonNode | undefined): boolean {
  if (constraints === undefined) return lacksMembers(object, 'grant', 'Constraints');
  if (constraints.type === 'null') return true;
  return constraints.type === 'object' && lacksMembers(constraints, 'constraints', 'SourceArn');
}

function retiredBy({ path }: Grant, name: string): Fix {
  const member = 'RetiringServicePrincipal';
  return {
    title: `let \`${name}\` retire it`,
    safe: false,
    edits: [{ op: 'set', path: [...path, member], value: name }],
  };
}
