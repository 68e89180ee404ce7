import { actionNames } from '../../../simulator/facts/actions.ts';
import { conditionKeys } from '../../../simulator/facts/condition-keys.ts';
import { documentKindFacts } from '../../../simulator/facts/document-kinds.ts';
import { policyElements } from '../../../simulator/facts/elements.ts';
import { grantMembers } from '../../../simulator/facts/grant-members.ts';
import { conditionOperators } from '../../../simulator/facts/operators.ts';
import { parseActionPattern } from '../../../simulator/policy/syntax/action.ts';
import { nearest } from '../../../simulator/text/nearest.ts';
import type { Knowledge } from '../../knowledge/index.ts';
import { actionHelp } from './action.ts';
import { conditionKeyHelp } from './condition-key.ts';
import { documentHelp, elementHelp, principalMemberHelp } from './element.ts';
import { grantMemberHelp } from './grant.ts';
import type { Help } from './help.ts';
import { keyValueHelp, keyValueNames } from './key-values.ts';
import { operatorHelp } from './operator.ts';
import { ruleHelp } from './rule.ts';
import { topicHelp } from './topic.ts';

/** What there is to say about a name, by itself: a rule, an exam topic, an action, a condition key, an element, … */
export function lookUp(name: string, region: string, knowledge: Knowledge): Help | undefined {
  const rule = knowledge.rulePage(name.toLowerCase());
  const topic = knowledge.topic(name.toLowerCase());
  return (
    (rule && ruleHelp(rule)) ??
    (topic && topicHelp(topic)) ??
    actionHelp(parseActionPattern(name.includes(':') || name === '*' ? name : `kms:${name}`), region) ??
    conditionKeyHelp(name) ??
    ofAnyCase(name, policyElements, (element) => elementHelp(element, undefined, undefined)) ??
    operatorHelp(name) ??
    ofAnyCase(
      name,
      documentKindFacts.map(({ kind }) => ({ name: kind })),
      documentHelp,
    ) ??
    keyValueHelp(name.toUpperCase()) ??
    ofAnyCase(name, grantMembers, grantMember) ??
    principalMemberHelp(name)
  );
}

/** The names closest to one that nothing has, the closest of each family, at most three. */
export function similarNames(name: string, { rulePages, topics }: Knowledge): readonly string[] {
  const read = [rulePages, topics].map((all) => all.map(({ id }) => id));
  const close = [...families, ...read].flatMap((names) => nearest(name, names) ?? []);
  return [...new Set(close)].slice(0, 3);
}

const families: readonly (readonly string[])[] = [
  actionNames.map((name) => `kms:${name}`),
  actionNames,
  conditionKeys.map(({ name }) => name.replace(/\$\{.*$/, '…')),
  policyElements.map(({ name }) => name),
  conditionOperators.map(({ name }) => name),
  grantMembers.map(({ name }) => name),
  documentKindFacts.map(({ kind }) => kind),
  keyValueNames,
];

function ofAnyCase(
  name: string,
  facts: readonly { readonly name: string }[],
  explain: (name: string) => Help | undefined,
): Help | undefined {
  const fact = facts.find((each) => each.name.toLowerCase() === name.toLowerCase());
  return fact && explain(fact.name);
}

const grantMember = (name: string): Help | undefined =>
  grantMemberHelp(name, 'grant') ?? grantMemberHelp(name, 'constraints') ?? grantMemberHelp(name, 'list');
