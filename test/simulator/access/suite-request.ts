import { type Caller, parseCaller } from '../../../simulator/access/caller.ts';
import type { OperationRequest } from '../../../simulator/access/operation.ts';
import { type AccessRequest, type KeyDescription, parseKeyArn } from '../../../simulator/access/request.ts';
import type { Row } from './suite.ts';

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** The callers and keys that a suite writes by a name of its own. */
export interface Cast {
  readonly callers: ReadonlyMap<string, string>;
}

export type RequestParts = { -readonly [Part in keyof AccessRequest]: AccessRequest[Part] };

/**
 * A request from the cells `who`, `does`, `on` and `with`. `with` holds parts such as `context aws:x=1; via s3`, each
 * read by the function of that name below.
 */
export function requestOf({ cells }: Row, cast: Cast): AccessRequest {
  const who = cells.get('who') ?? 'App';
  const key = cells.get('on') === '–' ? undefined : keyOf(cells.get('on'));
  const request: RequestParts = {
    caller: callerOf(cast.callers.get(who) ?? who),
    action: cells.get('does') ?? 'Decrypt',
    key,
    region: key?.region ?? 'us-east-1',
  };
  for (const part of (cells.get('with') ?? '').split('; ')) if (part && part !== '–') addPart(request, part);
  return request;
}

const KEYS: Readonly<Record<string, string>> = {
  'same key': KEY,
  'other key': 'arn:aws:kms:us-east-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321',
  replica: KEY.replace('us-east-1', 'eu-west-1'),
};

/** A call from the same cells and `operation` and `to`. */
export function callOf(row: Row, cast: Cast): OperationRequest {
  const { action: _, alias, key, ...rest } = requestOf(row, cast);
  const to = row.cells.get('to') ?? '–';
  const toContext = /to-ec (\S+)/.exec(row.cells.get('with') ?? '')?.[1];
  return {
    ...rest,
    operation: row.cells.get('operation') ?? '',
    on: alias ? keyOf(undefined) : key,
    ...(to === '–' ? {} : { to: keyOf(KEYS[to]) }),
    ...(alias ? { alias: alias.name } : {}),
    ...(toContext ? { toEncryptionContext: Object.fromEntries([pair(toContext)]) } : {}),
  };
}

export function callerOf(text: string): Caller {
  const [arn = '', madeBy] = text.split(' made by ');
  const answer = parseCaller(arn, { account: '111122223333' });
  if ('problem' in answer) throw new Error(answer.problem);
  return madeBy && answer.caller.type === 'federated-user' ? { ...answer.caller, madeBy } : answer.caller;
}

export function keyOf(text: string | undefined): KeyDescription {
  const key = parseKeyArn(text || KEY);
  if (!key) throw new Error(`${text} is no key`);
  return key;
}

function addPart(request: RequestParts, part: string): void {
  const [name = '', ...words] = part.split(' ');
  const rest = words.join(' ');
  const add = parts[name];
  if (!add) throw new Error(`nothing is known of ${part}`);
  add(request, rest);
}

const parts: Readonly<Record<string, (request: RequestParts, rest: string) => void>> = {
  context: (request, rest) => {
    const [key, value] = pair(rest);
    const values = value.startsWith('[') ? JSON.parse(value) : value === 'absent' ? null : value;
    request.context = { ...request.context, [key]: values };
  },
  ec: (request, rest) => {
    request.encryptionContext = { ...request.encryptionContext, ...Object.fromEntries([pair(rest)]) };
  },
  tag: (request, rest) => {
    request.principalTags = { ...request.principalTags, ...(rest === 'none' ? {} : Object.fromEntries([pair(rest)])) };
  },
  key: (request, rest) => {
    if (request.key) request.key = { ...request.key, ...JSON.parse(rest) };
  },
  input: (request, rest) => {
    request.input = JSON.parse(rest);
  },
  via: (request, rest) => {
    request.via = rest;
  },
  endpoint: (request, rest) => {
    request.vpcEndpoint = rest;
  },
  now: (request, rest) => {
    request.now = Date.parse(rest);
  },
  mfa: (request, rest) => {
    request.mfa = rest !== 'no';
  },
  organization: (request, rest) => {
    request.principalOrganization = rest === 'none' ? null : { id: rest, path: `${rest}/r-ab12/ou-ab12-11111111/` };
  },
  'key-organization': (request, rest) => {
    request.resourceOrganization = rest === 'none' ? null : { id: rest, path: `${rest}/r-ab12/ou-ab12-22222222/` };
  },
  // Read by `callOf`.
  'to-ec': () => undefined,
  alias: (request, rest) => {
    const { partition = 'aws', account = '111122223333', region = 'us-east-1' } = request.key ?? {};
    request.alias = { partition, account, region, name: rest };
    request.key = undefined;
  },
};

function pair(text: string): [string, string] {
  const equals = text.indexOf('=');
  return [text.slice(0, equals), text.slice(equals + 1)];
}
