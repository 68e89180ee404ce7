import { actionNames, findAction } from '../../simulator/facts/actions.ts';
import type { Statement } from '../../simulator/policy/document.ts';
import { expandAction } from '../../simulator/policy/syntax/action.ts';
import { type Fix, rule } from './rule.ts';
import { likelyAccount } from './support/accounts.ts';
import { keyPolicyWith } from './support/examples.ts';
import { isPublishedWithout, sourceConditions, tiesToSource } from './support/service-sources.ts';
import { policyChecks } from './support/sources.ts';

const statement = (condition: string): string => `
{
  "Sid": "Send alarms",
  "Effect": "Allow",
  "Principal": { "Service": "cloudwatch.amazonaws.com" },
  "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
  "Resource": "*"${condition}
}`;

export const principalServiceConfusedDeputy = rule({
  id: 'principal-service-confused-deputy',
  group: 'hardening',
  kinds: ['key-policy'],
  title: 'a service that may use the key for anybody',
  documentation: {
    what:
      'An `Allow` for a service principal without a condition on `aws:SourceArn`, `aws:SourceAccount`, ' +
      '`aws:SourceOrgID` or `aws:SourceOrgPaths`.',
    why:
      'The service acts for many customers. Without such a condition, somebody in another account may have it use this ' +
      'key for a resource of theirs: the confused deputy.',
    spares:
      'Statements that a context such as `kms:EncryptionContext:aws:cloudtrail:arn` ties to a resource; services for which ' +
      'AWS publishes key policies without such a condition, CloudWatch Logs and DNSSEC signing by Route 53; EventBridge, ' +
      'which sends none to encrypted topics; statements that only look at the key; grants for AWS resources. Not every ' +
      'service sends these keys: its own guide says so.',
    bad: keyPolicyWith(statement('')),
    good: keyPolicyWith(
      statement(`,
  "Condition": {
    "StringEquals": { "aws:SourceAccount": "111122223333" }
  }`),
    ),
    sources: [
      {
        title: 'IAM User Guide: The confused deputy problem',
        url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
      },
      policyChecks,
      {
        title: 'Amazon SNS Developer Guide: Managing Amazon SNS encryption keys and costs',
        url: 'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html',
      },
    ],
  },
  check: {
    statement(statement, context) {
      const { effect, principal, conditions } = statement;
      if (effect !== 'Allow' || !principal || principal.negated) return;
      const services = principal.items.filter((item) => item.pattern.kind === 'service' && !isPublishedWithout(item));
      if (services.length === 0 || onlyLooks(statement) || conditions.some(tiesToSource)) return;
      for (const { text, path } of services) {
        context.report({
          at: { path },
          message: `\`${text}\` may use the key for anybody's resources`,
          why: 'the service acts for many customers, and no condition says for whom here',
          next: 'add `aws:SourceAccount` or `aws:SourceArn`, where the service sends them',
          fixes: fixesOf(statement, likelyAccount(context.policy).id),
        });
      }
    },
  },
});

/** Whether all that a statement allows is to see the key: `kms:DescribeKey`, `kms:Get*`. */
function onlyLooks({ action }: Statement): boolean {
  if (!action || action.negated) return false;
  return action.items.every(({ pattern }) => {
    const actions = expandAction(pattern, ALL).map((name) => findAction(name.slice('kms:'.length)));
    return 0 < actions.length && actions.every((each) => each?.access.every((level) => LOOKS.has(level)));
  });
}

const ALL = actionNames.map((name) => `kms:${name}`);
const LOOKS: ReadonlySet<string> = new Set(['List', 'Read']);

function fixesOf({ path }: Statement, account: string): Fix[] {
  return sourceConditions(account).map(({ operator, key, value }) => ({
    title: `require \`${key}\``,
    safe: false,
    edits: [{ op: 'set', path: [...path, 'Condition', operator, key], value }],
  }));
}
