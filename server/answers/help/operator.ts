import {
  type ConditionOperatorFact,
  findConditionOperator,
  ifExists,
  setOperators,
} from '../../../simulator/facts/operators.ts';
import { parseOperator } from '../../../simulator/policy/syntax/operator.ts';
import { type Help, type HelpRow, help } from './help.ts';
import { code } from './markdown.ts';

/** What a condition operator compares, and what it does when the request lacks the key. */
export function operatorHelp(text: string): Help | undefined {
  const operator = parseOperator(text);
  const fact = operator.base && findConditionOperator(operator.base);
  if (!fact) return undefined;
  const set = setOperators.find(({ name }) => name === operator.set);
  const absent = operator.ifExists ? 'Without the key in the request it holds.' : (set?.absent ?? fact.absent);
  return help({
    about: 'condition operator',
    title: code(text),
    text: [
      fact.summary,
      set && `\`${set.name}\`: ${lowerFirst(set.summary)}`,
      operator.ifExists ? `\`…${ifExists.suffix}\`: ${lowerFirst(ifExists.summary)}` : undefined,
    ],
    rows: [['Key absent', absent], ...(fact.family === 'Null' ? [] : valueRows(fact))],
    subjects: [
      ...(operator.set ? [`operator:${operator.set}` as const] : []),
      ...(operator.ifExists ? (['operator:IfExists'] as const) : []),
      `operator:${fact.name}`,
    ],
  });
}

function valueRows({ negated, variables }: ConditionOperatorFact): HelpRow[] {
  return [
    ['Several values', negated ? 'none of them may match' : 'one that matches is enough'],
    ['Variables', variables ? 'replaced in the values' : 'not replaced: plain text'],
  ];
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
