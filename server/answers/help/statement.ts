import { actionPhrases } from '../../../simulator/facts/action-phrases.ts';
import { actionNames } from '../../../simulator/facts/actions.ts';
import type { ActionItem, Element, Item, PrincipalItem, Statement } from '../../../simulator/policy/document.ts';
import { parseArn } from '../../../simulator/policy/syntax/arn.ts';
import type { DocumentKind } from '../../documents/kinds.ts';
import { coveredActions } from './action.ts';
import { arnInWords } from './arn.ts';
import { conditionInWords } from './condition-words.ts';
import { type Help, help } from './help.ts';
import { code, count, series } from './markdown.ts';
import { principalInShort, principalInWords } from './principal.ts';

/** One sentence that says what a statement does. */
export function statementHelp(statement: Statement, kind: DocumentKind | undefined): Help {
  const { sid, effect } = statement;
  return help({
    about: 'statement',
    title: sid ? code(sid) : effect ? `${effect} statement` : 'Statement',
    text: [statementInWords(statement, kind)],
  });
}

/** ``Allows the role OrdersApi of 111122223333 to decrypt, if the encryption context has `service` = `orders`.`` */
export function statementInWords(statement: Statement, kind: DocumentKind | undefined): string {
  const { effect, action } = statement;
  if (!statement.object) return 'This is no statement: a statement is an object.';
  const hasPrincipal = kind === 'key-policy' || kind === 'rcp' || kind === 'vpce-policy';
  const missing = [
    ...(effect ? [] : ['`Effect`']),
    ...(action ? [] : ['`Action`']),
    ...(hasPrincipal && !statement.principal ? ['`Principal`'] : []),
  ];
  if (!effect || !action || missing.length > 0)
    return `Does nothing as it stands: it has no proper ${series(missing)}.`;
  const does = `${actionsInWords(action, kind)}${resourcesInWords(statement.resource, kind)}`;
  const conditions = statement.conditions.map(conditionInWords);
  const only = conditions.length > 0 ? `, if ${series(conditions, 'and', 5, 'conditions')}` : '';
  return `${opening(statement, effect, kind)} ${does}${only}.`;
}

/** The same in short, for the end of a line: `` OrdersApi and 2 more: decrypt via s3, if … ``. Undefined where it says nothing. */
export function statementInShort(statement: Statement, kind: DocumentKind | undefined): string | undefined {
  const { effect, action, principal } = statement;
  if (!effect || !action || (principal && principal.items.length === 0)) return undefined;
  const does = shortActions(action, kind);
  const via = viaServices(statement);
  const through = via.length > 0 ? ` via ${series(via, 'and', 2)}` : '';
  const others = statement.conditions.length - (via.length > 0 ? 1 : 0);
  const may = effect === 'Deny' ? 'forbidden to ' : '';
  return `${shortHolders(statement)}${may}${does}${through}${others > 0 ? ', if …' : ''}`.replaceAll('`', '');
}

function shortHolders({ effect, principal }: Statement): string {
  if (!principal) return '';
  const names = principal.items.map(({ pattern }) => principalInShort(pattern));
  const [first, ...more] = names;
  const holders = more.length > 0 ? `${first} and ${more.length} more` : first;
  const delegates = effect === 'Allow' && !principal.negated && principal.items.every(isAccount);
  return `${principal.negated ? 'everyone except ' : ''}${delegates ? 'IAM policies of ' : ''}${holders}: `;
}

const isAccount = ({ pattern }: Element<PrincipalItem>['items'][number]): boolean => pattern.kind === 'account';

function shortActions(action: Element<ActionItem>, kind: DocumentKind | undefined): string {
  const words = actionsInWords(action, kind);
  if (words.length <= SHORT) return words;
  const covered = new Set(action.items.flatMap(({ pattern }) => coveredActions(pattern) ?? []));
  return action.negated
    ? `everything except ${count(action.items.length, 'action')}`
    : `use ${count(covered.size, 'action')}`;
}

/** The names of services that alone may bring the request, without Region and domain. */
function viaServices({ effect, conditions }: Statement): string[] {
  if (effect !== 'Allow') return [];
  const via = conditions.find(
    ({ operator: { base, ifExists }, key }) =>
      key.stem === 'kms:viaservice' && !ifExists && (base === 'StringEquals' || base === 'StringLike'),
  );
  return [...new Set((via?.values ?? []).map(({ text }) => text.split('.')[0] ?? text))];
}

/** Longer than this, what a statement does is counted instead. */
const SHORT = 60;

function opening(statement: Statement, effect: 'Allow' | 'Deny', kind: DocumentKind | undefined): string {
  const { principal } = statement;
  if (!principal) {
    const holder = kind === 'scp' ? 'the identities below it' : 'its holder';
    return `${effect === 'Allow' ? 'Allows' : 'Forbids'} ${holder} to`;
  }
  const named = principal.items.map(({ pattern }) =>
    pattern.kind === 'everyone' ? 'everyone' : principalInWords(pattern),
  );
  if (principal.negated) return `${effect === 'Allow' ? 'Allows' : 'Forbids'} everyone except ${series(named)} to`;
  const delegates = effect === 'Allow' && kind === 'key-policy';
  if (delegates && principal.items.length > 0 && principal.items.every(({ pattern }) => pattern.kind === 'account'))
    return `Lets the IAM policies of ${series(named)} decide who may`;
  return `${effect === 'Allow' ? 'Allows' : 'Forbids'} ${named.length > 0 ? series(named) : 'nobody'} to`;
}

/** More than these are no sentence any more. */
const MOST_PHRASES = 6;

function actionsInWords(action: Element<ActionItem>, kind: DocumentKind | undefined): string {
  const entries = action.items.map(({ text }) => code(text));
  if (action.negated) return `do everything except ${series(entries)}`;
  if (action.items.some(({ pattern }) => pattern.everything))
    return kind === 'key-policy' ? 'do everything with the key' : 'do everything in every service';
  const covered = new Set<string>();
  const others: string[] = [];
  for (const { pattern, text } of action.items) {
    const names = coveredActions(pattern);
    if (!names || names.length === 0) others.push(`use ${code(text)}`);
    for (const name of names ?? []) covered.add(name);
  }
  if (covered.size === actionNames.length) return series([onAllKeys(kind), ...others]);
  const phrases = [...new Set([...covered].map((name) => actionPhrases[name] ?? `use \`kms:${name}\``))];
  if (phrases.length + others.length <= MOST_PHRASES) return series([...phrases, ...others], 'and', MOST_PHRASES);
  return `use ${count(covered.size, 'action')} of KMS, ${series(entries)}`;
}

const onAllKeys = (kind: DocumentKind | undefined): string =>
  kind === 'key-policy' ? 'do everything with the key' : 'do everything in KMS';

/** In a key policy there is nothing but the key. */
function resourcesInWords(resource: Element<Item> | undefined, kind: DocumentKind | undefined): string {
  if (!resource || kind === 'key-policy') return '';
  const named = resource.items.map(({ text }) =>
    text === '*' ? 'every resource' : (arnInWords(parseArn(text)) ?? code(text)),
  );
  if (resource.negated) return `, on everything except ${series(named)}`;
  return named.length > 0 ? `, on ${series(named)}` : '';
}
