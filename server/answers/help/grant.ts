import { actionPhrases } from '../../../simulator/facts/action-phrases.ts';
import { constraintEffects, findGrantMember, type GrantMemberFact } from '../../../simulator/facts/grant-members.ts';
import { findGrantOperation, grantOperations } from '../../../simulator/facts/grant-operations.ts';
import type { Grant } from '../../../simulator/policy/grant.ts';
import { type PrincipalPattern, parsePrincipal } from '../../../simulator/policy/syntax/principal.ts';
import { arnHelp } from './arn.ts';
import { contextKeyText } from './condition-key.ts';
import { documentHelp } from './element.ts';
import { grantOperationHelp } from './grant-operation.ts';
import { type Help, type HelpRow, help } from './help.ts';
import { code, series } from './markdown.ts';
import { principalHelp, principalInWords } from './principal.ts';

/** A grant as a whole: one sentence that says what it does. */
export function grantHelp(grant: Grant): Help {
  return help({
    about: 'grant',
    title: grant.name?.text ? code(grant.name.text) : 'Grant',
    text: [grantInWords(grant), ...(documentHelp('grant')?.text ?? [])],
    subjects: ['document:grant'],
  });
}

/** ``Lets the role OrdersWorker of 111122223333 decrypt, if the encryption context has `service` = `orders`.`` */
export function grantInWords(grant: Grant): string {
  const missing = [...(grant.grantee ? [] : ['grantee']), ...(grant.operations.length > 0 ? [] : ['operation'])];
  if (!grant.grantee || missing.length > 0) return `Allows nothing as it stands: it has no ${series(missing)}.`;
  const phrases = grant.operations.map(({ text }) => actionPhrases[text] ?? `use ${code(text)}`);
  const conditions = [
    ...(grant.context && grant.context.pairs.length > 0 ? [contextInWords(grant.context)] : []),
    ...(grant.sourceArn ? [`the call is for ${code(grant.sourceArn.text)}`] : []),
  ];
  const only = conditions.length > 0 ? `, if ${series(conditions)}` : '';
  return `Lets ${principalInWords(parsed(grant.grantee))} ${series([...new Set(phrases)], 'and', 6)}${only}.`;
}

/** A member of a grant, with the values of this grant where they show what it does. */
export function grantMemberHelp(name: string, level: GrantMemberFact['level']): Help | undefined {
  const fact = findGrantMember(name, level);
  if (!fact) return undefined;
  const isContext = name === 'EncryptionContextSubset' || name === 'EncryptionContextEquals';
  return help({
    about: MEMBERS[level],
    title: code(name),
    text: [fact.summary],
    rows: [
      ...(fact.only ? [['Where', ONLY[fact.only]] as const] : []),
      ...(isContext ? restrictions(grantOperations.map((each) => each.name)) : []),
    ],
    subjects: [`grant:${name}`],
  });
}

/** A value of a grant's member: a principal, an operation, an ARN; else what is to be said of the member. */
export function grantValueHelp(name: string, text: string): Help | undefined {
  const member = grantMemberHelp(name, 'grant') ?? grantMemberHelp(name, 'constraints');
  return valueHelp(name, text) ?? member;
}

function valueHelp(name: string, text: string): Help | undefined {
  switch (name) {
    case 'GranteePrincipal':
    case 'RetiringPrincipal':
    case 'IssuingAccount':
      return principalOf(name, parsePrincipal(text, 'AWS'));
    case 'GranteeServicePrincipal':
    case 'RetiringServicePrincipal':
      return principalOf(name, parsePrincipal(text, 'Service'));
    case 'Operations':
      return grantOperationHelp(text);
    case 'KeyId':
    case 'SourceArn':
      return arnHelp(text);
    default:
      return undefined;
  }
}

/** A pair of an encryption context constraint, and which operations of the grant it restricts. */
export function contextPairHelp(key: string, grant: Grant): Help | undefined {
  const { context } = grant;
  const pair = context?.pairs.find((each) => each.key === key);
  if (!context || !pair) return undefined;
  const asks =
    context.name === 'EncryptionContextEquals'
      ? 'The encryption context of the request must have this pair, and no pairs but those listed here.'
      : 'The encryption context of the request must have this pair, and may have others.';
  return help({
    about: 'pair of the encryption context',
    title: `${code(key)} = ${code(pair.text)}`,
    text: [asks, contextKeyText(key)],
    rows: restrictions(grant.operations.map(({ text }) => text)),
    subjects: [`grant:${context.name}`, 'condition-key:kms:EncryptionContext:'],
  });
}

/** What an encryption context constraint does to each of the operations, those of one kind together. */
function restrictions(names: readonly string[]): HelpRow[] {
  const facts = names.flatMap((name) => findGrantOperation(name) ?? []);
  return (['request', 'child-grant', 'ignored', 'impossible'] as const).flatMap((effect): HelpRow[] => {
    const those = facts.filter(({ contextConstraint }) => contextConstraint === effect);
    const listed = those.map(({ name }) => code(name)).join(', ');
    return those.length > 0 ? [[EFFECTS[effect], `${listed} (${constraintEffects[effect]})`]] : [];
  });
}

function contextInWords({ name, pairs }: NonNullable<Grant['context']>): string {
  const listed = series(pairs.map(({ key, text }) => `${code(key)} = ${code(text)}`));
  return name === 'EncryptionContextEquals'
    ? `the encryption context is exactly ${listed}`
    : `the encryption context has ${listed}`;
}

const parsed = ({ text, type }: NonNullable<Grant['grantee']>): PrincipalPattern =>
  parsePrincipal(text, type === 'service' ? 'Service' : 'AWS');

/** Who it is, and what being that member of a grant means. */
function principalOf(name: string, pattern: PrincipalPattern): Help | undefined {
  const found = principalHelp(pattern, 'grant');
  const member = findGrantMember(name, 'grant');
  return (
    found && {
      ...found,
      text: [...found.text, ...(member ? [`${code(name)}: ${member.summary}`] : [])],
      subjects: [`grant:${name}`, ...found.subjects],
    }
  );
}

const MEMBERS = { grant: 'member of a grant', constraints: 'constraint of a grant', list: 'list of grants' } as const;
const ONLY = { request: 'in requests to make a grant', listed: 'in the output of ListGrants' } as const;
const EFFECTS = {
  request: 'Restricts',
  'child-grant': 'Handed on',
  ignored: 'Leaves alone',
  impossible: 'Excludes',
} as const;
