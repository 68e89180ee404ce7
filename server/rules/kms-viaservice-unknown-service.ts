import { findViaService, viaServices } from '../../simulator/facts/via-services.ts';
import { parseViaService } from '../../simulator/policy/syntax/via-service.ts';
import { nearest } from '../../simulator/text/nearest.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { withValue } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { comparesText } from './support/kms-values.ts';
import { kmsConditionKeys } from './support/sources.ts';

export const kmsViaserviceUnknownService = rule({
  id: 'kms-viaservice-unknown-service',
  group: 'suspicious',
  kinds: policyKinds,
  title: 'a service by another name than `kms:ViaService` has for it',
  documentation: {
    what: 'A service in a value of `kms:ViaService` that AWS lists under another name, such as `ebs` for `ec2`, or one that looks mistyped.',
    why: 'AWS KMS compares the value with the name that the service calls by, which is not always the name that people know. A condition with another name never matches.',
    spares:
      'Services that AWS does not list and whose name is like no other, since new ones come faster than lists do.',
    bad: keyPolicyWithCondition('"StringEquals": { "kms:ViaService": "ebs.us-east-1.amazonaws.com" }'),
    good: keyPolicyWithCondition('"StringEquals": { "kms:ViaService": "ec2.us-east-1.amazonaws.com" }'),
    sources: [kmsConditionKeys],
  },
  check: {
    condition(condition, _, { report }) {
      if (!comparesText(condition, 'kms:viaservice')) return;
      for (const { text, path } of condition.values) {
        const { kind, service } = parseViaService(text);
        if (kind === 'malformed' || !text.startsWith(`${service}.`)) continue;
        const meant = meantService(service);
        if (meant === undefined) continue;
        const spoken = CALLED.has(service);
        report({
          at: { path, span: { start: 0, end: service.length } },
          message: spoken
            ? `AWS KMS knows the service \`${service}\` as \`${meant}\``
            : `AWS lists no service \`${service}\` for \`kms:ViaService\``,
          why: 'a name that no service calls by never matches',
          next: `write \`${meant}\``,
          fixes: [withValue(path, meant + text.slice(service.length), spoken)],
        });
      }
    },
  },
});

/** The names that people know services by, and those that they call AWS KMS by. */
const CALLED: ReadonlyMap<string, string> = new Map([
  ['ebs', 'ec2'],
  ['efs', 'elasticfilesystem'],
  ['eventbridge', 'events'],
  ['keyspaces', 'cassandra'],
  ['msk', 'kafka'],
  ['mwaa', 'airflow'],
  ['neptune', 'rds'],
  ['opensearch', 'es'],
  ['stepfunctions', 'states'],
]);

const NAMES = viaServices.map(({ service }) => service);

/** In shorter names one slip makes another service: `sso` is no mistyped `ssm`. */
const MIN_COMPARED = 6;

function meantService(service: string): string | undefined {
  if (findViaService(service) || !/^[a-z0-9-]+$/.test(service)) return undefined;
  const near = service.length < MIN_COMPARED ? undefined : nearest(service, NAMES);
  // Longer names of one family are services of their own: `rds-data`, `s3express`.
  return CALLED.get(service) ?? (near !== undefined && Math.abs(near.length - service.length) <= 1 ? near : undefined);
}
