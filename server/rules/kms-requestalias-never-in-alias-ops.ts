import type { ActionItem } from '../../simulator/policy/document.ts';
import { rule } from './rule.ts';
import { reportUnsupported, unsupportedBy } from './support/action-support.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { policyKinds } from './support/kinds.ts';
import { kmsConditionKeys } from './support/sources.ts';

const CONDITION = '"StringEquals": { "kms:RequestAlias": "alias/orders" }';

export const kmsRequestaliasNeverInAliasOps = rule({
  id: 'kms-requestalias-never-in-alias-ops',
  group: 'invalid',
  kinds: policyKinds,
  title: '`kms:RequestAlias` on actions that manage aliases',
  documentation: {
    what: '`kms:RequestAlias` in a statement with `kms:CreateAlias`, `kms:UpdateAlias` or `kms:DeleteAlias`.',
    why: 'The key tells by which alias a request names the key that it uses. The three operations name an alias as what they change, so their requests never have it; which aliases somebody may manage is said by alias ARNs in `Resource` of identity policies.',
    spares: 'Wildcards that cover more than these actions, and in an `Allow` conditions that hold without the key.',
    bad: keyPolicyWithCondition(CONDITION, { action: '["kms:CreateAlias", "kms:UpdateAlias"]' }),
    good: keyPolicyWithCondition(CONDITION, { action: '["kms:Decrypt", "kms:DescribeKey"]' }),
    sources: [
      kmsConditionKeys,
      {
        title: 'AWS KMS Developer Guide: Control access to aliases',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html',
      },
    ],
  },
  check: {
    statement(statement, context) {
      const topic = (name: string): string | undefined => (name === 'kms:RequestAlias' ? name : undefined);
      for (const each of unsupportedBy(statement, context, topic))
        if (each.items.some(managesAliases)) reportUnsupported(each, statement, context);
    },
  },
});

function managesAliases({ text }: ActionItem): boolean {
  return /alias$/i.test(text);
}
