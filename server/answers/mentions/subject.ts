import { hasWildcard } from '../../../simulator/policy/syntax/arn.ts';
import { compileArnPattern } from '../../../simulator/policy/syntax/arn-pattern.ts';
import { compileGlob } from '../../../simulator/policy/syntax/glob.ts';
import { findExpressions } from '../../../simulator/policy/syntax/placeholder.ts';
import { readServicePrincipal } from '../../../simulator/policy/syntax/service-principal.ts';
import { remembered } from '../../../simulator/text/remembered.ts';
import type { Span } from '../../documents/source.ts';

export type SubjectKind = 'principal' | 'key' | 'alias' | 'sid';

/** Something that documents name, whichever of its names they use. */
export interface Subject {
  readonly kind: SubjectKind;
  /** The same for every way to write it. */
  readonly id: string;
  /** Where it is at home, as far as the text says: partition, Region and account of a key, the policy of a `Sid`. */
  readonly home: string | undefined;
  /** What people call it: the shortest name that is its own. */
  readonly title: string;
  /** Which characters of the text are its name; undefined where it has none that somebody chose. */
  readonly name: Span | undefined;
  /** Why it cannot have another name: a sentence without its full stop. */
  readonly fixed?: string;
  /** What stands before its name in every text: the same name there is the same thing. */
  readonly path?: string;
}

/** A text that stands for whatever it matches: with wildcards, variables or placeholders. */
export interface Pattern {
  readonly text: string;
  matches(text: string): boolean;
}

const IAM = /^arn:([a-z0-9-]+):(iam|sts)::(\d{12}):(?:(root)|([a-z-]+)\/(.+))$/;
const KMS = /^arn:([a-z0-9-]+):kms:([a-z0-9-]+):(\d{12}):(key|alias)\/(.+)$/;
/** Whichever sessions are meant, they are those of one role. */
const SESSIONS = /^arn:[a-z0-9-]+:sts::\d{12}:assumed-role\/[\w+=,.@-]+\/./;
const KEY_ID = /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const ALIAS = /^alias\/[A-Za-z0-9/_-]+$/;

/** What a text stands for by itself, wherever it stands: an ARN, an alias, the id of a key. Undefined for patterns. */
export const subjectOf = remembered((text): Subject | undefined => {
  if (isOpen(text)) return SESSIONS.test(text) ? iamSubject(text) : undefined;
  return iamSubject(text) ?? kmsSubject(text);
});

/** The same where only principals stand: account IDs and services have a meaning there. */
export const principalOf = remembered((text): Subject | undefined => {
  if (isOpen(text)) return SESSIONS.test(text) ? iamSubject(text) : undefined;
  const service = text.replace(/^service:/, '').toLowerCase();
  if (readServicePrincipal(service).kind === 'service')
    return principal(`service ${service}`, service, undefined, {
      fixed: `\`${service}\` is the name of an AWS service`,
    });
  const account = /^\d{12}$/.exec(text)?.[0];
  return account === undefined ? iamSubject(text) : accountSubject(account);
});

/** The text as a pattern; undefined where it stands for one thing alone, or for none that could be named here. */
export const patternOf = remembered((text): Pattern | undefined => {
  if (!isOpen(text) || !/^(arn:|alias\/)/.test(text)) return undefined;
  // Which session of a role is meant says nothing of the role.
  const widened = widen(text).replace(/^(arn:[^:]*:sts::[^:]*:assumed-role\/[^/]*)\/.*$/, '$1/*');
  const matches = widened.startsWith('arn:') ? compileArnPattern(widened) : compileGlob(widened);
  return { text, matches: (each) => matches.matches(each) };
});

/** Whether two names of the same id can be one thing. Multi-Region keys have one id in many Regions. */
export function isSameHome(a: Subject, b: Subject): boolean {
  if (a.home === undefined || b.home === undefined || a.home === b.home) return true;
  return a.kind === 'key' && a.id.startsWith('key mrk-');
}

export const accountSubject = (account: string): Subject =>
  principal(`account ${account}`, account, undefined, { fixed: `AWS gave the account \`${account}\` its number` });

export function keySubject(id: string, home: string | undefined, title: string = id): Subject {
  return {
    kind: 'key',
    id: `key ${id}`,
    home,
    title,
    name: undefined,
    fixed: `AWS gave the key the id \`${id}\``,
  };
}

export const homeOf = (partition: string, region: string, account: string): string =>
  `${partition}:${region}:${account}`;

export function aliasSubject(alias: string, home: string | undefined, start = 0): Subject {
  const isAws = alias.startsWith('alias/aws/');
  return {
    kind: 'alias',
    id: alias,
    home,
    title: alias,
    name: isAws ? undefined : { start: start + 'alias/'.length, end: start + alias.length },
    ...(isAws ? { fixed: `\`${alias}\` is the alias of a key that AWS manages` } : {}),
  };
}

function iamSubject(text: string): Subject | undefined {
  const [, partition = '', service, account = '', root, type, rest = ''] = IAM.exec(text) ?? [];
  if (root !== undefined) return service === 'iam' ? accountSubject(account) : undefined;
  if (type === undefined) return undefined;
  const start = text.length - rest.length;
  const who = `${partition} ${account}`;
  switch (`${service} ${type}`) {
    case 'iam role':
    case 'iam user': {
      // Of names in an account each is there once, whatever its path.
      const slash = rest.lastIndexOf('/') + 1;
      const name = rest.slice(slash);
      if (name === '') return undefined;
      const path = rest.slice(0, slash);
      return principal(`${type} ${who} ${name}`, text, { start: start + slash, end: text.length }, { path });
    }
    case 'sts assumed-role': {
      const [role = '', session = ''] = rest.split('/');
      if (role === '' || session === '') return undefined;
      return principal(`role ${who} ${role}`, text, { start, end: start + role.length });
    }
    case 'sts federated-user':
    case 'iam saml-provider':
      return principal(`${type} ${who} ${rest}`, text, { start, end: text.length });
    case 'iam oidc-provider':
      return principal(`${type} ${who} ${rest}`, text, undefined, {
        fixed: `\`${rest}\` is the address of a provider`,
      });
    default:
      return undefined;
  }
}

function kmsSubject(text: string): Subject | undefined {
  const [, partition, region, account, type, rest = ''] = KMS.exec(text) ?? [];
  if (partition && region && account) {
    const home = homeOf(partition, region, account);
    if (type === 'key') return keySubject(rest, home);
    return ALIAS.test(`alias/${rest}`)
      ? aliasSubject(`alias/${rest}`, home, text.length - rest.length - 'alias/'.length)
      : undefined;
  }
  if (KEY_ID.test(text)) return keySubject(text, undefined);
  return ALIAS.test(text) ? aliasSubject(text, undefined) : undefined;
}

function principal(
  id: string,
  title: string,
  name: Span | undefined,
  more: Pick<Subject, 'fixed' | 'path'> = {},
): Subject {
  return { kind: 'principal', id, home: undefined, title, name, ...more };
}

const isOpen = (text: string): boolean => hasWildcard(text) || findExpressions(text).length > 0;

/** Whatever will stand in place of variables and placeholders. */
function widen(text: string): string {
  let widened = '';
  let end = 0;
  for (const found of findExpressions(text)) {
    widened += `${text.slice(end, found.start)}*`;
    end = found.end;
  }
  return widened + text.slice(end);
}
