import type { Caller } from '../access/caller.ts';
import { decide } from '../access/decide.ts';
import { defaultKeyPolicy, fullAwsAccess } from '../access/default-policies.ts';
import type { KeyDescription } from '../access/request.ts';
import { policySizeQuotas } from '../facts/quotas.ts';
import type { CompiledPolicy } from '../policy/compile.ts';
import type { PrincipalPattern } from '../policy/syntax/principal.ts';
import { KmsError } from './errors.ts';
import { type KeyPolicy, keyPolicyOf, readKeyPolicy } from './key-policy.ts';

/** What to do about somebody who does not exist; undefined where they do, or where nobody knows. */
export type Principals = (principal: PrincipalPattern) => string | undefined;

export interface PolicyQuestion {
  readonly caller: Caller;
  readonly key: KeyDescription;
  readonly bypassLockoutCheck: boolean;
  readonly principals: Principals;
}

/** Reads a policy that is to become a key's; throws what KMS answers to one that it does not take. */
export function acceptPolicy(text: string, question: PolicyQuestion): KeyPolicy {
  const size = Buffer.byteLength(text);
  if (size > MOST_BYTES)
    throw new KmsError(
      'LimitExceededException',
      '',
      `shorten the policy: it has ${size} bytes, and a key policy has ${MOST_BYTES} at most`,
    );
  const policy = readKeyPolicy(text, `the policy of key ${question.key.id ?? ''}`);
  if (!policy) throw malformed('', 'the policy has to be one JSON object');
  checkStatements(policy.compiled, question.principals);
  if (!question.bypassLockoutCheck && locksOut(policy.compiled, question))
    throw malformed(
      'The new key policy will not allow you to update the key policy in the future.',
      'allow the caller, or its account, `kms:PutKeyPolicy`',
    );
  return policy;
}

/** The policy of a new key: the one that is given, or the default. */
export function policyOfNewKey(text: string | undefined, question: PolicyQuestion): KeyPolicy {
  const { partition, account } = question.key;
  return text === undefined ? keyPolicyOf(defaultKeyPolicy(partition, account)) : acceptPolicy(text, question);
}

const MOST_BYTES = policySizeQuotas.find(({ policy }) => policy === 'key-policy')?.limit ?? 32_768;

function checkStatements({ policy }: CompiledPolicy, missing: Principals): void {
  if (policy.statements.length === 0) throw malformed('', 'the policy needs a `Statement`');
  for (const { readable, effect, principal, object } of policy.statements) {
    // A statement without an action or a resource is accepted, and says nothing.
    if (!object || effect === undefined || !principal)
      throw malformed('', 'each statement needs `Effect` and `Principal`');
    if (!readable && principal.items.length === 0) throw malformed('', 'mend the statement that cannot be read');
    for (const { text, pattern } of principal.items) {
      const remedy = NOBODY.has(pattern.kind)
        ? `name a user, a role, an account or a service in place of \`${text}\``
        : missing(pattern);
      if (remedy !== undefined)
        throw malformed('Policy contains a statement with one or more invalid principals.', remedy);
    }
  }
}

/** What no policy of a key may name. */
const NOBODY: ReadonlySet<string> = new Set(['group', 'partial-wildcard', 'malformed', 'every-service', 'unknown']);

/** Whether the caller could not change the policy again, were the rest of its policies to allow it. */
function locksOut(keyPolicy: CompiledPolicy, { caller, key }: PolicyQuestion): boolean {
  const request = { caller, action: 'PutKeyPolicy', key, region: key.region };
  return decide(request, { keyPolicy, identityPolicies: [fullAwsAccess] }).verdict === 'denied';
}

function malformed(message: string, remedy: string): KmsError {
  return new KmsError('MalformedPolicyDocumentException', message, remedy);
}
