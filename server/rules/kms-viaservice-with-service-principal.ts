import { rule } from './rule.ts';
import { demanded, isForServices, mayPassOnServices, neverMet } from './support/callers.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { atKey } from './support/conditions.ts';
import { resourcePolicyKinds } from './support/kinds.ts';
import { identityCenter, kmsConditionKeys } from './support/sources.ts';

const TRAIL = { principal: '{ "Service": "cloudtrail.amazonaws.com" }', action: '"kms:GenerateDataKey"' };
const ACCOUNT = '"StringEquals": { "aws:SourceAccount": "111122223333" }';

export const kmsViaserviceWithServicePrincipal = rule({
  id: 'kms-viaservice-with-service-principal',
  group: 'invalid',
  kinds: resourcePolicyKinds,
  title: '`kms:ViaService` asked of a service principal',
  documentation: {
    what: '`kms:ViaService` in a statement for service principals alone, such as `"Principal": { "Service": "cloudtrail.amazonaws.com" }`.',
    why: 'A service calls AWS KMS either as itself, then it is the service principal, or with the rights of the user or role that called it, then `kms:ViaService` tells which service it is. Few services pass on what another service asks, and no request of others is both, so an `Allow` never applies; in a `Deny` it is a warning.',
    spares:
      'Statements that name users, roles or accounts as well, and conditions that hold without the key; IAM Identity Center ' +
      '(`sso`, `identitystore`), which passes on calls of applications that AWS manages.',
    bad: keyPolicyWithCondition(`${ACCOUNT},\n"StringLike": { "kms:ViaService": "s3.*.amazonaws.com" }`, TRAIL),
    good: keyPolicyWithCondition(ACCOUNT, TRAIL),
    sources: [
      kmsConditionKeys,
      {
        title: 'IAM User Guide: Forward access sessions',
        url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html',
      },
      identityCenter,
    ],
  },
  check: {
    statement(statement, { report }) {
      const condition = isForServices(statement) ? demanded(statement, VIA_SERVICE) : undefined;
      if (!condition || !statement.effect || !statement.principal || mayPassOnServices(condition)) return;
      report({
        at: atKey(condition),
        message: `requests of service principals do not have this \`${condition.key.text}\``,
        why: `these services call for users and roles, not for other services, ${neverMet(statement)}`,
        next: 'limit a service principal with `aws:SourceArn` and `aws:SourceAccount`',
        related: [{ place: { path: statement.principal.path }, message: 'service principals alone' }],
        ...(statement.effect === 'Deny' ? { severity: 'warning' } : {}),
      });
    },
  },
});

const VIA_SERVICE: ReadonlySet<string> = new Set(['kms:viaservice']);
