import { actionNames, findAction } from '../../simulator/facts/actions.ts';
import { findServicePrincipal } from '../../simulator/facts/service-principals.ts';
import type { Condition, PrincipalItem, Statement } from '../../simulator/policy/document.ts';
import { expandAction } from '../../simulator/policy/syntax/action.ts';
import { hole } from './holes.ts';
import { type Fix, rule } from './rule.ts';
import { ACCOUNT_PLACEHOLDER, likelyAccount } from './support/accounts.ts';
import { keyPolicyWith } from './support/examples.ts';
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

const SOURCE_KEYS: ReadonlySet<string> = new Set([
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
]);

/** Whether a condition says for whose resource, or for which one, the service acts. */
function tiesToSource({ key, operator }: Condition): boolean {
  if (key.kind === 'unknown' || SOURCE_KEYS.has(key.lower)) return true;
  if (key.lower === 'kms:grantisforawsresource') return true;
  // A context is the resource's where its key says that it is an ARN: `aws:logs:arn`, `SecretARN`.
  return key.lower.startsWith('kms:encryptioncontext:') && key.lower.endsWith('arn') && !operator.negated;
}

/**
 * Of DNSSEC signing AWS publishes key policies with and without the condition, and its console writes none. EventBridge
 * sends the keys to queues, but not to encrypted topics, and both may be under one key.
 */
const WITHOUT: ReadonlySet<string> = new Set(['dnssec-route53', 'events']);

function isPublishedWithout({ pattern }: PrincipalItem): boolean {
  if (pattern.kind !== 'service') return false;
  const recipe = findServicePrincipal(pattern.name)?.fact.recipe;
  const asksNone = recipe?.every(({ conditionKeys }) => !conditionKeys.some((key) => key.startsWith('aws:Source')));
  return asksNone === true || WITHOUT.has(pattern.service);
}

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
  const require = (title: string, operator: string, key: string, value: string): Fix => ({
    title,
    safe: false,
    edits: [{ op: 'set', path: [...path, 'Condition', operator, key], value }],
  });
  return [
    require('require `aws:SourceAccount`', 'StringEquals', 'aws:SourceAccount', account === ACCOUNT_PLACEHOLDER
      ? hole(account)
      : account),
    require('require `aws:SourceArn`', 'ArnLike', 'aws:SourceArn', hole('arn:aws:service:region:account:resource')),
  ];
}
