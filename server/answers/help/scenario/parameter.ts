import { findGrantMember } from '../../../../simulator/facts/grant-members.ts';
import { type JsonNode, valueOf } from '../../../../simulator/json/node.ts';
import { type Path, resolvePath } from '../../../../simulator/json/place.ts';
import { parametersOf } from '../../../../simulator/scenario/parameters.ts';
import type { Spot } from '../../../../simulator/scenario/spot.ts';
import { valueHelp } from '../condition-value.ts';
import { grantMemberHelp, grantValueHelp } from '../grant.ts';
import { type Help, help } from '../help.ts';
import { keyValueHelp } from '../key-values.ts';
import { code } from '../markdown.ts';
import { meaningHelp } from './value.ts';

/**
 * A request parameter, or what stands in one.
 *
 * @param text a value, left out for a name
 */
export function parameterHelp(root: JsonNode, { below }: Spot, path: Path, text?: string): Help | undefined {
  const names = below.filter((step) => typeof step === 'string');
  const [name, second, third] = names;
  if (name === undefined) return undefined;
  const inContext = /EncryptionContext$/.test(name)
    ? second
    : name === 'Constraints' && isContext(second)
      ? third
      : undefined;
  if (inContext !== undefined) return meaningHelp('encryption-context', inContext, '', text);
  const operation = operationAt(root, path);
  if (second !== undefined)
    return isCreateGrant(operation) && name === 'Constraints' ? grantMemberHelp(second, 'constraints') : undefined;
  if (text === undefined) return namedParameterHelp(name, operation);
  if (isCreateGrant(operation) && findGrantMember(name, 'grant')) return grantValueHelp(name, text);
  const [key] = keysOf(name, operation);
  return (
    (key === undefined ? undefined : valueHelp(text, key)) ?? keyValueHelp(text) ?? namedParameterHelp(name, operation)
  );
}

/** A parameter of an operation, by its name. */
export function namedParameterHelp(name: string, operation: string | undefined): Help {
  const member = isCreateGrant(operation) ? grantMemberHelp(name, 'grant') : undefined;
  if (member) return member;
  const keys = keysOf(name, operation);
  return help({
    about: operation ? `parameter of ${operation.replace(/^kms:/i, '')}` : 'parameter',
    title: code(name),
    text: [],
    rows: keys.length > 0 ? [['Condition keys', keys.map(shown).join(', ')]] : [],
  });
}

const isCreateGrant = (operation: string | undefined): boolean => /^(kms:)?CreateGrant$/i.test(operation ?? '');

const keysOf = (name: string, operation: string | undefined): readonly string[] =>
  parametersOf(operation, 'call').find((each) => each.name === name)?.conditionKeys ?? [];

/** The operation that the step around a path calls or asks about. */
export function operationAt(root: JsonNode | undefined, path: Path): string | undefined {
  const step = root && path[0] === 'steps' ? resolvePath(root, path.slice(0, 2))?.node : undefined;
  if (step?.type !== 'object') return undefined;
  const operation = valueOf(step, 'can') ?? valueOf(step, 'call');
  return operation?.type === 'string' ? operation.value : undefined;
}

const isContext = (name: string | undefined): boolean => findGrantMember(name ?? '', 'constraints')?.type === 'context';

const shown = (key: string): string => code(key.replace(/\$\{\w+\}/, '…'));
