import type { Statement } from '../../simulator/policy/document.ts';
import { parseArn } from '../../simulator/policy/syntax/arn.ts';
import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { kmsActionsOf, reachOf, resourcesOf } from './support/kms-resources.ts';
import { elementPage, keyPolicyOverview, policyChecks } from './support/sources.ts';

const statement = (resource: string): string => `
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:Decrypt",
  "Resource": "${resource}"
}`;

export const resourceUnsupportedInResourcePolicy = rule({
  id: 'resource-unsupported-in-resource-policy',
  group: 'invalid',
  kinds: ['key-policy'],
  title: 'a key policy about something other than a key',
  documentation: {
    what: 'A `Resource` of a key policy that names a resource of another service, or an alias.',
    why:
      'A key policy speaks of the key that it hangs on, and of nothing else. The statement never applies. In a key policy ' +
      '`"*"` means just that key.',
    spares:
      'ARNs of keys, AWS publishes some with the ARN of the key itself; aliases beside the actions on aliases; `NotResource`; template expressions.',
    bad: keyPolicyWith(statement('arn:aws:s3:::amzn-s3-demo-bucket')),
    good: keyPolicyWith(statement('*')),
    sources: [keyPolicyOverview, elementPage('resource'), policyChecks],
  },
  check: {
    statement(statement, { report }) {
      let aliasesToo: boolean | undefined;
      for (const { text, path } of resourcesOf(statement)) {
        const { keys, aliases } = reachOf(text);
        const arn = parseArn(text, 'resource');
        if (keys || arn.kind !== 'arn' || 0 < arn.problems.length) continue;
        aliasesToo ??= mayBeOnAliases(statement);
        if (aliases && aliasesToo) continue;
        report({
          at: { path },
          message: `\`${text}\` is no key, and a key policy speaks of its key alone`,
          why: `the statement ${statement.effect === 'Deny' ? 'denies' : 'allows'} nothing by it`,
          next: 'write `"*"`, which here means the key that the policy hangs on',
          fixes: [{ title: 'change to `*`', safe: false, edits: [{ op: 'replace', place: { path }, text: '"*"' }] }],
        });
      }
    },
  },
});

/** Whether an action of the statement is one on aliases, or cannot be told. */
function mayBeOnAliases({ action }: Statement): boolean {
  if (!action) return true;
  return action.items.some((item) => kmsActionsOf(item)?.some(({ resources }) => resources.includes('alias')) ?? true);
}
