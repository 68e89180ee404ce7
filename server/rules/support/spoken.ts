import { actionNames, qualifiedName } from '../../../simulator/facts/actions.ts';
import type { PolicyDocument, Statement } from '../../../simulator/policy/document.ts';
import { perStatement } from '../../../simulator/policy/per-statement.ts';
import { expandAction, parseActionPattern } from '../../../simulator/policy/syntax/action.ts';
import { remembered } from '../../../simulator/text/remembered.ts';
import { perPolicy } from './per-policy.ts';

/** The actions of AWS KMS that a statement speaks of for sure, without `kms:`. */
export const spokenOf: (statement: Statement) => ReadonlySet<string> = perStatement(({ action }) => {
  if (!action) return NONE;
  return action.negated
    ? exceptedBy(JSON.stringify(action.items.map(({ text }) => text)))
    : listedIn(JSON.stringify(action.items.map(({ text }) => text)));
});

/** Whether it can be told which actions a statement speaks of, so that it hides none. */
export const isKnown: (statement: Statement) => boolean = perStatement(
  ({ readable, action }) => readable && (action?.items.every(({ pattern }) => pattern.kind === 'pattern') ?? false),
);

/** The statements of a policy that may allow something. */
export const allowingIn: (policy: PolicyDocument) => readonly Statement[] = perPolicy(({ statements }) =>
  statements.filter(({ effect }) => effect !== 'Deny'),
);

/** The actions of AWS KMS that they speak of; undefined where they may speak of others, too. */
export const allowedIn: (policy: PolicyDocument) => ReadonlySet<string> | undefined = perPolicy((policy) => {
  const allowing = allowingIn(policy);
  return allowing.every(isKnown) ? spokenOfBy(allowing) : undefined;
});

/** What at least one of the statements speaks of. */
export function spokenOfBy(statements: readonly Statement[]): ReadonlySet<string> {
  const all = new Set<string>();
  // Equal lists of actions share one set.
  for (const names of new Set(statements.map(spokenOf))) for (const name of names) all.add(name);
  return all;
}

const NONE: ReadonlySet<string> = new Set();
const ALL = actionNames.map(qualifiedName);
const nameOf = (action: string): string => action.slice('kms:'.length);

const listedIn = remembered((list): ReadonlySet<string> => {
  const patterns = (JSON.parse(list) as string[]).map(parseActionPattern);
  return new Set(patterns.flatMap((pattern) => expandAction(pattern, ALL)).map(nameOf));
});

/** Where one of the exceptions is not known, nothing is sure. */
const exceptedBy = remembered((list): ReadonlySet<string> => {
  if ((JSON.parse(list) as string[]).some((text) => parseActionPattern(text).kind === 'unknown')) return NONE;
  const excepted = listedIn(list);
  return new Set(actionNames.filter((name) => !excepted.has(name)));
});
