import type { PolicyDocument } from '../../../simulator/policy/document.ts';

import { perStatement } from '../../../simulator/policy/per-statement.ts';
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
  let id: string | undefined;
  let part: string | undefined;
  let partition: string | undefined;
  for (const hints of statements.map(hintsOf)) {
    id ??= hints.whole;
    part ??= hints.part;
    partition ??= hints.partition;
  }
  id ??= part ?? ACCOUNT_PLACEHOLDER;
  return { id, root: rootArn(id, partition ?? 'aws') };
});

/** What the principals of a statement tell of the account: the first that is named as a whole, or in part. */
const hintsOf = perStatement(({ effect, principal }) => {
  const items = effect === 'Allow' && principal && !principal.negated ? principal.items : [];
  const patterns = items.map(({ pattern }) => pattern);
  const partitions = patterns.map((pattern) => ('partition' in pattern ? pattern.partition : undefined));
  return {
    whole: patterns.find(({ kind }) => kind === 'account')?.account,
    part: patterns.find(({ account }) => account !== undefined)?.account,
    partition: partitions.find((partition) => partition !== undefined),
  };
});

/** What a principal or a condition has to say to mean a whole account. */
export function rootArn(account: string, partition: string): string {
  return `arn:${partition}:iam::${account}:root`;
}
