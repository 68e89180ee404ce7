import { type Path, toPointer } from '../../simulator/json/place.ts';
import type { PolicyDocument, Statement } from '../../simulator/policy/document.ts';
import type { SourceDocument } from './source.ts';

/** The statement that a path leads to or into. */
export function statementAt({ policy }: SourceDocument, path: Path): Statement | undefined {
  if (!policy) return undefined;
  const byPath = indexOf(policy.policy);
  // `Statement` holds a list, or a lone statement.
  const { length } = policy.base;
  return byPath.get(toPointer(path.slice(0, length + 2))) ?? byPath.get(toPointer(path.slice(0, length + 1)));
}

const indexes = new WeakMap<PolicyDocument, ReadonlyMap<string, Statement>>();

function indexOf(policy: PolicyDocument): ReadonlyMap<string, Statement> {
  const known = indexes.get(policy);
  if (known) return known;
  const index = new Map(policy.statements.map((statement) => [toPointer(statement.path), statement]));
  indexes.set(policy, index);
  return index;
}
