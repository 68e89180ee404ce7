import { serviceName, servicesOfOneName } from '../../simulator/facts/services.ts';
import { parseArn } from '../../simulator/policy/syntax/arn.ts';
import { readServicePrincipal } from '../../simulator/policy/syntax/service-principal.ts';
import { rule } from './rule.ts';
import { createGrantPage, grantConstraintsPage, grantWith } from './support/grants.ts';

const toService = (sourceArn: string) =>
  grantWith({
    GranteePrincipal: undefined,
    GranteeServicePrincipal: 'dynamodb.us-east-1.amazonaws.com',
    Constraints: { SourceArn: sourceArn },
  });

export const grantSourcearnVsService = rule({
  id: 'grant-sourcearn-vs-service',
  group: 'suspicious',
  kinds: ['grant'],
  title: 'a grant to a service for a resource of another service',
  documentation: {
    what: 'A grant to an AWS service whose `SourceArn` names a resource of another service.',
    why: 'A service gives the resource of its own that it calls for. A request with the ARN of a resource of another service does not come from it, so the grant allows nothing.',
    spares:
      'Services that are not known, or whose ARNs go by other names than their principals, and what a template fills in.',
    bad: toService('arn:aws:sqs:us-east-1:111122223333:Orders'),
    good: toService('arn:aws:dynamodb:us-east-1:111122223333:table/Orders'),
    sources: [createGrantPage, grantConstraintsPage],
  },
  check: {
    grant({ grantee, sourceArn }, { report }) {
      if (!grantee || !sourceArn) return;
      const grantees = readServicePrincipal(grantee.text);
      const { kind, service, spans, unknown } = parseArn(sourceArn.text);
      if (grantees.kind !== 'service' || kind !== 'arn' || unknown.includes('service')) return;
      const own = servicesOfOneName.has(grantees.service) ? serviceName(grantees.service) : undefined;
      const other = serviceName(service);
      if (own === undefined || other === undefined || isSame(grantees.service, service)) return;
      report({
        at: { path: sourceArn.path, span: spans.service },
        message: `the ARN is of ${other}, and the grantee is ${own}`,
        why: 'a service calls for resources of its own, so the grant allows nothing',
        next: `name a resource of ${own}`,
        related: [{ place: { path: grantee.path }, message: 'the grantee' }],
      });
    },
  },
});

/** Parts of a service may have a name of their own that goes on from the service's: `redshift-serverless`. */
function isSame(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}
