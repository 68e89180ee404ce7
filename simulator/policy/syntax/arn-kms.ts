import { type Arn, hasWildcard } from './arn.ts';
import { compileGlob } from './glob.ts';
import { globsOverlap } from './glob-relation.ts';
import { findExpressions, widenPlaceholders } from './placeholder.ts';

/** What the resource segment of a KMS ARN stands for. */
export type KmsResource =
  | {
      readonly type: 'key';
      readonly id: string;
      /** Ids of multi-Region keys start with `mrk-`; they are the same in every Region. */
      readonly multiRegion: boolean;
      /** `other`: not an id that KMS gives out. */
      readonly shape: 'uuid' | 'multi-region' | 'other';
    }
  | {
      readonly type: 'alias';
      /** With its `alias/`, as conditions on `kms:RequestAlias` see it. */
      readonly name: string;
      /** `alias/aws/…`: AWS's own, which customers can neither create nor change. */
      readonly awsManaged: boolean;
    }
  /** Wildcards or policy variables: which resources it can match at all. */
  | { readonly type: 'pattern'; readonly keys: boolean; readonly aliases: boolean }
  /** A placeholder: which resources it may come to stand for. */
  | { readonly type: 'unknown'; readonly keys: boolean; readonly aliases: boolean }
  /** Neither a key nor an alias; KMS has no other resources in its ARNs. */
  | { readonly type: 'other' };

/** Reads the resource of an ARN of KMS; undefined for ARNs of other services and for what is no ARN. */
export function kmsResource(arn: Arn): KmsResource | undefined {
  if (arn.kind !== 'arn' || arn.service.toLowerCase() !== 'kms') return undefined;
  const { resource } = arn;
  if (arn.unknown.includes('resource')) {
    const widened = widenPlaceholders(resource);
    // A word such as `key/key-id` holds no expression, but its last part is one all the same.
    return { type: 'unknown', ...reach(widened === resource ? resource.replace(/\/.*$/s, '/*') : widened) };
  }
  if (hasWildcard(resource)) return { type: 'pattern', ...reach(widenVariables(resource)) };
  if (findExpressions(resource).length !== 0) return { type: 'pattern', ...reach(widenVariables(resource)) };
  if (resource.startsWith('key/')) return key(resource.slice('key/'.length));
  if (!resource.startsWith('alias/') || resource === 'alias/') return { type: 'other' };
  return { type: 'alias', name: resource, awsManaged: resource.startsWith('alias/aws/') };
}

/** Whether a text is a key id as KMS gives them out, without any ARN around it. */
export function isKeyId(text: string): boolean {
  return keyShape(text) !== 'other';
}

const KEYS = compileGlob('key/?*');
const ALIASES = compileGlob('alias/?*');

function reach(pattern: string): { keys: boolean; aliases: boolean } {
  const glob = compileGlob(pattern);
  return { keys: globsOverlap(glob, KEYS), aliases: globsOverlap(glob, ALIASES) };
}

function widenVariables(resource: string): string {
  let widened = resource;
  for (const { start, end } of findExpressions(resource).toReversed()) {
    widened = `${widened.slice(0, start)}*${widened.slice(end)}`;
  }
  return widened;
}

function key(id: string): KmsResource {
  if (id === '') return { type: 'other' };
  return { type: 'key', id, multiRegion: id.startsWith('mrk-'), shape: keyShape(id) };
}

function keyShape(id: string): 'uuid' | 'multi-region' | 'other' {
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return 'uuid';
  return /^mrk-[0-9a-f]{32}$/.test(id) ? 'multi-region' : 'other';
}
