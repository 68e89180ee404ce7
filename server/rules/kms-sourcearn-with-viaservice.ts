import { rule } from './rule.ts';
import { demanded, isForServices, mayPassOnServices, neverMet } from './support/callers.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { globalConditionKeys } from './support/condition-sources.ts';
import { atKey } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { identityCenter, kmsConditionKeys } from './support/sources.ts';

const VIA = '"StringLike": { "kms:ViaService": "s3.*.amazonaws.com" }';

export const kmsSourcearnWithViaservice = rule({
  id: 'kms-sourcearn-with-viaservice',
  group: 'invalid',
  kinds: policyKinds,
  title: '`aws:SourceArn` and `kms:ViaService` in one statement',
  documentation: {
    what: 'A statement that demands both `kms:ViaService` and one of `aws:SourceArn`, `aws:SourceAccount`, `aws:SourceOrgID` and `aws:SourceOrgPaths`.',
    why: 'The source keys are only in requests that a service principal makes, `kms:ViaService` only in those that a service makes with the rights of a user or role. No request has both, but for those that a service passes on for another, so an `Allow` never applies; in a `Deny` it is a warning.',
    spares:
      'Conditions that hold without their key, and statements for service principals alone, of which `kms-viaservice-with-service-principal` speaks; ' +
      'IAM Identity Center (`sso`, `identitystore`), which passes on calls of applications that AWS manages.',
    bad: keyPolicyWithCondition(`${VIA},\n"ArnLike": { "aws:SourceArn": "arn:aws:s3:::orders" }`),
    good: keyPolicyWithCondition(VIA),
    sources: [globalConditionKeys, kmsConditionKeys, identityCenter],
  },
  check: {
    statement(statement, { report }) {
      const via = demanded(statement, VIA_SERVICE);
      const source = via && demanded(statement, SOURCES);
      if (!source || !statement.effect || isForServices(statement) || mayPassOnServices(via)) return;
      report({
        at: atKey(source),
        message: `no request has both \`${source.key.text}\` and \`${via.key.text}\``,
        why: `the one is there when a service calls as itself, the other when it calls for a user or role, ${neverMet(statement)}`,
        next: 'keep the one that is meant, or write two statements',
        related: [{ place: atKey(via), message: `\`${via.key.text}\` is demanded here` }],
        ...(statement.effect === 'Deny' ? { severity: 'warning' } : {}),
      });
    },
  },
});

const VIA_SERVICE: ReadonlySet<string> = new Set(['kms:viaservice']);
const SOURCES: ReadonlySet<string> = new Set([
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
]);
