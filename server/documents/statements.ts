import { type Path, toPointer } from '../../simulator/json/place.ts';
import type { PolicyDocument, Statement } from '../../simulator/policy/document.ts';
import type { PolicySource, SourceDocument } from './source.ts';

/** The statement that a path leads to or into. */
export function statementAt(document: SourceDocument, path: Path): Statement | undefined {
  const source = policyAt(document, path);
  if (!source) return undefined;
  const byPath = indexOf(source.policy);
  // `Statement` holds a list, or a lone statement.
  const { length } = source.base;
  return byPath.get(toPointer(path.slice(0, length + 2))) ?? byPath.get(toPointer(path.slice(0, length + 1)));
}

/** The policy that a path leads to or into. */
export function policyAt(document: SourceDocument, path: Path): PolicySource | undefined {
  const { policies } = document;
  const [only] = policies;
  // A document that is no scenario has one at most.
  if (only && !only.use) return isPrefix(only.base, path) ? only : undefined;
  const byBase = bases.get(document) ?? new Map(policies.map((source) => [toPointer(source.base), source]));
  bases.set(document, byBase);
  for (let length = path.length; 0 < length; length--) {
    const found = byBase.get(toPointer(path.slice(0, length)));
    if (found) return found;
  }
  return undefined;
}

const bases = new WeakMap<SourceDocument, ReadonlyMap<string, PolicySource>>();

const isPrefix = (base: Path, path: Path): boolean => base.every((step, index) => path[index] === step);

const indexes = new WeakMap<PolicyDocument, ReadonlyMap<string, Statement>>();

function indexOf(policy: PolicyDocument): ReadonlyMap<string, Statement> {
  const known = indexes.get(policy);
  if (known) return known;
  const index = new Map(policy.statements.map((statement) => [toPointer(statement.path), statement]));
  indexes.set(policy, index);
  return index;
}
