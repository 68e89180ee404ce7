import { findPrincipalKind } from '../../../simulator/facts/principal-kinds.ts';
import { findRegion } from '../../../simulator/facts/regions.ts';
import { findServicePrincipal } from '../../../simulator/facts/service-principals.ts';
import { serviceName } from '../../../simulator/facts/services.ts';
import type { PrincipalPattern } from '../../../simulator/policy/syntax/principal.ts';
import type { Subject } from '../../knowledge/topic.ts';
import { type Help, type HelpRow, help } from './help.ts';
import { code, words } from './markdown.ts';

/**
 * Whom a principal stands for, in a policy also what naming them there does. Undefined for what cannot be read: the rules
 * say what is wrong.
 */
export function principalHelp(pattern: PrincipalPattern, where: 'policy' | 'grant' = 'policy'): Help | undefined {
  const fact = findPrincipalKind(pattern.kind);
  if (!fact) return undefined;
  const service = pattern.kind === 'service' ? findServicePrincipal(pattern.name)?.fact : undefined;
  return help({
    about: 'principal',
    title: capitalised(principalInWords(pattern)),
    text: [fact.summary, where === 'policy' ? fact.named : undefined, originInWords(pattern), service?.summary],
    rows: rowsOf(pattern),
    subjects: subjectsOf(pattern),
  });
}

/** `the role OrdersApi of 111122223333`; `everyone`; for what cannot be read the text as it is. */
export function principalInWords(pattern: PrincipalPattern): string {
  switch (pattern.kind) {
    case 'everyone':
      return 'every AWS identity in every account';
    case 'account':
      return `the account ${pattern.account}`;
    case 'user':
    case 'role':
    case 'group':
      return `the ${pattern.kind} ${words(pattern.name)} of ${pattern.account}`;
    case 'federated-user':
      return `the federated user ${words(pattern.name)} of ${pattern.account}`;
    case 'assumed-role':
      return `the session ${words(pattern.sessionName)} of the role ${words(pattern.name)} of ${pattern.account}`;
    case 'service':
      return serviceInWords(pattern.name, pattern.service);
    case 'every-service':
      return 'every AWS service';
    case 'unique-id':
      return `a deleted ${pattern.names === 'role' || pattern.names === 'user' ? pattern.names : 'identity'}`;
    default:
      return code(pattern.text);
  }
}

/** The name alone, as it fits beside a line: `OrdersApi`, `111122223333`, `everyone`. */
export function principalInShort(pattern: PrincipalPattern): string {
  switch (pattern.kind) {
    case 'everyone':
      return 'everyone';
    case 'account':
      return pattern.account;
    case 'user':
    case 'role':
    case 'group':
    case 'federated-user':
    case 'assumed-role':
      return words(pattern.name);
    default:
      return principalInWords(pattern).replace(/^the service /, '');
  }
}

function serviceInWords(name: string, service: string): string {
  const known = findServicePrincipal(name)?.fact.service ?? serviceName(service);
  return known ? `the service ${known}` : `the service ${code(name)}`;
}

function originInWords(pattern: PrincipalPattern): string | undefined {
  if (pattern.kind !== 'role' || pattern.origin === 'customer') return undefined;
  return {
    service: 'Its path is the one that AWS consoles give to roles for services.',
    'service-linked': 'It is a service-linked role: only its service can assume it.',
    'identity-center': 'IAM Identity Center made it for a permission set; deleting the assignment deletes the role.',
  }[pattern.origin];
}

function rowsOf(pattern: PrincipalPattern): HelpRow[] {
  const rows: HelpRow[] = [];
  if ('path' in pattern && pattern.path !== '/') rows.push(['Path', code(pattern.path)]);
  if (pattern.kind === 'service' && pattern.region) rows.push(['Region', regionInWords(pattern.region)]);
  if (pattern.kind === 'service' && findServicePrincipal(pattern.name)?.lacksRegion)
    rows.push(['Region', 'missing: this service calls as one principal for each Region']);
  return rows;
}

/** ``Europe (Frankfurt), `eu-central-1` ``. */
export function regionInWords(region: string): string {
  const known = findRegion(region)?.region.place;
  return known ? `${known}, ${code(region)}` : code(region);
}

function subjectsOf(pattern: PrincipalPattern): readonly Subject[] {
  if (pattern.kind === 'service') return [`service:${pattern.service}`, 'principal:service'];
  return [`principal:${pattern.kind === 'every-service' ? 'service' : pattern.kind}`];
}

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
