import type { ArnProblemCode } from './arn.ts';
import type { IamPrincipal } from './arn-iam.ts';
import { findExpressions } from './placeholder.ts';
import { NO_PROBLEMS, problem, type SyntaxProblem, spanOf } from './problem.ts';

/** The member of a Principal element that holds the value; `*` for the bare string that stands in place of an object. */
export type PrincipalType = 'AWS' | 'Service' | 'Federated' | 'CanonicalUser' | '*';

export type PrincipalProblemCode =
  | ArnProblemCode
  | 'empty'
  /** Neither `*`, an ARN, twelve digits nor a unique id; or a bare string other than `*`. */
  | 'format'
  /** The value belongs under another member; the detail names it. */
  | 'wrong-type'
  /** A wildcard for part of a principal: only a lone `*` is one. */
  | 'wildcard'
  /** `Service: "*"`. */
  | 'service-wildcard'
  | 'service-suffix'
  | 'service-shape'
  | 'service-capitals'
  /** Principals take no policy variables. */
  | 'variable'
  /** An ARN of IAM or STS, yet of something that never calls: a policy, an instance profile. */
  | 'not-a-principal'
  | 'group'
  /** A session as an ARN of IAM: sessions belong to STS. */
  | 'session-in-iam'
  /** A role, user or root as an ARN of STS: they belong to IAM. */
  | 'identity-in-sts'
  | 'session-missing'
  /** A role's path in a session ARN: STS leaves it out, so nothing matches. */
  | 'session-path'
  | 'name-character'
  /** An access key id, which names no principal. */
  | 'access-key';

export interface PrincipalBase {
  readonly text: string;
  readonly type: PrincipalType;
  /** The twelve digits it belongs to; undefined for services, everyone and what cannot be read. */
  readonly account: string | undefined;
  readonly problems: readonly SyntaxProblem<PrincipalProblemCode>[];
}

export interface PrincipalOfAccount extends PrincipalBase {
  readonly account: string;
}

/** What a value of a Principal or NotPrincipal element names (IAM user guide, "Principal"). */
export type PrincipalPattern =
  | (PrincipalBase & { readonly kind: 'everyone' })
  /** The whole account, its root user included; it hands the decision to the account's identity policies. */
  | (PrincipalOfAccount & {
      readonly kind: 'account';
      readonly written: 'root-arn' | 'digits';
      readonly partition: string | undefined;
    })
  | (PrincipalOfAccount & Named & { readonly kind: 'user' })
  /**
   * A role stands for all its sessions. The ARN of a session drops the role's path: `role/a/b/app` becomes
   * `assumed-role/app/session`. Names of roles are unique in an account, so a session belongs to the role of the same
   * account and name, whatever the path.
   */
  | (PrincipalOfAccount & Named & { readonly kind: 'role'; readonly origin: IamPrincipal['origin'] })
  /** One session of a role; `name` is the role's. */
  | (PrincipalOfAccount & {
      readonly kind: 'assumed-role';
      readonly partition: string;
      readonly name: string;
      readonly sessionName: string;
    })
  | (PrincipalOfAccount & { readonly kind: 'federated-user'; readonly partition: string; readonly name: string })
  /** `name` is the whole service principal, `service` its service alone. */
  | (PrincipalBase & {
      readonly kind: 'service';
      readonly name: string;
      readonly service: string;
      readonly region: string | undefined;
    })
  | (PrincipalBase & { readonly kind: 'every-service' })
  /**
   * What AWS shows for a user or role that was deleted: it matches nobody who is there now. `names` is undefined for
   * prefixes that AWS does not publish.
   */
  | (PrincipalBase & {
      readonly kind: 'unique-id';
      readonly prefix: string;
      readonly id: string;
      readonly names: 'user' | 'role' | 'group' | 'other' | undefined;
    })
  | (PrincipalBase & { readonly kind: 'federated'; readonly provider: 'saml' | 'oidc' })
  | (PrincipalBase & { readonly kind: 'canonical-user'; readonly id: string })
  | (PrincipalOfAccount & Named & { readonly kind: 'group' })
  | (PrincipalBase & { readonly kind: 'partial-wildcard' })
  /** Placeholders; `shape` is what it will be once they are filled in, where that can be told. */
  | (PrincipalBase & { readonly kind: 'unknown'; readonly shape: UnknownShape | undefined })
  | (PrincipalBase & { readonly kind: 'malformed' });

export type UnknownShape =
  | 'account'
  | 'user'
  | 'role'
  | 'assumed-role'
  | 'federated-user'
  | 'group'
  | 'service'
  | 'federated';

interface Named {
  readonly partition: string;
  readonly name: string;
  /** Starts and ends with `/`. */
  readonly path: string;
}

export type PrincipalProblem = SyntaxProblem<PrincipalProblemCode>;

export function malformed(base: PrincipalBase, ...problems: readonly PrincipalProblem[]): PrincipalPattern {
  return { ...base, kind: 'malformed', problems };
}

/** @param right the member of the Principal element under which the value belongs */
export function wrongType(base: PrincipalBase, right: string): PrincipalPattern {
  return malformed(base, problem('wrong-type', spanOf(base.text), { detail: right }));
}

export function partialWildcard(base: PrincipalBase): PrincipalPattern {
  return { ...base, kind: 'partial-wildcard', problems: wildcardProblems(base.text) };
}

/** The first wildcard outside template expressions, if any. */
export function wildcardProblems(text: string): readonly PrincipalProblem[] {
  const expressions = findExpressions(text);
  for (const { index } of text.matchAll(/[*?]/g)) {
    if (expressions.some(({ start, end }) => start <= index && index < end)) continue;
    return [problem('wildcard', { start: index, end: index + 1 })];
  }
  return NO_PROBLEMS;
}
