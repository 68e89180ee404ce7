import { rule } from './rule.ts';
import { demanded } from './support/callers.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { atKey } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { kmsConditionKeys } from './support/sources.ts';

const VIA = '"StringLike": { "kms:ViaService": "s3.*.amazonaws.com" }';

export const kmsRequestaliasWithService = rule({
  id: 'kms-requestalias-with-service',
  group: 'suspicious',
  kinds: policyKinds,
  title: '`kms:RequestAlias` asked of requests that services make',
  documentation: {
    what: 'A statement that demands both `kms:ViaService` and `kms:RequestAlias`.',
    why: 'The alias is only in a request that names the key by it. Services look an alias up once and name the key by its ARN from then on, so their requests hardly ever have one.',
    spares: 'Conditions that hold without their key.',
    bad: keyPolicyWithCondition(`${VIA},\n"StringEquals": { "kms:RequestAlias": "alias/orders" }`),
    good: keyPolicyWithCondition(VIA),
    sources: [kmsConditionKeys],
  },
  check: {
    statement(statement, { report }) {
      const via = demanded(statement, VIA_SERVICE);
      const alias = via && demanded(statement, ALIAS);
      if (!alias) return;
      report({
        at: atKey(alias),
        message: `services name keys by their ARN, so \`${alias.key.text}\` is hardly ever in their requests`,
        why: `together with \`${via.key.text}\` the statement hardly ever applies`,
        next: 'remove the condition on the alias',
        related: [{ place: atKey(via), message: 'requests of services alone' }],
      });
    },
  },
});

const VIA_SERVICE: ReadonlySet<string> = new Set(['kms:viaservice']);
const ALIAS: ReadonlySet<string> = new Set(['kms:requestalias']);
