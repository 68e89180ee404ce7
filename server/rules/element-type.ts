import { type ElementFact, findElement } from '../../simulator/facts/elements.ts';
import { type JsonNode, type JsonObject, memberOf } from '../../simulator/json/node.ts';
import type { Path } from '../../simulator/json/place.ts';
import { type RuleContext, rule } from './rule.ts';
import { bringsMembers } from './support/elements.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { jsonGrammar, policyChecks } from './support/sources.ts';
import { typeInWords } from './support/values.ts';

export const elementType = rule({
  id: 'element-type',
  group: 'invalid',
  kinds: policyKinds,
  yieldsTo: [
    'principal-format',
    'kms-condition-context-bare',
    'kms-condition-context-equals',
    'effect-invalid',
    'version-invalid',
  ],
  title: 'an element whose value has the wrong JSON type',
  documentation: {
    what: 'An element, an entry of a list or a condition value of a type that the policy language does not take there.',
    why: 'AWS rejects the policy.',
    spares:
      'Objects that a template puts in place of a value (`Ref`, `Fn::Sub`), and numbers and booleans as condition values, which AWS takes as text.',
    bad: keyPolicyWith(`
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": { "kms": "Decrypt" },
  "Resource": "*"
}`),
    good: keyPolicyWith(`
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:Decrypt",
  "Resource": "*"
}`),
    sources: [jsonGrammar, policyChecks],
  },
  check: {
    policy({ root, base }, context) {
      if (root.type !== 'object') return;
      for (const { key } of root.members) inspectMember(root, key.value, base, 'policy', context);
      const statements = memberOf(root, 'Statement')?.value;
      if (statements?.type !== 'array') return;
      statements.elements.forEach((node, index) => {
        if (node.type !== 'object') report(node, [...base, 'Statement', index], 'a statement', 'an object', context);
      });
    },
    statement({ object, path }, context) {
      for (const { key } of object?.members ?? []) inspectMember(object, key.value, path, 'statement', context);
      inspectConditions(object, path, context);
    },
  },
});

function inspectMember(
  object: JsonObject | undefined,
  name: string,
  path: Path,
  level: ElementFact['level'],
  context: RuleContext,
): void {
  const value = object && memberOf(object, name)?.value;
  const element = findElement(name);
  if (!value || element?.level !== level || isTemplate(value)) return;
  if (!element.types.some((type) => type === value.type))
    report(value, [...path, name], `\`${name}\``, element.types.map((type) => IN_WORDS[type]).join(' or '), context);
  else if (value.type === 'array' && name !== 'Statement') inspectTexts(value, [...path, name], name, context);
  else if (value.type === 'object' && element.types.includes('string')) {
    // Principals: lists of texts by type.
    for (const { key, value: names } of value.members) {
      if (!names || names.type === 'string' || isTemplate(names) || bringsMembers(key.value)) continue;
      if (names.type === 'array') inspectTexts(names, [...path, name, key.value], key.value, context);
      else report(names, [...path, name, key.value], `\`${key.value}\``, 'a text or a list of texts', context);
    }
  }
}

function inspectTexts(list: JsonNode, path: Path, name: string, context: RuleContext): void {
  if (list.type !== 'array') return;
  list.elements.forEach((entry, index) => {
    if (entry.type !== 'string' && !isTemplate(entry))
      report(entry, [...path, index], `an entry of \`${name}\``, 'a text', context);
  });
}

function inspectConditions(object: JsonObject | undefined, path: Path, context: RuleContext): void {
  const block = object && memberOf(object, 'Condition')?.value;
  if (block?.type !== 'object' || isTemplate(block)) return;
  for (const { key: operator, value: keys } of block.members) {
    if (!keys || isTemplate(keys) || bringsMembers(operator.value)) continue;
    if (keys.type !== 'object') {
      report(
        keys,
        [...path, 'Condition', operator.value],
        `\`${operator.value}\``,
        'an object of condition keys',
        context,
      );
      continue;
    }
    for (const { key, value } of keys.members) {
      if (bringsMembers(key.value) || isContext(key.value)) continue;
      if (!value || isScalar(value)) continue;
      const at = [...path, 'Condition', operator.value, key.value];
      const values = value.type === 'array' ? value.elements : [value];
      values.forEach((each, index) => {
        if (isScalar(each) || isTemplate(each)) return;
        const where = value.type === 'array' ? [...at, index] : at;
        report(each, where, `a value of \`${key.value}\``, 'a text', context);
      });
    }
  }
}

function report(value: JsonNode, path: Path, what: string, wanted: string, context: RuleContext): void {
  context.report({
    at: { path },
    message: `${what} is ${typeInWords(value)}`,
    why: 'AWS rejects the policy',
    next: `write ${wanted}`,
  });
}

const IN_WORDS = { string: 'a text', array: 'a list', object: 'an object' } as const;

/** An encryption context written as one object has rules of its own. */
const isContext = (name: string): boolean => /^kms:EncryptionContext(Equals|Subset)?$/i.test(name);

const isScalar = ({ type }: JsonNode): boolean => type === 'string' || type === 'number' || type === 'boolean';

/** An object that a template tool puts something else in place of. */
function isTemplate(node: JsonNode): boolean {
  return node.type === 'object' && node.members.some(({ key }) => bringsMembers(key.value));
}
