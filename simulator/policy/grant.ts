import { type JsonNode, type JsonObject, memberOf, valueOf } from '../json/node.ts';
import type { Path } from '../json/place.ts';
import type { Item } from './document.ts';

/**
 * Grants as their members, each with the path of where it stands: the input of CreateGrant, the output of ListGrants, or
 * a list of either. Reading never fails.
 */
export interface GrantDocument {
  readonly root: JsonNode;
  readonly grants: readonly Grant[];
}

export interface Grant {
  /** The root where the document is one grant. */
  readonly path: Path;
  readonly object: JsonObject;
  readonly keyId: Item | undefined;
  readonly name: Item | undefined;
  readonly grantee: GrantPrincipal | undefined;
  readonly retiring: GrantPrincipal | undefined;
  readonly operations: readonly Item[];
  readonly context: ContextConstraint | undefined;
  readonly sourceArn: Item | undefined;
}

export interface GrantPrincipal extends Item {
  /** `service` for the members that name a service principal. */
  readonly type: 'aws' | 'service';
}

export interface ContextConstraint {
  /** `EncryptionContextSubset`: the request may have further pairs. */
  readonly name: 'EncryptionContextSubset' | 'EncryptionContextEquals';
  readonly path: Path;
  readonly pairs: readonly (Item & { readonly key: string })[];
}

/** Reads the grants of a document from its tree. */
export function readGrants(root: JsonNode): GrantDocument {
  return { root, grants: grantsIn(root, []) };
}

function grantsIn(node: JsonNode, path: Path): Grant[] {
  if (node.type === 'array') return node.elements.flatMap((element, index) => grantsIn(element, [...path, index]));
  if (node.type !== 'object') return [];
  const list = valueOf(node, 'Grants');
  if (list?.type === 'array') return grantsIn(list, [...path, 'Grants']);
  return [readGrant(node, path)];
}

function readGrant(object: JsonObject, path: Path): Grant {
  const constraints = valueOf(object, 'Constraints');
  const at = [...path, 'Constraints'];
  return {
    path,
    object,
    keyId: text(object, 'KeyId', path),
    name: text(object, 'Name', path),
    grantee: principal(object, 'Grantee', path),
    retiring: principal(object, 'Retiring', path),
    operations: texts(valueOf(object, 'Operations'), [...path, 'Operations']),
    context: constraints?.type === 'object' ? contextConstraint(constraints, at) : undefined,
    sourceArn: constraints?.type === 'object' ? text(constraints, 'SourceArn', at) : undefined,
  };
}

function principal(object: JsonObject, role: 'Grantee' | 'Retiring', path: Path): GrantPrincipal | undefined {
  const aws = text(object, `${role}Principal`, path);
  if (aws) return { ...aws, type: 'aws' };
  const service = text(object, `${role}ServicePrincipal`, path);
  return service && { ...service, type: 'service' };
}

function contextConstraint(constraints: JsonObject, path: Path): ContextConstraint | undefined {
  for (const name of ['EncryptionContextSubset', 'EncryptionContextEquals'] as const) {
    const pairs = memberOf(constraints, name)?.value;
    if (pairs?.type !== 'object') continue;
    const at = [...path, name];
    return {
      name,
      path: at,
      pairs: pairs.members.flatMap(({ key, value }) =>
        value?.type === 'string' ? [{ key: key.value, text: value.value, path: [...at, key.value] }] : [],
      ),
    };
  }
  return undefined;
}

function text(object: JsonObject, name: string, path: Path): Item | undefined {
  const value = valueOf(object, name);
  return value?.type === 'string' ? { text: value.value, path: [...path, name] } : undefined;
}

function texts(node: JsonNode | undefined, path: Path): Item[] {
  if (node?.type !== 'array') return [];
  return node.elements.flatMap((element, index) =>
    element.type === 'string' ? [{ text: element.value, path: [...path, index] }] : [],
  );
}
