import { findConditionKey } from '../../simulator/facts/condition-keys.ts';
import type { Condition, Statement } from '../../simulator/policy/document.ts';
import type { ConditionKeyProblemCode } from '../../simulator/policy/syntax/condition-key.ts';
import { parseOperator } from '../../simulator/policy/syntax/operator.ts';
import type { SyntaxProblem } from '../../simulator/policy/syntax/problem.ts';
import { type Fix, rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { globalConditionKeys } from './support/condition-sources.ts';
import { atKey, effectWithoutKey, withKey } from './support/conditions.ts';
import { bringsMembers } from './support/elements.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage, policyChecks } from './support/sources.ts';

export const condKeyFormat = rule({
  id: 'cond-key-format',
  group: 'invalid',
  kinds: policyKinds,
  yieldsTo: ['kms-condition-context-bare', 'kms-variable-in-context-key'],
  title: 'a condition key that is not written as one',
  documentation: {
    what: 'A condition key without its service or its name, with a space in it, with `:` where `/` belongs before the key of a tag, or with a policy variable.',
    why: 'A condition key is `service:Name`. AWS rejects some other forms; the rest are names that no request has.',
    spares:
      'A tag condition without a tag, of which `cond-tag-key-missing` speaks, the names of identity providers, and what a template fills in.',
    bad: keyPolicyWithCondition('"StringEquals": { "CallerAccount": "111122223333" }'),
    good: keyPolicyWithCondition('"StringEquals": { "kms:CallerAccount": "111122223333" }'),
    sources: [elementPage('condition'), globalConditionKeys, policyChecks],
  },
  check: {
    condition(condition, statement, { report }) {
      const { key, operator } = condition;
      const [problem] = key.problems;
      if (key.kind !== 'malformed' || !problem || bringsMembers(key.text)) return;
      if (problem.code === 'variable-missing') return;
      // The operator and the key in each other's place: the rule about operators speaks.
      if (operator.base === undefined && parseOperator(key.text).base !== undefined) return;
      const fixes = fixesOf(condition, statement, problem);
      report({
        at: atKey(condition),
        message: MESSAGES[problem.code](key.text),
        why: `no request has such a key, ${effectWithoutKey(condition, statement)}`,
        next: NEXT[problem.code] ?? 'write it as `service:Name`',
        fixes,
      });
    },
  },
});

type Reported = Exclude<ConditionKeyProblemCode, 'variable-missing'>;

const MESSAGES: Readonly<Record<ConditionKeyProblemCode, (text: string) => string>> = {
  empty: () => 'the condition key is empty',
  space: (text) => `the condition key \`${text}\` has a space in it`,
  'service-missing': (text) => `\`${text}\` does not say whose condition key it is`,
  'service-empty': (text) => `\`${text}\` has no service before its colon`,
  'name-empty': (text) => `\`${text}\` has no name after its colon`,
  separator: (text) => `\`${text}\` has the wrong separator before its last part`,
  'variable-missing': (text) => `\`${text}\` lacks its last part`,
  'policy-variable': (text) => `\`${text}\` has a policy variable in it`,
};

const NEXT: Readonly<Partial<Record<Reported | ConditionKeyProblemCode, string>>> = {
  space: 'remove it',
  separator: 'use `/` before the key of a tag and `:` before that of an encryption context',
  'policy-variable': 'variables work in values alone, so write the name itself',
};

function fixesOf(
  condition: Condition,
  statement: Statement,
  { code, span, suggestion }: SyntaxProblem<ConditionKeyProblemCode>,
): Fix[] {
  const { text } = condition.key;
  if (code === 'service-missing' || code === 'service-empty') {
    const name = text.slice(span.start === 0 && code === 'service-empty' ? 1 : 0);
    return ['kms:', 'aws:'].flatMap((service) => {
      const found = findConditionKey(service + name)?.key;
      return found && !found.name.includes('${') ? withKey(condition, statement, found.name, false) : [];
    });
  }
  if (suggestion === undefined) return [];
  const name = text.slice(0, span.start) + suggestion + text.slice(span.end);
  return findConditionKey(name) ? withKey(condition, statement, name, false) : [];
}
