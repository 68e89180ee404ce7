import { type JsonObject, memberOf } from '../../../simulator/json/node.ts';
import { type Path, resolvePath } from '../../../simulator/json/place.ts';
import type { PrincipalItem, Statement } from '../../../simulator/policy/document.ts';
import { type PrincipalPattern, parsePrincipal } from '../../../simulator/policy/syntax/principal.ts';
import type { Fix } from '../rule.ts';

/** Where AWS keeps the forms of principals. */
export const principalMembers = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;

/** The object of a `Principal` or `NotPrincipal`, with its path. */
export function principalObject({ object, principal }: Statement): { node: JsonObject; path: Path } | undefined {
  const node = object && principal && memberOf(object, principal.name)?.value;
  return node?.type === 'object' && principal ? { node, path: principal.path } : undefined;
}

/** Whether AWS takes a text as this kind of principal. */
export function isPrincipal(text: string, type: 'AWS' | 'Service'): boolean {
  const { kind, problems } = parsePrincipal(text, type);
  return VALID.has(kind) && problems.length === 0;
}

const VALID: ReadonlySet<PrincipalPattern['kind']> = new Set([
  'account',
  'user',
  'role',
  'assumed-role',
  'federated-user',
  'service',
]);

/** Takes a principal out of a list, where others stay behind: a `Principal` of nobody is no statement. */
export function removalOf({ path, text }: PrincipalItem, { object, path: base }: Statement): Fix[] {
  const list = object && resolvePath(object, path.slice(base.length, -1))?.node;
  if (list?.type !== 'array' || list.elements.length < 2) return [];
  return [{ title: `remove \`${text}\``, safe: false, edits: [{ op: 'remove', path }] }];
}
