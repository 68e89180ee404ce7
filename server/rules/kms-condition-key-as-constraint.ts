import { type JsonNode, type JsonObject, memberOf, valueOf } from '../../simulator/json/node.ts';
import type { Path } from '../../simulator/json/place.ts';
import { foldCase } from '../../simulator/policy/syntax/fold-case.ts';
import { parseOperator } from '../../simulator/policy/syntax/operator.ts';
import { type Fix, rule } from './rule.ts';
import { countingMembers, grantConstraintsPage, grantWith, isOpen } from './support/grants.ts';
import { kmsConditionKeys } from './support/sources.ts';

export const kmsConditionKeyAsConstraint = rule({
  id: 'kms-condition-key-as-constraint',
  group: 'invalid',
  kinds: ['grant'],
  title: 'a condition key of policies used as a constraint of a grant',
  documentation: {
    what: 'A condition key such as `kms:EncryptionContext:stage` or `aws:SourceArn` in the `Constraints` of a grant, also under an operator or as a key of the encryption context.',
    why:
      'Condition keys belong in policies. The constraints of a grant are `EncryptionContextSubset`, ' +
      '`EncryptionContextEquals` and `SourceArn`, whose pairs have the bare keys of the encryption context; the command ' +
      'line rejects a request with any other. A pair whose key is `kms:EncryptionContext:stage` is taken letter by ' +
      'letter and is in no request, which is reported as a warning.',
    spares: 'Keys of an encryption context that AWS services use, such as `aws:s3:arn`, and the output of ListGrants.',
    bad: grantWith({ Constraints: { 'kms:EncryptionContext:stage': 'prod' } }),
    good: grantWith({ Constraints: { EncryptionContextSubset: { stage: 'prod' } } }),
    sources: [grantConstraintsPage, kmsConditionKeys],
  },
  check: {
    grant({ object, path, contexts, listed }, { report }) {
      const constraints = valueOf(object, 'Constraints');
      if (listed || constraints?.type !== 'object') return;
      for (const { name, value, path: at, isDirect } of conditionKeys(constraints, [...path, 'Constraints'])) {
        const constraint = constraintFor(name);
        report({
          at: { path: at, part: 'key' },
          message: `\`${name}\` is a condition key of policies and no constraint of grants`,
          why: '`Constraints` takes `EncryptionContextSubset` or `EncryptionContextEquals`, and `SourceArn`',
          next: constraint ? `use \`${constraint}\`` : 'put the condition into a policy, or remove it',
          fixes: isDirect && value ? fixesOf(constraints, name, value, at) : [],
        });
      }
      for (const context of contexts) {
        const names = countingMembers(context.object);
        for (const name of names.keys()) {
          const [, key] = PAIR.exec(name) ?? [];
          if (key === undefined) continue;
          const at = { path: [...context.path, name], part: 'key' } as const;
          const fix: Fix = {
            title: `change to \`${key}\``,
            safe: false,
            edits: [{ op: 'replace', place: at, text: JSON.stringify(key) }],
          };
          report({
            at,
            message: `the key of the pair is \`${name}\`, which is how policies name it`,
            why: `a grant compares the whole text, and the encryption context of a request has \`${key}\``,
            next: `write \`${key}\``,
            severity: 'warning',
            fixes: names.has(key) ? [] : [fix],
          });
        }
      }
    },
  },
});

const CONDITION_KEY = /^(?:kms|aws):/i;
const PAIR = /^kms:EncryptionContext[:/](.+)$/is;

interface Misplaced {
  readonly name: string;
  readonly value: JsonNode | undefined;
  readonly path: Path;
  /** In the constraints themselves and not under an operator. */
  readonly isDirect: boolean;
}

function* conditionKeys(constraints: JsonObject, path: Path): Generator<Misplaced> {
  for (const [name, value] of countingMembers(constraints)) {
    if (CONDITION_KEY.test(name)) yield { name, value, path: [...path, name], isDirect: true };
    if (value?.type !== 'object' || parseOperator(name).base === undefined) continue;
    for (const key of countingMembers(value).keys())
      if (CONDITION_KEY.test(key)) yield { name: key, value: undefined, path: [...path, name, key], isDirect: false };
  }
}

/** The constraint that means what a condition on the key means. */
function constraintFor(name: string): 'EncryptionContextSubset' | 'EncryptionContextEquals' | 'SourceArn' | undefined {
  if (PAIR.test(name)) return 'EncryptionContextSubset';
  switch (name.toLowerCase()) {
    case 'kms:encryptioncontextsubset':
      return 'EncryptionContextSubset';
    case 'kms:encryptioncontextequals':
      return 'EncryptionContextEquals';
    case 'aws:sourcearn':
    case 'kms:grantconstraintsourcearn':
      return 'SourceArn';
    default:
      return undefined;
  }
}

/** A grant has few constraints and pairs; looking through more for each finding would cost the square. */
const MAX_SEARCHED = 100;

/** Gives the value to the constraint that takes it, where that is free. */
function fixesOf(constraints: JsonObject, name: string, value: JsonNode, at: Path): Fix[] {
  const constraint = constraintFor(name);
  if (!constraint || MAX_SEARCHED < constraints.members.length) return [];
  const title = `change to \`${constraint}\``;
  const [, key] = PAIR.exec(name) ?? [];
  if (key === undefined) {
    const isFitting = value.type === (constraint === 'SourceArn' ? 'string' : 'object');
    if (!isFitting || memberOf(constraints, constraint)) return [];
    const place = { path: at, part: 'key' } as const;
    return [{ title, safe: isExact(value), edits: [{ op: 'replace', place, text: JSON.stringify(constraint) }] }];
  }
  const subset = memberOf(constraints, constraint);
  const isFree = !subset || (subset.value?.type === 'object' && isFreeFor(key, subset.value));
  if (value.type !== 'string' || !isFree || memberOf(constraints, 'EncryptionContextEquals')) return [];
  const path = [...at.slice(0, -1), constraint, key];
  return [
    {
      title,
      safe: isExact(value),
      edits: [
        { op: 'remove', path: at },
        { op: 'set', path, value: value.value },
      ],
    },
  ];
}

/** Capitals do not count in the keys of a constraint. */
function isFreeFor(key: string, { members }: JsonObject): boolean {
  return members.length <= MAX_SEARCHED && members.every((each) => foldCase(each.key.value) !== foldCase(key));
}

/** A condition may have meant a pattern, and constraints are compared letter by letter. */
function isExact(value: JsonNode): boolean {
  return value.type !== 'string' || (!/[*?]/.test(value.value) && !isOpen(value.value));
}
