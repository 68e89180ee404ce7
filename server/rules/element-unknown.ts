import { type JsonObject, memberOf } from '../../simulator/json/node.ts';
import type { Path, Place } from '../../simulator/json/place.ts';
import { type Fix, type RuleContext, rule } from './rule.ts';
import { bringsMembers, lacks, meantElement, policyElements, statementElements } from './support/elements.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { jsonGrammar, policyChecks } from './support/sources.ts';

export const elementUnknown = rule({
  id: 'element-unknown',
  group: 'invalid',
  kinds: policyKinds,
  title: 'an element that the policy language does not have',
  documentation: {
    what: 'A member of a policy or of a statement that is none of their elements: misspelt, in the wrong case, or in the wrong place.',
    why:
      'AWS rejects a policy with members that it does not know. Where it does not, the element is missing under its ' +
      'right name: a `Condition` that is not read restricts nothing.',
    spares:
      'What templates put into a policy (`Fn::If`, `${…}`), and statement elements at the top of a policy without a ' +
      '`Statement`: `statement-missing` speaks of these.',
    bad: keyPolicyWith(`
{
  "Sid": "Decrypt orders",
  "effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:Decrypt",
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
      const isBare = lacks(root, ['Statement'], policyElements);
      if (isBare && statementElements.some((name) => memberOf(root, name)?.value)) return;
      inspect(root, base, ofPolicy, context);
    },
    statement({ object, path }, context) {
      if (object) inspect(object, path, ofStatement, context);
    },
  },
});

/** What may stand in an object, and what would be right one floor up or down. */
interface Floor {
  readonly name: string;
  readonly elements: readonly string[];
  readonly elsewhere: readonly string[];
  readonly whereTo: string;
}

const ofPolicy: Floor = {
  name: 'a policy',
  elements: policyElements,
  elsewhere: statementElements,
  whereTo: 'move it into a statement',
};

const ofStatement: Floor = {
  name: 'a statement',
  elements: statementElements,
  elsewhere: policyElements,
  whereTo: 'move it up to the policy, beside `Statement`',
};

/** An object with more wrong members than this is something else altogether. */
const MAX_FINDINGS = 20;

function inspect(object: JsonObject, path: Path, floor: Floor, { isBroken, report }: RuleContext): void {
  if (object.members.every(({ key }) => floor.elements.includes(key.value))) return;
  const present = new Set(object.members.map(({ key }) => key.value));
  const taken = new Set(present);
  const unknown = [...present].filter((name) => !floor.elements.includes(name) && !bringsMembers(name));
  const isTorn = 0 < unknown.length && isBroken(object);
  for (const name of unknown.slice(0, MAX_FINDINGS)) {
    const isElsewhere = floor.elsewhere.includes(name);
    const meant = isElsewhere ? undefined : meantElement(name, floor.elements);
    // Where the JSON is broken, a text that was never meant to be a name may stand in the place of one.
    if (isTorn && !meant && !isElsewhere) continue;
    const free = meant !== undefined && !taken.has(meant) ? meant : undefined;
    if (free) taken.add(free);
    const place: Place = { path: [...path, name], part: 'key' };
    report({
      at: place,
      message: `\`${name}\` is not an element of ${floor.name}`,
      why: 'AWS rejects the policy',
      next: remedy(name, meant, free, floor),
      fixes: free ? [renaming(place, free)] : [],
    });
  }
}

function remedy(name: string, meant: string | undefined, free: string | undefined, floor: Floor): string {
  if (free) return `write \`${free}\``;
  if (meant) return `remove it, since \`${meant}\` is there already`;
  if (name === 'Statement') return 'remove it: statements do not hold statements';
  return floor.elsewhere.includes(name) ? floor.whereTo : 'remove it';
}

function renaming(place: Place, name: string): Fix {
  return { title: `change to \`${name}\``, safe: true, edits: [{ op: 'replace', place, text: JSON.stringify(name) }] };
}
