import { actionNames } from '../../../simulator/facts/actions.ts';
import type { ActionPattern } from '../../../simulator/policy/syntax/action.ts';
import { nearest } from '../../../simulator/text/nearest.ts';

export interface MeantAction {
  /** Without `kms:`. */
  readonly name: string;
  /** One slip of the keyboard away, and nothing else is: nobody needs to be asked. */
  readonly sure: boolean;
}

/** Whether it is `kms:ReEncrypt`, the operation that people take for a permission. */
export function isReencrypt({ kind, service, name }: ActionPattern): boolean {
  return kind === 'pattern' && service === 'kms' && name.toLowerCase() === OPERATION.toLowerCase();
}

/** The actions that a name was probably meant to be, likeliest first; several where it cannot be told. */
export function actionsMeant(name: string): MeantAction[] {
  const told = SPOKEN_OF.get(name.toLowerCase());
  if (told) return [{ name: told, sure: false }];
  const near = [...new Set([nearest(name, known), nearest(name, reversed)])].filter((each) => each !== undefined);
  const [only, ...others] = near;
  if (only && others.length === 0 && isSlip(name, only)) return [{ name: permission(only), sure: true }];
  const found = [withWordsBetween(name), ...near].filter((each) => each !== undefined);
  return [...new Set(found)].slice(0, 2).map((each) => ({ name: permission(each), sure: false }));
}

const OPERATION = 'ReEncrypt';
const known = [...actionNames, OPERATION];
const reversed = known.toReversed();

/** What people say who think of an action that has another name. */
const SPOKEN_OF: ReadonlyMap<string, string> = new Map([
  ['getkey', 'DescribeKey'],
  ['tagkey', 'TagResource'],
  ['untagkey', 'UntagResource'],
]);

function permission(name: string): string {
  return name === OPERATION ? `${OPERATION}*` : name;
}

/** `GenerateKey` → `GenerateDataKey`: the shortest action with the same words and more between the first and the last. */
function withWordsBetween(name: string): string | undefined {
  const words = wordsOf(name);
  if (words.length < 2) return undefined;
  const fits = (action: string): boolean => {
    const all = wordsOf(action);
    let at = 0;
    for (const word of all) if (word === words[at]) at++;
    return at === words.length && all[0] === words[0] && all.at(-1) === words.at(-1);
  };
  return actionNames.filter(fits).sort((a, b) => a.length - b.length)[0];
}

function wordsOf(name: string): string[] {
  return name.match(/[A-Z][a-z]*/g) ?? [];
}

/** Whether one letter is wrong, missing or too many, or two neighbours are swapped; capitals and spaces do not count. */
export function isSlip(written: string, meant: string): boolean {
  const a = written.replaceAll(/\s/g, '').toLowerCase();
  const b = meant.toLowerCase();
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const [restA, restB] = [a.slice(same), b.slice(same)];
  return (
    restA === restB ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    restA.slice(1) === restB.slice(1) ||
    (restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0])
  );
}
