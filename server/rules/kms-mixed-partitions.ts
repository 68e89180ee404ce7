import type { PolicyDocument } from '../../simulator/policy/document.ts';
import { perStatement } from '../../simulator/policy/per-statement.ts';
import { PARTITIONS } from '../../simulator/policy/syntax/arn.ts';
import { rule } from './rule.ts';
import { arnsIn, arnsOf, type FoundArn } from './support/arns-of.ts';
import { keyPolicyWith } from './support/examples.ts';

const statement = (partition: string): string => `
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:${partition}:iam::111122223333:role/Orders" },
  "Action": "kms:Decrypt",
  "Resource": "*"
}`;

export const kmsMixedPartitions = rule({
  id: 'kms-mixed-partitions',
  group: 'suspicious',
  kinds: ['key-policy', 'iam-policy'],
  yieldsTo: ['principal-format', 'arn-shape'],
  title: 'ARNs of different partitions in one policy',
  documentation: {
    what: 'An ARN of another partition (`arn:aws-cn`, `arn:aws-us-gov`) than the others of the policy.',
    why:
      'Partitions have nothing in common: no account, no role and no key of one is known in another. What an ARN of ' +
      'another partition stands for is not there, and as a principal AWS rejects it.',
    spares:
      'Policies that list the same resource once for each partition, ARNs with a wildcard or a template expression for ' +
      'the partition.',
    bad: keyPolicyWith(statement('aws-cn')),
    good: keyPolicyWith(statement('aws')),
    sources: [
      {
        title: 'IAM User Guide: Identify AWS resources with Amazon Resource Names (ARNs)',
        url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html',
      },
    ],
  },
  check: {
    policy(policy, { report }) {
      if (!hasSeveral(policy)) return;
      const found = arnsOf(policy).filter(({ arn }) => PARTITIONS.includes(arn.partition));
      const home = mostFrequent(found);
      if (!home) return;
      const rest = new Map<string, Set<string>>();
      for (const each of found) {
        const key = withoutPartition(each);
        rest.set(key, (rest.get(key) ?? new Set()).add(each.arn.partition));
      }
      for (const each of found) {
        const { arn, item } = each;
        const isListedForEach = 1 < (rest.get(withoutPartition(each))?.size ?? 0);
        if (arn.partition === home.arn.partition || isListedForEach) continue;
        const { start, end } = arn.spans.partition;
        const mended = item.text.slice(0, start) + home.arn.partition + item.text.slice(end);
        report({
          at: { path: item.path, span: { start, end } },
          message: `\`${item.text}\` belongs to the partition \`${arn.partition}\`, and the policy to \`${home.arn.partition}\``,
          why: 'nothing of one partition is known in another',
          next: `write \`${home.arn.partition}\``,
          related: [{ place: { path: home.item.path }, message: `an ARN of \`${home.arn.partition}\`` }],
          fixes: [
            {
              title: `change to \`${mended}\``,
              safe: false,
              edits: [{ op: 'replace', place: { path: item.path }, text: JSON.stringify(mended) }],
            },
          ],
        });
      }
    },
  },
});

/** Looked at with every keystroke, and mostly there is one. */
function hasSeveral({ statements }: PolicyDocument): boolean {
  let only: string | undefined;
  for (const statement of statements)
    for (const partition of partitionsIn(statement)) {
      if (only !== undefined && partition !== only) return true;
      only = partition;
    }
  return false;
}

const partitionsIn = perStatement((statement): readonly string[] => {
  const partitions = new Set(arnsIn(statement).map(({ arn }) => arn.partition));
  return PARTITIONS.filter((each) => partitions.has(each));
});

/** An ARN of the partition that most have; of partitions with as many the one that comes first. */
function mostFrequent(found: readonly FoundArn[]): FoundArn | undefined {
  const counts = new Map<string, number>();
  for (const { arn } of found) counts.set(arn.partition, (counts.get(arn.partition) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  return found.find(({ arn }) => counts.get(arn.partition) === most);
}

/** All that is the same where a resource is listed for each partition; Regions differ with it. */
function withoutPartition({ arn, part }: FoundArn): string {
  return `${part} ${arn.service} ${arn.resource}`;
}
