import { findPartition } from '../../../simulator/facts/regions.ts';
import { serviceName } from '../../../simulator/facts/services.ts';
import { type Arn, hasWildcard, isAccountId, parseArn } from '../../../simulator/policy/syntax/arn.ts';
import { iamPrincipal } from '../../../simulator/policy/syntax/arn-iam.ts';
import { kmsResource } from '../../../simulator/policy/syntax/arn-kms.ts';
import { isRegionShape } from '../../../simulator/policy/syntax/region.ts';
import type { Subject } from '../../knowledge/topic.ts';
import { type Help, type HelpRow, help } from './help.ts';
import { code, words } from './markdown.ts';
import { regionInWords } from './principal.ts';

/** An ARN taken apart. Undefined for what is no ARN or is hidden behind placeholders. */
export function arnHelp(text: string): Help | undefined {
  const arn = parseArn(text);
  if (arn.kind !== 'arn') return undefined;
  return help({
    about: 'ARN',
    title: code(text),
    text: [sentence(arn)],
    rows: [
      ['Partition', segment(arn, 'partition', partition(arn))],
      ['Service', segment(arn, 'service', service(arn))],
      ['Region', segment(arn, 'region', region(arn))],
      ['Account', segment(arn, 'account', account(arn))],
      ['Resource', segment(arn, 'resource', code(arn.resource))],
      ...(hasWildcard(text) ? [wildcardRow(arn)] : []),
    ],
    subjects: subjectsOf(arn),
  });
}

/** A value of `Resource`: an ARN, or `*`, which means another thing in each kind of policy. */
export function resourceHelp(text: string, onKey: boolean): Help | undefined {
  if (text !== '*') return arnHelp(text);
  return help({
    about: 'resource',
    title: code(text),
    text: [
      onKey
        ? 'This key. A key policy belongs to one key and cannot speak of another.'
        : 'Every resource. For actions on keys that is every key that lets the account decide, in every account and Region; actions without a resource need it.',
    ],
    subjects: ['resource:everything'],
  });
}

/** `the key 1234… of 111122223333`, as far as it can be told. */
export function arnInWords(arn: Arn): string | undefined {
  const resource = kmsResource(arn);
  const owner = isAccountId(arn.account) ? ` of ${arn.account}` : '';
  if (resource?.type === 'key')
    return `the ${resource.multiRegion ? 'multi-Region ' : ''}key ${words(resource.id)}${owner}`;
  if (resource?.type === 'alias')
    return `the alias ${words(resource.name.slice('alias/'.length))}${resource.awsManaged ? ' of an AWS managed key' : ''}${owner}`;
  if (resource?.type === 'pattern') {
    const where = `${owner}${isRegionShape(arn.region) ? ` in ${code(arn.region)}` : ''}`;
    if (arn.resource === 'key/*') return `every key${where}`;
    return resource.keys || resource.aliases ? `${reach(resource)} that fit ${code(arn.resource)}${where}` : undefined;
  }
  const principal = iamPrincipal(arn);
  if (!principal || principal.pattern || principal.type === 'other') return undefined;
  if (principal.type === 'root') return `the account ${words(principal.account)}`;
  if (principal.type === 'assumed-role')
    return `the session ${words(principal.sessionName ?? '')} of the role ${words(principal.name)}${owner}`;
  return `the ${principal.type.replace('-', ' ')} ${words(principal.name)}${owner}`;
}

function sentence(arn: Arn): string | undefined {
  const inWords = arnInWords(arn);
  const resource = kmsResource(arn);
  const alias = resource?.type === 'alias' ? ' A statement about an alias is never about its key.' : '';
  const inAllRegions = resource?.type === 'key' && resource.multiRegion ? ' Its replicas have the same id.' : '';
  return inWords && `${inWords.charAt(0).toUpperCase()}${inWords.slice(1)}.${alias}${inAllRegions}`;
}

function reach({ keys, aliases }: { readonly keys: boolean; readonly aliases: boolean }): string {
  if (keys && aliases) return 'keys and aliases';
  return keys ? 'keys' : aliases ? 'aliases' : 'nothing of KMS';
}

function segment(arn: Arn, name: 'partition' | 'service' | 'region' | 'account' | 'resource', known: string): string {
  if (arn.unknown.includes(name)) return `${code(arn[name])}, to be filled in`;
  return known;
}

function partition({ partition: name }: Arn): string {
  if (hasWildcard(name)) return `${code(name)}: every partition that fits`;
  const fact = findPartition(name);
  return fact ? `${fact.title}, ${code(name)}` : code(name);
}

function service({ service: name }: Arn): string {
  const known = serviceName(name);
  return known ? `${known}, ${code(name)}` : code(name);
}

function region({ region: name }: Arn): string {
  if (name === '') return 'none: the resource belongs to no Region';
  if (name === '*') return '`*`: every Region';
  return hasWildcard(name) ? `${code(name)}: every Region that fits` : regionInWords(name);
}

function account({ account: name }: Arn): string {
  if (name === '') return 'none';
  if (name === '*') return '`*`: every account';
  return hasWildcard(name) ? `${code(name)}: every account that fits` : code(name);
}

function wildcardRow(arn: Arn): HelpRow {
  const resource = kmsResource(arn);
  const spans = '`*` spans any characters within its part, slashes included, `?` exactly one';
  return ['Wildcards', resource?.type === 'pattern' ? `${spans}; here it reaches ${reach(resource)}` : spans];
}

function subjectsOf(arn: Arn): readonly Subject[] {
  const resource = kmsResource(arn);
  if (resource?.type === 'key' || resource?.type === 'alias') return [`resource:${resource.type}`];
  if (resource?.type === 'pattern')
    return [
      ...(resource.keys ? (['resource:key'] as const) : []),
      ...(resource.aliases ? (['resource:alias'] as const) : []),
    ];
  const principal = iamPrincipal(arn);
  if (principal) return [`principal:${principal.type === 'root' ? 'account' : principal.type}`];
  return [`service:${arn.service}`];
}
