import { type GrantDocument, readGrants } from '../../simulator/policy/grant.ts';
import type { SourceDocument } from './source.ts';

const kept = new WeakMap<SourceDocument, GrantDocument>();

/** The grants in a document, read once; undefined where it holds none. */
export function grantsOf(source: SourceDocument): GrantDocument | undefined {
  const { root } = source.parsed;
  if (source.kind.kind !== 'grant' || !root) return undefined;
  const grants = kept.get(source) ?? readGrants(root);
  kept.set(source, grants);
  return grants;
}
