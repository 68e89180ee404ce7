import type { PolicyDocument } from '../../../simulator/policy/document.ts';

import { perPolicy } from './per-policy.ts';

/** Stands where only a person can tell the account: AWS rejects it, so it cannot slip through unnoticed. */
export const ACCOUNT_PLACEHOLDER = '<account-id>';

/** An account and the ARN that stands for all of it. */
export interface Account {
  readonly id: string;
  readonly root: string;
}

/**
 * The account that a policy is most likely at home in: the first that it names as a whole, else the first whose users
 * or roles it names; a placeholder where it names none.
 */
export function likelyAccount(policy: PolicyDocument | undefined): Account {
  if (!policy) return { id: ACCOUNT_PLACEHOLDER, root: rootArn(ACCOUNT_PLACEHOLDER, 'aws') };
  return accountOf(policy);
}

const accountOf = perPolicy(({ statements }): Account => {
  const patterns = statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ principal }) => (principal && !principal.negated ? principal.items : []))
    .map(({ pattern }) => pattern);
  const whole = patterns.find(({ kind }) => kind === 'account')?.account;
  const part = patterns.find(({ account }) => account !== undefined)?.account;
  const partitions = patterns.map((pattern) => ('partition' in pattern ? pattern.partition : undefined));
  const id = whole ?? part ?? ACCOUNT_PLACEHOLDER;
  return { id, root: rootArn(id, partitions.find((partition) => partition !== undefined) ?? 'aws') };
});

/** What a principal or a condition has to say to mean a whole account. */
export function rootArn(account: string, partition: string): string {
  return `arn:${partition}:iam::${account}:root`;
}
