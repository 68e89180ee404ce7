import { type JsonNode, memberOf } from '../../simulator/json/node.ts';
import type { Path } from '../../simulator/json/place.ts';
import { type RuleContext, rule, type Severity } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

export const emptyArray = rule({
  id: 'empty-array',
  group: 'suspicious',
  kinds: policyKinds,
  title: 'a list or an object with nothing in it',
  documentation: {
    what: 'An `Action`, `Resource` or `Principal`, a `Condition` or the values of a condition key with nothing in them.',
    why: 'A statement that names no action, resource or principal speaks of nothing. An empty `Condition` restricts nothing, and a condition without values never holds, or with a negated operator always.',
    spares: 'An empty `Statement`, of which `statement-empty` speaks.',
    bad: keyPolicyWith(`
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": [],
  "Resource": "*"
}`),
    good: keyPolicyWith(`
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": ["kms:Decrypt"],
  "Resource": "*"
}`),
    sources: [policyChecks],
  },
  check: {
    statement({ object, path }, context) {
      for (const { key, value } of object?.members ?? []) {
        if (!ELEMENTS.has(key.value) || !value) continue;
        const at = [...path, key.value];
        if (isEmpty(value))
          empty(at, `\`${key.value}\` is empty`, 'the statement speaks of nothing', 'warning', context);
        else if (value.type === 'object') inspectPrincipals(value, at, context);
      }
      const condition = object && memberOf(object, 'Condition')?.value;
      if (condition) inspectCondition(condition, [...path, 'Condition'], context);
    },
  },
});

const ELEMENTS = new Set(['Action', 'NotAction', 'Resource', 'NotResource', 'Principal', 'NotPrincipal']);

const isEmpty = (node: JsonNode): boolean =>
  (node.type === 'array' && node.elements.length === 0) || (node.type === 'object' && node.members.length === 0);

function inspectPrincipals(node: JsonNode & { readonly type: 'object' }, path: Path, context: RuleContext): void {
  for (const { key, value } of node.members) {
    if (value && isEmpty(value))
      empty([...path, key.value], `\`${key.value}\` is empty`, 'it names nobody', 'warning', context);
  }
}

function inspectCondition(condition: JsonNode, path: Path, context: RuleContext): void {
  if (isEmpty(condition)) {
    empty(path, '`Condition` is empty', 'it restricts nothing', 'information', context);
    return;
  }
  if (condition.type !== 'object') return;
  for (const { key: operator, value: block } of condition.members) {
    const at = [...path, operator.value];
    if (block && isEmpty(block))
      empty(at, `\`${operator.value}\` is empty`, 'it restricts nothing', 'information', context);
    else if (block?.type === 'object') {
      for (const { key, value } of block.members) {
        if (value?.type === 'array' && isEmpty(value))
          empty(
            [...at, key.value],
            `\`${key.value}\` is compared with nothing`,
            fate(operator.value),
            'warning',
            context,
          );
      }
    }
  }
}

/** What a condition without values comes to. */
function fate(operator: string): string {
  return /Not/.test(operator) ? 'so it always holds' : 'so it never holds';
}

function empty(path: Path, message: string, why: string, severity: Severity, { report }: RuleContext): void {
  report({ at: { path }, message, why, next: 'fill it in or remove it', severity });
}
