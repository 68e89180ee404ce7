import type { Item } from '../../simulator/policy/document.ts';
import { hasWildcard, parseArn } from '../../simulator/policy/syntax/arn.ts';
import { type Fix, rule } from './rule.ts';
import { type ArnProblem, arnFault } from './support/arn-faults.ts';
import { identityPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { isBareKey } from './support/kms-resources.ts';
import { partOf } from './support/places.ts';
import { elementPage, policyChecks } from './support/sources.ts';

const statement = (resource: string): string => `
{
  "Sid": "DecryptOrders",
  "Effect": "Allow",
  "Action": "kms:Decrypt",
  "Resource": "${resource}"
}`;

export const arnShape = rule({
  id: 'arn-shape',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a resource that is no ARN',
  documentation: {
    what:
      'A value of `Resource` or `NotResource` that is no ARN: another beginning, too few fields, a partition, a Region ' +
      'or an account that cannot be one, a service in capitals or with a wildcard, or no resource at all.',
    why: 'AWS rejects the policy, or the entry stands for nothing that there is.',
    spares:
      'Template expressions; `"*"`; ARNs that end in a wildcard, after which AWS takes the missing fields to be anything; ' +
      'fields that a service leaves empty; ids and aliases of keys, of which `kms-keyid-as-resource` speaks.',
    bad: identityPolicyWith(statement('arn:aws:KMS:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab')),
    good: identityPolicyWith(statement('arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab')),
    sources: [
      {
        title: 'IAM User Guide: Identify AWS resources with Amazon Resource Names (ARNs)',
        url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html',
      },
      elementPage('resource'),
      policyChecks,
    ],
  },
  check: {
    resource(item, _statement, { report }) {
      const { text } = item;
      if (/^\*+$/.test(text) || isBareKey(text)) return;
      for (const problem of parseArn(text, 'resource').problems) {
        if (isAnswered(problem, text)) continue;
        const { what, next } = arnFault(problem, text);
        report({
          at: partOf(item, problem.span),
          message: text === '' ? 'an empty text is no resource' : `\`${text}\` ${what}`,
          why: 'AWS rejects the policy, or the entry stands for nothing',
          next,
          fixes: fixesOf(problem, item),
        });
      }
    },
  },
});

/** Of variables another rule speaks, and what follows a wildcard at the end may be missing. */
function isAnswered({ code }: ArnProblem, text: string): boolean {
  return code === 'variable-position' || (code === 'field-count' && hasWildcard(text.slice(-1)));
}

/** A partition or a Region that is only near to what stands there is a guess. */
const SURE: ReadonlySet<ArnProblem['code']> = new Set([
  'prefix',
  'space',
  'field-count',
  'service-case',
  'account-shape',
]);

function fixesOf({ code, span, suggestion }: ArnProblem, { text, path }: Item): Fix[] {
  if (suggestion === undefined) return [];
  const mended = text.slice(0, span.start) + suggestion + text.slice(span.end);
  const safe = SURE.has(code) && parseArn(mended, 'resource').problems.length === 0;
  const edits = [{ op: 'replace', place: { path }, text: JSON.stringify(mended) }] as const;
  return [{ title: `change to \`${mended}\``, safe, edits }];
}
