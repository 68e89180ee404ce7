import { accountOf, type Caller } from '../access/caller.ts';
import type { Pairs } from '../access/grant/pairs.ts';
import type { Grant } from '../access/world.ts';
import { findGrantOperation, fitsKey } from '../facts/grant-operations.ts';
import { parsePrincipal } from '../policy/syntax/principal.ts';
import { invalid, KmsError } from './errors.ts';
import type { KmsKey } from './key.ts';
import type { Principals } from './policy-checks.ts';

/** What CreateGrant is asked for. */
export interface GrantRequest {
  readonly GranteePrincipal?: string | undefined;
  readonly GranteeServicePrincipal?: string | undefined;
  readonly RetiringPrincipal?: string | undefined;
  readonly RetiringServicePrincipal?: string | undefined;
  readonly Operations: readonly string[];
  readonly Constraints?: GrantConstraints | undefined;
}

interface GrantConstraints {
  readonly EncryptionContextEquals?: Pairs | undefined;
  readonly EncryptionContextSubset?: Pairs | undefined;
  readonly SourceArn?: string | undefined;
}

const MOST_PAIRS = 8;
const LONGEST_VALUE = 384;

/**
 * Throws what KMS answers to terms that no key takes.
 * Source: AWS KMS API Reference, CreateGrant and GrantConstraints; checked 2026-11.
 */
export function checkTerms(request: GrantRequest): void {
  const { GranteePrincipal, GranteeServicePrincipal, RetiringPrincipal, RetiringServicePrincipal } = request;
  if ((GranteePrincipal === undefined) === (GranteeServicePrincipal === undefined))
    throw invalid('', 'a grant has one grantee: give either `GranteePrincipal` or `GranteeServicePrincipal`');
  if (RetiringPrincipal !== undefined && RetiringServicePrincipal !== undefined)
    throw invalid('', 'give either `RetiringPrincipal` or `RetiringServicePrincipal`');
  if (request.Operations.length === 0) throw invalid('', 'a grant allows something: give at least one operation');
  const { EncryptionContextEquals, EncryptionContextSubset, SourceArn } = request.Constraints ?? {};
  if (EncryptionContextEquals && EncryptionContextSubset)
    throw invalid('', 'constrain the encryption context by `EncryptionContextEquals` or by `EncryptionContextSubset`');
  if (GranteeServicePrincipal !== undefined && SourceArn === undefined)
    throw invalid('', 'a grant to a service needs the constraint `SourceArn`');
  if (
    GranteeServicePrincipal !== undefined &&
    RetiringPrincipal === undefined &&
    RetiringServicePrincipal === undefined
  )
    throw invalid('', 'a grant to a service needs a `RetiringPrincipal` or a `RetiringServicePrincipal`');
  for (const pairs of [EncryptionContextEquals, EncryptionContextSubset]) if (pairs) checkLengths(pairs);
}

function checkLengths(pairs: Pairs): void {
  if (Object.keys(pairs).length > MOST_PAIRS)
    throw new KmsError('LimitExceededException', '', `a constraint has ${MOST_PAIRS} pairs at most`);
  if (Object.values(pairs).some((value) => value.length > LONGEST_VALUE))
    throw new KmsError('LimitExceededException', '', `a value in a constraint has ${LONGEST_VALUE} characters at most`);
}

/** Throws what KMS answers where the key cannot have such a grant. */
export function checkKey({ Operations, Constraints }: GrantRequest, { type, identity }: KmsKey): void {
  for (const name of Operations) {
    const operation = findGrantOperation(name);
    if (operation && !fitsKey(operation, type, identity.usage))
      throw invalid('', `leave out \`${name}\`: a key of spec ${identity.spec} for ${identity.usage} does not do it`);
  }
  const { EncryptionContextEquals, EncryptionContextSubset } = Constraints ?? {};
  if (type !== 'symmetric' && (EncryptionContextEquals ?? EncryptionContextSubset))
    throw invalid('', 'constrain the encryption context on symmetric encryption keys only; others take none');
}

/** Throws what KMS answers where somebody whom a request names is nobody. */
export function checkPrincipals(texts: readonly (string | undefined)[], missing: Principals): void {
  for (const text of texts) {
    if (text === undefined) continue;
    const pattern = parsePrincipal(text, 'AWS');
    const remedy =
      text.startsWith('arn:') && SOMEBODY.has(pattern.kind)
        ? missing(pattern)
        : `name an account, a user, a role or a session by its ARN in place of \`${text}\``;
    if (remedy !== undefined)
      throw new KmsError('InvalidArnException', `ARN does not refer to a valid principal: ${text}`, remedy);
  }
}

/** Services have members of their own; groups, organizations and everybody get no grants. */
const SOMEBODY: ReadonlySet<string> = new Set(['account', 'user', 'role', 'assumed-role', 'federated-user']);

/** The grant as decisions see it. @param owner the account of the key, which answers for services */
export function termsOf(request: GrantRequest, called: string, id: string, caller: Caller, owner: string): Grant {
  const { EncryptionContextEquals, EncryptionContextSubset, SourceArn } = request.Constraints ?? {};
  return {
    name: called,
    id,
    ...given('granteePrincipal', request.GranteePrincipal),
    ...given('granteeServicePrincipal', request.GranteeServicePrincipal),
    ...given('retiringPrincipal', request.RetiringPrincipal),
    ...given('retiringServicePrincipal', request.RetiringServicePrincipal),
    issuingAccount: accountOf(caller) ?? owner,
    operations: [...new Set(request.Operations)],
    ...given('encryptionContextEquals', EncryptionContextEquals),
    ...given('encryptionContextSubset', EncryptionContextSubset),
    ...given('sourceArn', SourceArn),
  };
}

function given<Name extends string, T>(name: Name, value: T | undefined): { readonly [Key in Name]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]?: T });
}

/** The same text for grants that say the same, in whatever order. */
export function canonicalTerms({ name: _, id: __, place: ___, ...terms }: Grant): string {
  const ordered = Object.entries({ ...terms, operations: [...terms.operations].sort() }).map(([member, value]) => [
    member,
    typeof value === 'object' && !Array.isArray(value) ? sorted(Object.entries(value)) : value,
  ]);
  return JSON.stringify(sorted(ordered));
}

function sorted(entries: readonly (readonly unknown[])[]): (readonly unknown[])[] {
  return [...entries].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
