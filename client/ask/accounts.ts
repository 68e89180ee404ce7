import type { AccessOptions } from '../../server/protocol.ts';
import { wrongAccount } from './principals.ts';
import { type Choice, type Question, type Reading, withTyped } from './question.ts';
import type { Frame } from './walk.ts';

/** “Which account owns the key?”, asked where a document names none or several. */
export function accountQuestion<T>(
  frame: Frame,
  options: AccessOptions,
  principal: string,
  toValue: (account: string) => T,
): Question<T> {
  const caller = accountOf(principal);
  const offered = new Set([...options.keyAccounts, ...(caller === undefined ? [] : [caller])]);
  const choices = [...offered].map(
    (account): Choice<T> => ({
      kind: 'pick',
      label: account,
      description: account === caller ? 'the account of the principal' : 'named in the document',
      value: toValue(account),
    }),
  );
  return {
    ...frame,
    placeholder: 'which account owns the key? choose one or type its 12 digits',
    choices: (typed) => withTyped(choices, typed, readAccount, toValue),
  };
}

/** Whether the owner of the key has to be asked for. */
export function ownerIsOpen(options: AccessOptions): boolean {
  return options.keyAccounts.length !== 1;
}

/** Reads what a person types for an account. */
export function readAccount(text: string): Reading {
  if (/^\d{12}$/.test(text)) return { value: text, meaning: `the key belongs to ${text}` };
  return {
    problem: /^\d+$/.test(text) ? wrongAccount(text) : `\`${text}\` is not an account ID: it has 12 digits`,
  };
}

/** The account that an ARN or `root:…` names. */
export function accountOf(principal: string): string | undefined {
  return /^(?:arn:[^:]*:[^:]*:[^:]*:|root:)(\d{12})(?::|$)/.exec(principal)?.[1];
}
