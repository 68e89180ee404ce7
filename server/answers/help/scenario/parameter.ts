import {
  type ApiMember,
  type ApiPart,
  type ApiShape,
  apiMemberAt,
  apiMembers,
} from '../../../../simulator/facts/api.ts';
import { findGrantMember } from '../../../../simulator/facts/grant-members.ts';
import { type JsonNode, valueOf } from '../../../../simulator/json/node.ts';
import { type Path, resolvePath } from '../../../../simulator/json/place.ts';
import { parametersOf } from '../../../../simulator/scenario/parameters.ts';
import type { Spot } from '../../../../simulator/scenario/spot.ts';
import { conditionKeySubjects } from '../condition-key.ts';
import { valueHelp } from '../condition-value.ts';
import { grantMemberHelp, grantValueHelp } from '../grant.ts';
import { type Help, type HelpRow, help } from '../help.ts';
import { keyValueHelp } from '../key-values.ts';
import { code } from '../markdown.ts';
import { meaningHelp } from './value.ts';

/**
 * A request parameter, or what stands in one.
 *
 * @param text a value, left out for a name
 */
export function parameterHelp(root: JsonNode, { below, shapes }: Spot, path: Path, text?: string): Help | undefined {
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
  const part = shapes.find((shape) => shape.type === 'parameters')?.of;
  const members = part && part !== 'check' && operation !== undefined ? apiMembers(operation, part) : undefined;
  if (members && part !== 'check') {
    const member = apiMemberAt(members, below);
    const last = names.at(-1) ?? name;
    const value = text === undefined ? undefined : keyValueHelp(text);
    return value ?? (member && namedParameterHelp(last, operation, member, part));
  }
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
export function namedParameterHelp(
  name: string,
  operation: string | undefined,
  api?: ApiMember,
  part: ApiPart = 'request',
): Help {
  const member = isCreateGrant(operation) ? grantMemberHelp(name, 'grant') : undefined;
  if (member) return member;
  const keys = keysOf(name, operation);
  return help({
    about: operation ? `${PARTS[part]} ${operation.replace(/^kms:/i, '')}` : 'parameter',
    title: code(name),
    text: [],
    rows: [
      ...(api ? apiRows(api, part) : []),
      ...(keys.length > 0 && part === 'request' ? [['Condition keys', keys.map(shown).join(', ')] as const] : []),
    ],
    subjects: keys.flatMap(conditionKeySubjects),
  });
}

const PARTS: Readonly<Record<ApiPart, string>> = { request: 'parameter of', response: 'in the response of' };

function apiRows({ shape, required }: ApiMember, part: ApiPart): readonly HelpRow[] {
  const choices = choicesOf(shape);
  return [
    ...(part === 'request' ? [['Needed', required ? 'yes' : 'no'] as const] : []),
    ['Value', apiInWords(shape, part)],
    ...(choices.length > 0 ? [['Values', choices.map(code).join(', ')] as const] : []),
  ];
}

function apiInWords(shape: ApiShape, part: ApiPart): string {
  switch (shape.type) {
    case 'text':
      return 'a text';
    case 'bytes':
      return part === 'request'
        ? 'bytes: `text:…`, `base64:…`, `hex:…`, `file:path`, or a part of a saved response'
        : 'bytes';
    case 'number':
      return shape.least === undefined ? 'a number' : `a number from ${shape.least} to ${shape.most}`;
    case 'boolean':
      return '`true` or `false`';
    case 'time':
      return 'a time such as `2026-01-15T09:00:00Z`';
    case 'pairs':
      return 'an object of texts';
    case 'list':
      return `a list, each of it ${apiInWords(shape.of, part)}`;
    case 'structure':
      return `an object with ${Object.keys(shape.members).map(code).join(', ')}`;
  }
}

const choicesOf = (shape: ApiShape): readonly string[] =>
  shape.type === 'list' ? choicesOf(shape.of) : shape.type === 'text' ? (shape.choices ?? []) : [];

const isCreateGrant = (operation: string | undefined): boolean => /^(kms:)?CreateGrant$/i.test(operation ?? '');

const keysOf = (name: string, operation: string | undefined): readonly string[] =>
  parametersOf(operation, 'call').find((each) => each.name === name)?.conditionKeys ?? [];

/** The operation that the step around a path calls or asks about. */
/** What the step around a path asks of a service. */
export function askedAt(
  root: JsonNode | undefined,
  path: Path,
): { readonly service?: string; readonly operation?: string } {
  const step = root && path[0] === 'steps' ? resolvePath(root, path.slice(0, 2))?.node : undefined;
  if (step?.type !== 'object') return {};
  const [service, operation] = [valueOf(step, 'service'), valueOf(step, 'do')];
  return {
    ...(service?.type === 'string' ? { service: service.value } : {}),
    ...(operation?.type === 'string' ? { operation: operation.value } : {}),
  };
}

export function operationAt(root: JsonNode | undefined, path: Path): string | undefined {
  const step = root && path[0] === 'steps' ? resolvePath(root, path.slice(0, 2))?.node : undefined;
  if (step?.type !== 'object') return undefined;
  const operation = valueOf(step, 'can') ?? valueOf(step, 'call');
  return operation?.type === 'string' ? operation.value : undefined;
}

const isContext = (name: string | undefined): boolean => findGrantMember(name ?? '', 'constraints')?.type === 'context';

const shown = (key: string): string => code(key.replace(/\$\{\w+\}/, '…'));
