import type { Assumption } from './decision.ts';

/**
 * Every point at which AWS documents nothing, or contradicts itself, and what is taken instead. A decision lists those
 * that took part in it; docs/decision.md explains them all.
 */
export const assumptions = {
  'resource-tags-in-key-policy':
    'conditions on the key’s tags and aliases are taken as absent in a key policy: AWS documents them for IAM policies only',
  'not-principal-levels':
    'NotPrincipal lists the caller only in part (account, role and session all count), and AWS says such a caller might be denied: taken as denied',
  'federated-user-maker':
    'which user made the federated session is not stated: taken as none of the users that the policy names',
  'service-linked-role-by-name':
    'the session’s role is taken as service-linked because its name begins with AWSServiceRoleFor; the path that would prove it is not in a session’s ARN',
  'root-user-across-accounts':
    'the root user of another account is taken to need no identity policy there, as in its own account',
  'grant-and-boundary':
    'a grant is limited by a permissions boundary and session policies as a key policy statement for the same principal is: for a role they must allow, for a user or one session not',
  'grant-across-accounts':
    'a grant that names a principal of another account is taken to need no identity policy there',
  'grant-context-key-case':
    'the names in the grant’s encryption context differ from the request’s only in capitals: the API reference says that they match, the developer guide that they do not; taken as a match',
  'grant-source-arn-pattern': 'wildcards in the SourceArn of a grant are taken as wildcards',
  'retire-which-grant':
    'the request does not say which of the grants it retires: taken as one that the caller may retire',
  'several-values-without-set-operator':
    'a condition key with several values is compared without ForAllValues or ForAnyValue: taken as not holding',
  'empty-value-in-set': 'an empty value counts as no value for ForAllValues and ForAnyValue',
  'bool-variable':
    'AWS’s pages disagree on variables in Bool conditions: taken as plain text, so that the condition does not hold',
  'variable-wildcard': 'wildcards inside the value of a policy variable are taken as plain characters',
  'newline-in-wildcard': '`*` is taken to run over line ends',
  'operator-capitals': 'a condition operator in other capitals than AWS writes is read as the one that is meant',
  'deletion-window-default':
    'kms:ScheduleKeyDeletionPendingWindowInDays is taken as present with the default, 30, when the request leaves it out',
  'rotation-period-default':
    'kms:RotationPeriodInDays is taken as present with the default, 365, when the request leaves it out',
  'encryption-context-keys-absent':
    'kms:EncryptionContextKeys is taken as absent, not as empty, without an encryption context',
  'newer-action-keys':
    'AWS does not list the condition keys of Encapsulate and Decapsulate yet: taken as those of other asymmetric operations',
  'rcp-without-key': 'resource control policies are taken to have no say in actions that concern no key or alias',
} as const satisfies Readonly<Record<string, string>>;

export type AssumptionId = keyof typeof assumptions;

const made = new Map<AssumptionId, Assumption>();

export function assumption(id: AssumptionId): Assumption {
  let found = made.get(id);
  if (!found) {
    found = { id, text: assumptions[id] };
    made.set(id, found);
  }
  return found;
}
