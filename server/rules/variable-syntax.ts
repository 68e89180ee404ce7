import { hasVariables, type Item } from '../../simulator/policy/document.ts';
import type { SyntaxProblem } from '../../simulator/policy/syntax/problem.ts';
import { parseTemplate, type VariableProblemCode } from '../../simulator/policy/syntax/variable.ts';
import { type Fix, type RuleContext, rule } from './rule.ts';
import { identityPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { partOf } from './support/places.ts';
import { elementPage, policyChecks } from './support/sources.ts';

const statement = (value: string): string => `
{
  "Sid": "DecryptOwn",
  "Effect": "Allow",
  "Action": "kms:Decrypt",
  "Resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  "Condition": {
    "StringEquals": { "kms:EncryptionContext:user": "${value}" }
  }
}`;

export const variableSyntax = rule({
  id: 'variable-syntax',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a policy variable that is written wrongly',
  documentation: {
    what:
      'A variable in `Resource` or in a condition that lacks its closing brace, is empty, has spaces or another variable ' +
      "in it, or has a default value that is not written as `${key, 'value'}`.",
    why: 'AWS rejects the policy.',
    spares: 'Template expressions of other tools, and policies whose version has no variables.',
    bad: identityPolicyWith(statement('${aws:username')),
    good: identityPolicyWith(statement('${aws:username}')),
    sources: [elementPage('variables'), policyChecks],
  },
  check: {
    resource(item, _statement, context) {
      inspect(item, context);
    },
    condition({ values }, _statement, context) {
      for (const value of values) if (value.type === 'string') inspect(value, context);
    },
  },
});

type VariableProblem = SyntaxProblem<VariableProblemCode>;

function inspect(item: Item, { version, report }: RuleContext): void {
  if (!hasVariables(version) || !item.text.includes('${')) return;
  const template = parseTemplate(item.text, { version });
  // What another tool fills in may bring the brace that is missing.
  if (template.hasPlaceholder) return;
  const bySpan = new Map<number, VariableProblem[]>();
  for (const problem of template.problems) {
    const { start } = problem.span;
    bySpan.set(start, [...(bySpan.get(start) ?? []), problem]);
  }
  for (const [problem, ...more] of bySpan.values()) {
    const fault = problem && faultOf(problem, item.text.slice(problem.span.start, problem.span.end));
    if (!problem || !fault) continue;
    const fix = fixOf(more.at(-1) ?? problem, item);
    const left = fix && parseTemplate(fix.value, { version }).problems.length;
    const isClean = left === template.problems.length - 1 - more.length;
    report({
      at: partOf(item, problem.span),
      message: fault.what,
      why: 'AWS rejects the policy',
      next: fault.next,
      fixes: fix ? [{ ...fix.fix, safe: fix.fix.safe && isClean }] : [],
    });
  }
}

function faultOf({ code, suggestion }: VariableProblem, written: string): { what: string; next: string } | undefined {
  switch (code) {
    case 'missing-brace':
      return {
        what: `\`${written}\` begins a variable and does not end it`,
        next: 'close it with `}`, or write `${$}{`',
      };
    case 'empty':
      return { what: `\`${written}\` is a variable without a key`, next: 'write a condition key between the braces' };
    case 'space':
      return { what: `the variable \`${written}\` has spaces in it`, next: `write \`${suggestion}\`` };
    case 'missing-quote':
      return { what: `the default value of \`${written}\` is not in single quotes`, next: `write \`${suggestion}\`` };
    case 'separator':
      return {
        what: `the default value of \`${written}\` is not set off by a comma and a space`,
        next: `write \`${suggestion}\``,
      };
    case 'nested':
      return { what: `the variable \`${written}\` has another one in it`, next: 'write them one after the other' };
    case 'version':
      return undefined;
  }
}

/** The fix, and the value as it leaves it: a variable may have more than one thing wrong. */
function fixOf(
  { code, span, suggestion }: VariableProblem,
  { text, path }: Item,
): { fix: Fix; value: string } | undefined {
  const written = text.slice(span.start, span.end);
  const closed = code === 'missing-brace' && /^\$\{[a-z0-9-]+:[\w/-]+$/i.test(written) ? `${written}}` : undefined;
  const mended = suggestion ?? closed;
  if (mended === undefined) return undefined;
  const value = text.slice(0, span.start) + mended + text.slice(span.end);
  const edits = [{ op: 'replace', place: { path }, text: JSON.stringify(value) }] as const;
  return { fix: { title: `change to \`${mended}\``, safe: suggestion !== undefined, edits }, value };
}
