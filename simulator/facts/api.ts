import type { Path } from '../json/place.ts';
import { requestShapes, requestMembers as requests } from './generated/requests.ts';
import { responseMembers } from './responses.ts';

/** What a member of a request or a response of the API is. */
export type ApiShape =
  | { readonly type: 'text'; readonly choices?: readonly string[] }
  | { readonly type: 'bytes' | 'boolean' | 'time' | 'pairs' }
  | { readonly type: 'number'; readonly least?: number; readonly most?: number }
  | { readonly type: 'list'; readonly of: ApiShape }
  | { readonly type: 'structure'; readonly members: ApiMembers };

export interface ApiMember {
  readonly shape: ApiShape;
  readonly required?: true;
}

export type ApiMembers = Readonly<Record<string, ApiMember>>;

export type ApiPart = 'request' | 'response';

/** The members of a request or of a response; undefined for operations that are not listed. */
export function apiMembers(operation: string, part: ApiPart): ApiMembers | undefined {
  return part === 'request' ? requestMembersOf(operation) : responseMembers(operation);
}

/** What stands at a path below a request or a response; undefined where nothing can. */
export function apiMemberAt(members: ApiMembers | undefined, [first, ...rest]: Path): ApiMember | undefined {
  const member = members && typeof first === 'string' && Object.hasOwn(members, first) ? members[first] : undefined;
  if (!member || rest.length === 0) return member;
  const shape =
    typeof rest[0] === 'number' ? (member.shape.type === 'list' ? member.shape.of : undefined) : member.shape;
  const below = typeof rest[0] === 'number' ? rest.slice(1) : rest;
  if (!shape) return undefined;
  if (below.length === 0) return { shape };
  if (shape.type === 'pairs') return { shape: { type: 'text' } };
  return shape.type === 'structure' ? apiMemberAt(shape.members, below) : undefined;
}

const read = new Map<string, ApiMembers>();

function requestMembersOf(operation: string): ApiMembers | undefined {
  if (!Object.hasOwn(requests, operation)) return undefined;
  let members = read.get(operation);
  if (!members) {
    const names = (requests[operation] ?? '').split(' ').filter((name) => name !== '');
    members = Object.fromEntries(names.map((name) => [name.replace('!', ''), memberOf(operation, name)]));
    read.set(operation, members);
  }
  return members;
}

function memberOf(operation: string, text: string): ApiMember {
  const name = text.replace('!', '');
  const shape = requestShapes[`${operation}.${name}`] ?? requestShapes[name] ?? { type: 'text' };
  return name === text ? { shape } : { shape, required: true };
}
