import { findConditionKey } from '../../../simulator/facts/condition-keys.ts';
import { findConditionOperator } from '../../../simulator/facts/operators.ts';
import type { TemplatePart } from '../../../simulator/policy/syntax/variable.ts';
import { conditionKeySubjects } from './condition-key.ts';
import { type Help, help } from './help.ts';
import { code } from './markdown.ts';

/** Where a policy variable stands: whether it is replaced hangs on both. */
export interface VariableSurroundings {
  /** Whether the policy's version has variables. */
  readonly active: boolean;
  /** The condition operator without prefix and suffix, where it is in a condition. */
  readonly operator?: string | undefined;
}

/** A policy variable, or the escape of a character. Undefined for literal text and for what other tools fill in. */
export function variableHelp(part: TemplatePart, text: string, surroundings: VariableSurroundings): Help | undefined {
  if (part.kind === 'escape')
    return help({
      about: 'plain character',
      title: code(text),
      text: [`Stands for the character ${code(part.character)} itself.`],
    });
  if (part.kind !== 'variable') return undefined;
  const key = findConditionKey(part.key)?.key;
  return help({
    about: 'policy variable',
    title: code(text),
    text: [replaced(part.key, surroundings), key?.summary, key?.present, fallback(part.default)],
    subjects: conditionKeySubjects(part.key),
  });
}

function replaced(key: string, { active, operator }: VariableSurroundings): string {
  if (!active) return 'Plain text here: variables need `"Version": "2012-10-17"`.';
  if (operator && findConditionOperator(operator)?.variables === false)
    return `Plain text here: ${code(operator)} replaces no variables.`;
  return `Replaced by the value of ${code(key)} when a request is decided.`;
}

function fallback(value: string | undefined): string {
  if (value !== undefined) return `Where the request lacks the key, it is ${code(value)}.`;
  return 'Where the request lacks the key, the value matches nothing.';
}
