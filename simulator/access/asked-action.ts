import { findAction, qualifiedName } from '../facts/actions.ts';
import { operationsOf } from '../facts/operations.ts';

/** What follows from the action of a request, whatever else it brings. */
export interface AskedAction {
  /** `kms:Decrypt`: the same string each time, which compares fast. */
  readonly qualified: string;
  /** Whether it is decided on keys. Of actions that nobody knows this is assumed. */
  readonly onKeys: boolean;
  /** Whether it may concern no resource at all. */
  readonly onNothing: boolean;
  /** Whether the operations that need it do not work on the keys of other accounts. */
  readonly ownAccountOnly: boolean;
}

const asked = new Map<string, AskedAction>();
/** One action is asked about often in a row. */
let lastName: string | undefined;
let last: AskedAction | undefined;

/** `name` without `kms:`. */
export function askedAction(name: string): AskedAction {
  if (last && name === lastName) return last;
  let found = asked.get(name);
  if (!found) {
    found = lookUp(name);
    if (MOST_NAMES <= asked.size) asked.clear();
    asked.set(name, found);
  }
  lastName = name;
  last = found;
  return found;
}

/** There are far fewer actions; the rest are names that somebody mistyped. */
const MOST_NAMES = 1000;

function lookUp(name: string): AskedAction {
  const resources = findAction(name)?.resources;
  const operations = operationsOf(name);
  return {
    qualified: qualifiedName(name),
    onKeys: resources?.includes('key') ?? true,
    onNothing: resources?.includes('none') ?? false,
    ownAccountOnly: operations.length > 0 && operations.every(({ crossAccount }) => crossAccount === 'no'),
  };
}
