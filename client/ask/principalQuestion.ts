import type { AccessOptions, PrincipalOption } from '../../server/protocol.ts';
import { readPrincipal } from './principals.ts';
import { type Choice, inGroups, type Question, withTyped } from './question.ts';
import type { Frame } from './walk.ts';

/**
 * “Who asks?”: the principals that are offered, and any other that is typed.
 *
 * @param first choices that stand above the principals
 */
export function principalQuestion<T>(
  frame: Frame,
  options: AccessOptions,
  offered: readonly PrincipalOption[],
  first: readonly Choice<T>[],
  toValue: (principal: string) => T,
): Question<T> {
  // A shorthand such as `role/App` is clear only where one account is.
  const account = options.keyAccounts.length === 1 ? options.keyAccounts[0] : undefined;
  const named = inGroups(offered, ({ principal, description }) => ({
    kind: 'pick',
    label: principal,
    description,
    value: toValue(principal),
  }));
  return {
    ...frame,
    placeholder: 'who asks? choose a principal or type an ARN, 12 digits or `root`',
    choices: (typed) => withTyped([...first, ...named], typed, (text) => readPrincipal(text, account), toValue),
  };
}
