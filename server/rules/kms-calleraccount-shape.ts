import type { ConditionValue } from '../../simulator/policy/document.ts';
import { isAccountId, parseArn } from '../../simulator/policy/syntax/arn.ts';
import { isPlaceholderSegment } from '../../simulator/policy/syntax/placeholder.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { withValue } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { comparesText, effectOfDeadValue, plainValues, takesWildcards } from './support/kms-values.ts';
import { kmsConditionKeys } from './support/sources.ts';

export const kmsCalleraccountShape = rule({
  id: 'kms-calleraccount-shape',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a value of `kms:CallerAccount` that is no account id',
  documentation: {
    what: 'A value of `kms:CallerAccount` other than the twelve digits of an account: an ARN, an id with hyphens, a digit too few.',
    why: "The key holds the id of the caller's account and nothing around it, so another text never matches.",
    spares: 'Wildcards under `StringLike`, names that stand for an account, and what a template fills in.',
    bad: keyPolicyWithCondition('"StringEquals": { "kms:CallerAccount": "arn:aws:iam::111122223333:root" }'),
    good: keyPolicyWithCondition('"StringEquals": { "kms:CallerAccount": "111122223333" }'),
    sources: [kmsConditionKeys],
  },
  check: {
    condition(condition, statement, { report }) {
      if (!comparesText(condition, 'kms:calleraccount')) return;
      const wild = takesWildcards(condition);
      for (const value of plainValues(condition)) {
        const { text, path } = value;
        if (isAccountId(text) || isPlaceholderSegment(text, 'account') || (wild && /[*?]/.test(text))) continue;
        const account = meantAccount(value);
        report({
          at: { path },
          message: `\`${text}\` is no account id, which has twelve digits`,
          why: `no request has this value, ${effectOfDeadValue(condition, statement)}`,
          next: account ? `write \`${account}\`` : 'write the twelve digits alone',
          fixes: account ? [withValue(path, account, true)] : [],
        });
      }
    },
  },
});

/** The account in an ARN or between hyphens; JSON numbers lose the zeros that an id begins with. */
function meantAccount({ text, type }: ConditionValue): string | undefined {
  const account = /^arn:/i.test(text) ? parseArn(text).account : text.replaceAll(/[\s-]/g, '');
  const digits = type === 'number' && /^\d{9,11}$/.test(account) ? account.padStart(12, '0') : account;
  return isAccountId(digits) ? digits : undefined;
}
