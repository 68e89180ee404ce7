import { type JsonNode, type JsonObject, valueOf } from '../json/node.ts';
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
  /** As ListGrants shows it, and so made and taken by AWS KMS; what is no such entry is the input of CreateGrant. */
  readonly listed: boolean;
  readonly keyId: Item | undefined;
  readonly name: Item | undefined;
  readonly grantee: GrantPrincipal | undefined;
  readonly retiring: GrantPrincipal | undefined;
  readonly operations: readonly Item[];
  /** The constraint on the encryption context; of two the first. */
  readonly context: ContextConstraint | undefined;
  /** Every constraint on the encryption context: CreateGrant speaks of one, but texts may have both. */
  readonly contexts: readonly ContextConstraint[];
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
  readonly object: JsonObject;
  /** Those whose value is a text. */
  readonly pairs: readonly (Item & { readonly key: string })[];
}

/** Reads the grants of a document from its tree. */
export function readGrants(root: JsonNode): GrantDocument {
  return { root, grants: grantsIn(root, [], false) };
}

function grantsIn(node: JsonNode, path: Path, listed: boolean): Grant[] {
  if (node.type === 'array')
    return node.elements.flatMap((element, index) => grantsIn(element, [...path, index], listed));
  if (node.type !== 'object') return [];
  const list = valueOf(node, 'Grants');
  if (list?.type === 'array') return grantsIn(list, [...path, 'Grants'], true);
  return [readGrant(node, path, listed)];
}

/** What only ListGrants shows. */
const LISTED_MEMBERS: readonly string[] = ['GrantId', 'CreationDate', 'IssuingAccount'];

function readGrant(object: JsonObject, path: Path, listed: boolean): Grant {
  const constraints = valueOf(object, 'Constraints');
  const at = [...path, 'Constraints'];
  const contexts = constraints?.type === 'object' ? contextConstraints(constraints, at) : [];
  return {
    path,
    object,
    listed: listed || object.members.some(({ key }) => LISTED_MEMBERS.includes(key.value)),
    keyId: text(object, 'KeyId', path),
    name: text(object, 'Name', path),
    grantee: principal(object, 'Grantee', path),
    retiring: principal(object, 'Retiring', path),
    operations: texts(valueOf(object, 'Operations'), [...path, 'Operations']),
    context: contexts[0],
    contexts,
    sourceArn: constraints?.type === 'object' ? text(constraints, 'SourceArn', at) : undefined,
  };
}

function principal(object: JsonObject, role: 'Grantee' | 'Retiring', path: Path): GrantPrincipal | undefined {
  const aws = text(object, `${role}Principal`, path);
  if (aws) return { ...aws, type: 'aws' };
  const service = text(object, `${role}ServicePrincipal`, path);
  return service && { ...service, type: 'service' };
}

function contextConstraints(constraints: JsonObject, path: Path): ContextConstraint[] {
  return (['EncryptionContextSubset', 'EncryptionContextEquals'] as const).flatMap((name) => {
    const object = valueOf(constraints, name);
    if (object?.type !== 'object') return [];
    const at = [...path, name];
    const pairs = object.members.flatMap(({ key, value }) =>
      value?.type === 'string' ? [{ key: key.value, text: value.value, path: [...at, key.value] }] : [],
    );
    return [{ name, path: at, object, pairs }];
  });
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
