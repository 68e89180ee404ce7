import { hasWildcard } from '../../simulator/policy/syntax/arn.ts';
import { isPlaceholderSegment } from '../../simulator/policy/syntax/placeholder.ts';
import { isRegionShape, repairRegion } from '../../simulator/policy/syntax/region.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { globalConditionKeys } from './support/condition-sources.ts';
import { factOf, isLiteral, withValue } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

const REGION_KEYS: ReadonlySet<string> = new Set(['aws:RequestedRegion', 'kms:PrimaryRegion', 'kms:ReplicaRegion']);

export const condRegionInvalid = rule({
  id: 'cond-region-invalid',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a value that is no Region',
  documentation: {
    what: 'A value of `aws:RequestedRegion`, `kms:PrimaryRegion` or `kms:ReplicaRegion` that does not look like a Region code.',
    why: 'The key holds a code such as `us-east-1`. Another text is never equal to it, an Availability Zone such as `us-east-1a` neither.',
    spares:
      'Codes of Regions that are not known here, since AWS adds new ones, patterns with wildcards, the `aws-global` of global services, and words that stand for a Region.',
    bad: keyPolicyWithCondition('"StringEquals": { "aws:RequestedRegion": "us-east-1a" }'),
    good: keyPolicyWithCondition('"StringEquals": { "aws:RequestedRegion": "us-east-1" }'),
    sources: [globalConditionKeys, policyChecks],
  },
  check: {
    condition(condition, _, { report }) {
      if (condition.operator.family !== 'String' || !REGION_KEYS.has(factOf(condition)?.name ?? '')) return;
      for (const { text, path } of condition.values) {
        if (isRegionShape(text) || !isLiteral(text) || hasWildcard(text) || text.endsWith('-global')) continue;
        if (isPlaceholderSegment(text, 'region')) continue;
        const meant = repairRegion(text);
        report({
          at: { path },
          message: `\`${text}\` is not the code of a Region`,
          why: `\`${condition.key.text}\` never has this value`,
          next: meant === undefined ? 'write a code such as `us-east-1`' : `write \`${meant}\``,
          fixes: meant === undefined ? [] : [withValue(path, meant, false)],
        });
      }
    },
  },
});
