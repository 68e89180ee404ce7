import type { Item } from '../../simulator/policy/document.ts';
import { parseArn } from '../../simulator/policy/syntax/arn.ts';
import type { Span } from '../../simulator/policy/syntax/problem.ts';
import { type RuleContext, rule } from './rule.ts';
import { identityPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { partOf } from './support/places.ts';
import { elementPage, policyChecks } from './support/sources.ts';

const statement = (account: string): string => `
{
  "Sid": "DecryptOwn",
  "Effect": "Allow",
  "Action": "kms:Decrypt",
  "Resource": "arn:aws:kms:us-east-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}`;

export const variableUnsupportedElement = rule({
  id: 'variable-unsupported-element',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a policy variable where none can stand',
  documentation: {
    what: 'A policy variable in a `Principal`, in an `Action`, or in one of the first five fields of an ARN in `Resource`.',
    why:
      'AWS fills in variables in the values of conditions and after the fifth colon of a resource. Anywhere else it ' +
      'rejects the policy, or takes the variable for plain text, which matches nothing.',
    spares: 'Template expressions of other tools, such as `${AWS::AccountId}`.',
    bad: identityPolicyWith(statement('${aws:PrincipalAccount}')),
    good: identityPolicyWith(statement('111122223333')),
    sources: [elementPage('variables'), policyChecks],
  },
  check: {
    principal(item, _statement, context) {
      const problem = item.pattern.problems.find(({ code }) => code === 'variable');
      if (problem) tell(item, problem.span, 'a principal', context);
    },
    action(item, _statement, context) {
      const problem = item.pattern.problems.find(({ code }) => code === 'variable');
      if (problem) tell(item, problem.span, 'an action', context);
    },
    resource(item, _statement, context) {
      if (!item.text.includes('${')) return;
      for (const { code, span } of parseArn(item.text, 'resource').problems)
        if (code === 'variable-position') tell(item, span, 'this part of a resource', context);
    },
  },
});

function tell(item: Item, span: Span, where: string, { report }: RuleContext): void {
  report({
    at: partOf(item, span),
    message: `\`${item.text.slice(span.start, span.end)}\` is a policy variable, and ${where} takes none`,
    why: 'variables work in conditions and after the fifth colon of a resource alone',
    next: 'write the value itself, or test it in a condition',
  });
}
