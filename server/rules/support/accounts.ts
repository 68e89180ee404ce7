import type { PolicyDocument } from '../../../simulator/policy/document.ts';

/** Stands where only a person can tell the account: AWS rejects it, so it cannot slip through unnoticed. */
export const ACCOUNT_PLACEHOLDER = '<account-id>';

/**
 * The account that a policy is most likely at home in: the first that it names as a whole, else the first whose users
 * or roles it names; a placeholder where it names none.
 */
export function likelyAccount(policy: PolicyDocument | undefined): string {
  const principals = (policy?.statements ?? [])
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ principal }) => (principal && !principal.negated ? principal.items : []));
  const whole = principals.find(({ pattern }) => pattern.kind === 'account')?.pattern.account;
  const part = principals.find(({ pattern }) => pattern.account !== undefined)?.pattern.account;
  return whole ?? part ?? ACCOUNT_PLACEHOLDER;
}

export function rootArn(account: string): string {
  return `arn:aws:iam::${account}:root`;
}
