import { type JsonNode, type JsonObject, toValue } from '../../simulator/json/node.ts';
import type { Statement } from '../../simulator/policy/document.ts';
import { perStatement } from '../../simulator/policy/per-statement.ts';
import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { fingerprintOf } from './support/normal-form.ts';
import { policyChecks } from './support/sources.ts';

const statement = (sid: string): string => `{
  "Sid": "${sid}",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:Decrypt",
  "Resource": "*"
}`;

export const redundantStatement = rule({
  id: 'redundant-statement',
  group: 'style',
  kinds: policyKinds,
  title: 'a statement that says what another one says',
  documentation: {
    what: 'A statement that differs from an earlier one in its `Sid`, in the order of its lists or in lists of one, and in nothing else.',
    why: 'It changes nothing. Whoever removes one of the two later may think that access is gone.',
    bad: keyPolicyWith(`${statement('Decrypt orders')},\n${statement('Decrypt again')}`),
    good: keyPolicyWith(statement('Decrypt orders')),
    sources: [policyChecks],
  },
  check: {
    policy({ statements }, { report }) {
      const suspects = alike(statements);
      if (suspects.length === 0) return;
      const meanings = new Meanings();
      const seen = new Map<number, Statement>();
      for (const each of suspects) {
        if (!each.object) continue;
        const meaning = meanings.ofStatement(each.object);
        const earlier = seen.get(meaning);
        if (!earlier) {
          seen.set(meaning, each);
          continue;
        }
        report({
          at: { path: each.path },
          message: 'the statement says what an earlier one says',
          why: 'it changes nothing',
          next: 'remove it',
          related: [{ place: { path: earlier.path }, message: 'the earlier one' }],
          fixes: [{ title: 'remove the statement', safe: true, edits: [{ op: 'remove', path: each.path }] }],
          tags: ['unnecessary'],
        });
      }
    },
  },
});

/** The statements of which another one may say the same, as their fingerprints tell. */
function alike(statements: readonly Statement[]): readonly Statement[] {
  const counts = new Map<number, number>();
  for (const print of statements.map(printOf)) if (print !== undefined) counts.set(print, (counts.get(print) ?? 0) + 1);
  return counts.size === statements.length
    ? []
    : statements.filter((each) => 1 < (counts.get(printOf(each) ?? Number.NaN) ?? 0));
}

const printOf = perStatement(({ object, readable }): number | undefined => {
  if (!object || !readable) return undefined;
  return fingerprintOf({ ...object, members: object.members.filter(({ key }) => key.value !== 'Sid') });
});

/** Statements are not deeper; what is says the same as nothing else. */
const MAX_DEPTH = 16;

/** Numbers for what values say: lists of one as their entry, and longer ones whatever their order. */
class Meanings {
  private readonly numbers = new Map<string, number>();
  private next = 0;

  /** A statement without its Sid. */
  ofStatement(object: JsonObject): number {
    return this.of({ ...object, members: object.members.filter(({ key }) => key.value !== 'Sid') }, 0);
  }

  private of(node: JsonNode | undefined, depth: number): number {
    if (MAX_DEPTH < depth) return this.next++;
    if (node?.type === 'array') {
      const [first, ...others] = node.elements.map((each) => this.of(each, depth + 1));
      return first !== undefined && others.length === 0 ? first : this.numberOf(`[${[first, ...others].sort()}]`);
    }
    if (node?.type !== 'object') return this.numberOf(JSON.stringify(toValue(node)));
    const members = new Map(node.members.map(({ key, value }) => [key.value, this.of(value, depth + 1)]));
    const sorted = [...members].sort(([a], [b]) => (a < b ? -1 : 1));
    return this.numberOf(JSON.stringify(Object.fromEntries(sorted)));
  }

  private numberOf(meaning: string): number {
    const known = this.numbers.get(meaning);
    if (known !== undefined) return known;
    this.numbers.set(meaning, this.next);
    return this.next++;
  }
}
