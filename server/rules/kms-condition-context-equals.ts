import { type JsonObject, memberOf } from '../../simulator/json/node.ts';
import { type Path, type Place, resolvePath } from '../../simulator/json/place.ts';
import type { Condition, Statement } from '../../simulator/policy/document.ts';
import { type Fix, rule } from './rule.ts';
import { pairsOf, pairwise } from './support/context-pairs.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { kmsConditionKeys } from './support/sources.ts';

export const kmsConditionContextEquals = rule({
  id: 'kms-condition-context-equals',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a constraint of grants used as a condition key',
  documentation: {
    what: '`kms:EncryptionContextEquals` or `kms:EncryptionContextSubset` in a `Condition`, also with a key behind it.',
    why:
      'EncryptionContextEquals and EncryptionContextSubset are constraints of grants. Policies have one condition key ' +
      'for each pair instead, `kms:EncryptionContext:` and the key of the pair, and `kms:EncryptionContextKeys` for the ' +
      'keys as a set. A condition key that does not exist is never in a request, so an `Allow` with it never applies.',
    spares: 'The same names in grants, where they belong, and as values of `kms:GrantConstraintType`.',
    bad: keyPolicyWith(`
{
  "Sid": "Decrypt prod orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:Decrypt",
  "Resource": "*",
  "Condition": {
    "StringEquals": {
      "kms:EncryptionContextSubset": { "stage": "prod" }
    }
  }
}`),
    good: keyPolicyWith(`
{
  "Sid": "Decrypt prod orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:Decrypt",
  "Resource": "*",
  "Condition": {
    "StringEquals": {
      "kms:EncryptionContext:stage": "prod"
    }
  }
}`),
    sources: [
      kmsConditionKeys,
      {
        title: 'AWS KMS API Reference: GrantConstraints',
        url: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html',
      },
    ],
  },
  check: {
    condition(condition, statement, { report }) {
      const [, constraint, key] =
        /^kms:EncryptionContext(Equals|Subset)(?:[:/](.+))?$/is.exec(condition.key.text) ?? [];
      if (!constraint) return;
      const exactly = constraint.toLowerCase() === 'equals';
      report({
        at: { path: condition.path, part: 'key' },
        message: `\`${condition.key.text}\` is a constraint of grants and no condition key`,
        why: effectOf(condition, statement),
        next: 'test each pair with `kms:EncryptionContext:` and its key',
        fixes:
          key === undefined ? fixesOf(exactly, condition, statement) : renamings(exactly, key, condition, statement),
      });
    },
  },
});

function effectOf({ operator, values }: Condition, { effect }: Statement): string {
  const holds =
    operator.base === 'Null'
      ? values.some(({ text }) => text.toLowerCase() === 'true')
      : operator.negated || operator.ifExists || operator.set === 'ForAllValues';
  const who = effect === 'Deny' ? 'the `Deny`' : 'the statement';
  return holds
    ? 'it is never in a request, so the condition restricts nothing'
    : `it is never in a request, so ${who} never applies`;
}

function fixesOf(exactly: boolean, condition: Condition, statement: Statement): Fix[] {
  const pairs = pairsOf(condition, statement);
  if (pairs) return translations(exactly, pairs, condition, statement);
  return [rename(condition, 'kms:EncryptionContext:<key>'), rename(condition, 'kms:EncryptionContextKeys')];
}

/** The condition key for one pair, where it is free. Equals meant that there be no other pair, which it does not say. */
function renamings(exactly: boolean, key: string, condition: Condition, statement: Statement): Fix[] {
  const name = `kms:EncryptionContext:${key}`;
  const block = objectAt(statement, condition.operatorPath);
  if (!block || memberOf(block, name)) return [];
  return [{ ...rename(condition, name), safe: !exactly && condition.operator.text === 'StringEquals' }];
}

/** The members that test each pair, and for Equals a second condition that lets in no other pair. */
function translations(
  exactly: boolean,
  pairs: ReadonlyMap<string, string>,
  condition: Condition,
  statement: Statement,
): Fix[] {
  const plain = condition.operator.text === 'StringEquals';
  const each = pairwise(pairs, condition, statement, plain && !exactly);
  if (!each) return [];
  const path = [...statement.path, 'Condition', 'ForAllValues:StringEquals'];
  if (!exactly || !plain || hasMember(statement, path)) return [each];
  const value = { 'kms:EncryptionContextKeys': [...pairs.keys()] };
  return [
    {
      title: `${each.title}, and allow no other pair`,
      safe: true,
      edits: [...each.edits, { op: 'set', path, value }],
    },
    each,
  ];
}

function objectAt(statement: Statement, path: Path): JsonObject | undefined {
  const node = statement.object && resolvePath(statement.object, path.slice(statement.path.length))?.node;
  return node?.type === 'object' ? node : undefined;
}

function hasMember(statement: Statement, path: Path): boolean {
  return (
    statement.object !== undefined && resolvePath(statement.object, path.slice(statement.path.length)) !== undefined
  );
}

function rename({ path }: Condition, name: string): Fix {
  const place: Place = { path, part: 'key' };
  return { title: `change to \`${name}\``, safe: false, edits: [{ op: 'replace', place, text: JSON.stringify(name) }] };
}
