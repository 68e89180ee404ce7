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
  const isGrant = /^(kms:)?CreateGrant$/i.test(operation ?? '');
  if (second !== undefined)
    return isGrant && name === 'Constraints' ? grantMemberHelp(second, 'constraints') : undefined;
  if (isGrant && findGrantMember(name, 'grant'))
    return text === undefined ? grantMemberHelp(name, 'grant') : grantValueHelp(name, text);
  const keys = parametersOf(operation, 'call').find((each) => each.name === name)?.conditionKeys ?? [];
  const [key] = keys;
  const value = text === undefined ? undefined : ((key && valueHelp(text, key)) ?? keyValueHelp(text));
  if (value) return value;
  return help({
    about: operation === undefined ? 'parameter' : `parameter of ${operation.replace(/^kms:/i, '')}`,
    title: code(name),
    text: [],
    rows: keys.length > 0 ? [['Condition keys', keys.map(shown).join(', ')]] : [],
  });
}

/** The operation that the step around a path calls or asks about. */
export function operationAt(root: JsonNode | undefined, path: Path): string | undefined {
  const step = root && path[0] === 'steps' ? resolvePath(root, path.slice(0, 2))?.node : undefined;
  if (step?.type !== 'object') return undefined;
  const operation = valueOf(step, 'can') ?? valueOf(step, 'call');
  return operation?.type === 'string' ? operation.value : undefined;
}

const isContext = (name: string | undefined): boolean => findGrantMember(name ?? '', 'constraints')?.type === 'context';

const shown = (key: string): string => code(key.replace(/\$\{\w+\}/, '…'));
