import { remembered } from '../../text/remembered.ts';
import { hasWildcard, isAccountId, parseArn } from './arn.ts';
import { findExpressions, hasPlaceholder, isPlaceholderSegment, standsForArn } from './placeholder.ts';
import { arnPrincipal } from './principal-arn.ts';
import {
  malformed,
  type PrincipalBase,
  type PrincipalPattern,
  type PrincipalProblem,
  type PrincipalType,
  partialWildcard,
  wrongType,
} from './principal-pattern.ts';
import { NO_PROBLEMS, problem, spanOf } from './problem.ts';
import { readServicePrincipal } from './service-principal.ts';

export type { PrincipalPattern, PrincipalProblemCode, PrincipalType } from './principal-pattern.ts';

/** Reads one value of a Principal element. */
export function parsePrincipal(text: string, type: PrincipalType): PrincipalPattern {
  return READERS[type](text);
}

function read(text: string, type: PrincipalType): PrincipalPattern {
  const base: PrincipalBase = { text, type, account: undefined, problems: NO_PROBLEMS };
  if (text === '') return malformed(base, problem('empty', spanOf(text)));
  if (text === '*' && (type === 'AWS' || type === '*')) return { ...base, kind: 'everyone' };
  if (type === '*' && !hasPlaceholder(text)) return malformed(base, problem('format', spanOf(text)));
  const variable = findExpressions(text).find((each) => each.kind === 'variable');
  if (variable !== undefined && !hasPlaceholder(text)) return malformed(base, problem('variable', variable));
  switch (type) {
    case '*':
      return { ...base, kind: 'unknown', shape: undefined };
    case 'AWS':
      return awsPrincipal(base);
    case 'Service':
      return servicePrincipal(base);
    case 'Federated':
      return federatedPrincipal(base);
    case 'CanonicalUser':
      return canonicalUser(base);
  }
}

const READERS: Readonly<Record<PrincipalType, (text: string) => PrincipalPattern>> = {
  '*': remembered((text) => read(text, '*')),
  AWS: remembered((text) => read(text, 'AWS')),
  Service: remembered((text) => read(text, 'Service')),
  Federated: remembered((text) => read(text, 'Federated')),
  CanonicalUser: remembered((text) => read(text, 'CanonicalUser')),
};

function awsPrincipal(base: PrincipalBase): PrincipalPattern {
  const { text } = base;
  if (/^arn:/i.test(text) || /^\s*arn:/.test(text)) return arnPrincipal(base, parseArn(text));
  if (hasPlaceholder(text) || standsForArn(text)) return { ...base, kind: 'unknown', shape: undefined };
  if (hasWildcard(text)) return partialWildcard(base);
  if (isAccountId(text)) return { ...base, kind: 'account', account: text, written: 'digits', partition: undefined };
  if (/^A(?:KIA|SIA)[A-Z0-9]{12,}$/.test(text)) return malformed(base, problem('access-key', spanOf(text)));
  const unique = /^(A[A-Z]{3})[A-Z0-9]{12,124}$/.exec(text);
  if (unique !== null) {
    const prefix = unique[1] ?? '';
    return { ...base, kind: 'unique-id', prefix, id: text, names: UNIQUE_ID_PREFIXES.get(prefix) };
  }
  if (/^[0-9a-f]{64}$/.test(text)) return wrongType(base, 'CanonicalUser');
  if (readServicePrincipal(text).kind === 'service') return wrongType(base, 'Service');
  if (/^[0-9][0-9 -]*$/.test(text)) {
    const digits = text.replace(/[ -]/g, '');
    return malformed(base, problem('account-shape', spanOf(text), isAccountId(digits) ? { suggestion: digits } : {}));
  }
  if (/account/i.test(text) && isPlaceholderSegment(text, 'account'))
    return { ...base, kind: 'unknown', shape: 'account' };
  return malformed(base, problem('format', spanOf(text)));
}

const UNIQUE_ID_PREFIXES: ReadonlyMap<string, 'user' | 'role' | 'group' | 'other'> = new Map([
  ['AIDA', 'user'],
  ['AROA', 'role'],
  ['AGPA', 'group'],
  ['AIPA', 'other'],
  ['ANPA', 'other'],
  ['ANVA', 'other'],
  ['APKA', 'other'],
  ['ASCA', 'other'],
]);

function servicePrincipal(base: PrincipalBase): PrincipalPattern {
  const { text } = base;
  if (text === '*') {
    return { ...base, kind: 'every-service', problems: [problem('service-wildcard', spanOf(text))] };
  }
  if (text.startsWith('arn:') || isAccountId(text)) return wrongType(base, 'AWS');
  const read = readServicePrincipal(text);
  if (read.kind === 'unknown') return { ...base, kind: 'unknown', shape: 'service' };
  if (hasWildcard(text)) return partialWildcard(base);
  if (read.kind === 'malformed') {
    const code = read.fault === 'suffix' ? 'service-suffix' : 'service-shape';
    const { suggestion } = read;
    return malformed(base, problem(code, spanOf(text), suggestion === undefined ? {} : { suggestion }));
  }
  const lower = text.toLowerCase();
  const problems: readonly PrincipalProblem[] =
    lower === text ? NO_PROBLEMS : [problem('service-capitals', spanOf(text), { suggestion: lower })];
  return { ...base, kind: 'service', name: text, service: read.service, region: read.region, problems };
}

function federatedPrincipal(base: PrincipalBase): PrincipalPattern {
  const { text } = base;
  const arn = parseArn(text);
  if (arn.kind === 'unknown' || arn.unknown.length !== 0) return { ...base, kind: 'unknown', shape: 'federated' };
  if (hasWildcard(text)) return partialWildcard(base);
  if (arn.kind === 'arn') {
    const account = isAccountId(arn.account) ? arn.account : undefined;
    if (arn.problems.length !== 0) return { ...base, kind: 'malformed', account, problems: arn.problems };
    const provider = /^(saml|oidc)-provider\/./.exec(arn.resource)?.[1];
    if (arn.service !== 'iam' || provider === undefined) return wrongType({ ...base, account }, 'AWS');
    return { ...base, kind: 'federated', account, provider: provider === 'saml' ? 'saml' : 'oidc' };
  }
  // The identity providers that AWS knows by themselves are host names.
  if (/^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/\S*)?$/i.test(text)) return { ...base, kind: 'federated', provider: 'oidc' };
  return malformed(base, problem('format', spanOf(text)));
}

function canonicalUser(base: PrincipalBase): PrincipalPattern {
  const { text } = base;
  if (/^[0-9a-f]{64}$/i.test(text)) return { ...base, kind: 'canonical-user', id: text.toLowerCase() };
  if (hasPlaceholder(text)) return { ...base, kind: 'unknown', shape: undefined };
  if (hasWildcard(text)) return partialWildcard(base);
  return malformed(base, problem('format', spanOf(text)));
}
