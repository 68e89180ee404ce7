import { parseKeyArn } from '../../simulator/access/request.ts';
import { findGrantOperation, type GrantOperation } from '../../simulator/facts/grant-operations.ts';
import type { ActionItem, Condition, PrincipalItem, Statement } from '../../simulator/policy/document.ts';
import { applyTextEdits, indentOf, lineEndOf, toTextEdits } from '../documents/edits.ts';
import { isLiteral } from '../rules/support/conditions.ts';
import { kmsActionsOf } from '../rules/support/kms-resources.ts';
import { managersOf } from '../rules/support/managers.ts';
import type { Action, ActionPlace, Offer } from './action.ts';
import { changed, plainValue, withEntries } from './support/entries.ts';
import { isCryptographic } from './support/uses.ts';

/** Writes the grants that let the same principals do the same, as far as grants can. */
export const makeGrant: Action = {
  id: 'make-grant',
  kind: 'refactor.rewrite',
  kinds: ['key-policy'],
  offers(place) {
    const { statement, known } = place;
    if (!known.canCreate || !statement?.readable || statement.effect !== 'Allow') return [];
    const carried = carriedBy(statement);
    if (!carried) return [];
    const file = { name: nameFor(statement), text: textOf(place, statement, carried) };
    const lost = [...carried.conditions, ...carried.actions].map((each) => `\`${each}\``);
    const without = lost.length === 0 ? '' : `, without ${inWords(lost)}`;
    const detail =
      carried.conditions.length === 0
        ? 'The document is the input of CreateGrant, to be completed with the ARN of the key.'
        : `The grant holds in more cases than the statement: it cannot have the condition on ${inWords(
            carried.conditions.map((each) => `\`${each}\``),
          )}.`;
    const offers: Offer[] = [{ title: `Copy into a grant${without}`, detail, text: place.document.text, file }];
    const left = withoutCarried(place, statement, carried);
    if (left !== undefined) offers.push({ title: `Move into a grant${without}`, detail, text: left, file });
    return offers;
  },
};

/** What of a statement a grant can say, and what it cannot. */
interface Carried {
  readonly grantees: readonly PrincipalItem[];
  readonly operations: readonly GrantOperation[];
  /** The entries of `Action` that grants carry with all that they cover. */
  readonly whole: ReadonlySet<ActionItem>;
  readonly context: Readonly<Record<string, string>>;
  readonly sourceArn: string | undefined;
  /** The actions and the condition keys that are left out. */
  readonly actions: readonly string[];
  readonly conditions: readonly string[];
}

/** More would not be written by hand. */
const MOST_GRANTEES = 10;

const GRANTEES: ReadonlySet<string> = new Set(['account', 'user', 'role', 'assumed-role', 'federated-user', 'service']);

function carriedBy(statement: Statement): Carried | undefined {
  const { action, principal, conditions } = statement;
  if (!action || action.negated || !principal || principal.negated) return undefined;
  const grantees = principal.items;
  const isFit = ({ pattern }: PrincipalItem): boolean => GRANTEES.has(pattern.kind) && pattern.problems.length === 0;
  if (grantees.length === 0 || MOST_GRANTEES < grantees.length || !grantees.every(isFit)) return undefined;
  if (action.items.some(({ pattern }) => pattern.kind !== 'pattern' || /^[*?]*$/.test(pattern.name))) return undefined;
  const isForServices = grantees.every(({ pattern }) => pattern.kind === 'service');
  const context: Record<string, string> = {};
  const lost: string[] = [];
  let sourceArn: string | undefined;
  for (const condition of conditions) {
    const pair = pairOf(condition);
    const source = isForServices ? sourceOf(condition) : undefined;
    if (pair && !Object.hasOwn(context, pair.key)) context[pair.key] = pair.value;
    else if (source !== undefined && sourceArn === undefined) sourceArn = source;
    else lost.push(condition.key.text);
  }
  const isConstrained = Object.keys(context).length > 0;
  const operations = new Map<string, GrantOperation>();
  const whole = new Set<ActionItem>();
  const actions: string[] = [];
  for (const item of action.items) {
    const covered = kmsActionsOf(item) ?? [];
    let isWhole = covered.length > 0;
    for (const { name } of covered) {
      const operation = findGrantOperation(name);
      if (operation && !(isConstrained && operation.contextConstraint === 'impossible'))
        operations.set(name, operation);
      else isWhole = false;
    }
    if (isWhole) whole.add(item);
    else actions.push(item.text);
  }
  // Nobody lends a key to be looked at.
  if (![...operations.keys()].some((name) => isCryptographic({ name }))) return undefined;
  const found = { grantees, operations: [...operations.values()], whole, context, sourceArn };
  return { ...found, actions: [...new Set(actions)], conditions: [...new Set(lost)] };
}

const CONTEXT = 'kms:encryptioncontext:';

/** A pair of the encryption context that the condition demands; undefined for any other condition. */
function pairOf({ key, operator, values }: Condition): { key: string; value: string } | undefined {
  const [only, ...others] = values;
  if (key.kind !== 'key' || !key.lower.startsWith(CONTEXT) || operator.text !== 'StringEquals') return undefined;
  if (!only || 0 < others.length || only.type !== 'string' || !isLiteral(only.text)) return undefined;
  return { key: key.text.slice(CONTEXT.length), value: only.text };
}

function sourceOf({ key, operator, values }: Condition): string | undefined {
  const [only, ...others] = values;
  if (key.lower !== 'aws:sourcearn' || !only || 0 < others.length || !isLiteral(only.text)) return undefined;
  const isExact = /^(?:StringEquals|ArnEquals|ArnLike|StringLike)$/.test(operator.text) && !/[*?]/.test(only.text);
  return isExact ? only.text : undefined;
}

/** The input of CreateGrant, or a list of them where there are several grantees. Nothing can be filled in before it is there. */
function textOf({ document, policy, known }: ActionPlace, statement: Statement, carried: Carried): string {
  const { account = '111122223333', partition, region } = known;
  const stated = statement.resource?.items.map(({ text }) => text).find((text) => parseKeyArn(text));
  const managers = managersOf(policy, known.facts.account)?.allowed ?? [];
  const people = managers.filter(({ kind }) => kind === 'person').map(({ item }) => item.text);
  const grants = carried.grantees.map(({ text, pattern }) => {
    const isService = pattern.kind === 'service';
    const retiring = people.find((each) => each !== text) ?? `arn:${partition}:iam::${account}:role/KeyAdmin`;
    const source = carried.sourceArn ?? `arn:${partition}:service:${region}:${account}:resource`;
    const constraints = {
      ...(Object.keys(carried.context).length === 0 ? {} : { EncryptionContextSubset: carried.context }),
      ...(isService ? { SourceArn: source } : {}),
    };
    return {
      KeyId: stated ?? `arn:${partition}:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
      [isService ? 'GranteeServicePrincipal' : 'GranteePrincipal']: text,
      RetiringPrincipal: retiring,
      Operations: carried.operations.map(({ name }) => name),
      ...(Object.keys(constraints).length === 0 ? {} : { Constraints: constraints }),
    };
  });
  const [only, ...others] = grants;
  const text = JSON.stringify(others.length === 0 ? only : grants, null, indentOf(document.text));
  return `${text}\n`.replaceAll('\n', lineEndOf(document.text));
}

/** The policy without what the grants allow; undefined where it would have no statement any more. */
function withoutCarried(
  { document, policy }: ActionPlace,
  { action, path }: Statement,
  { whole }: Carried,
): string | undefined {
  const left = action?.items.filter((item) => !whole.has(item)) ?? [];
  if (!action || left.length === action.items.length) return undefined;
  if (left.length === 0) {
    if (policy.statements.length < 2) return undefined;
    const edits = toTextEdits(document, [{ op: 'remove', path }]);
    return edits && applyTextEdits(document, edits);
  }
  const node = plainValue(document, action.path);
  if (node?.type !== 'array' || node.elements.length !== action.items.length) return undefined;
  const { text } = document;
  const entries = node.elements
    .filter((_, index) => !whole.has(action.items[index] as ActionItem))
    .map(({ start, end }) => text.slice(start, end));
  return changed(text, [withEntries(text, node, entries)]);
}

/** Letters and digits of the Sid in small letters, with hyphens between words. */
function nameFor({ sid }: Statement): string {
  const words = (sid ?? '').replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').match(/[A-Za-z0-9]+/g) ?? [];
  return words.join('-').toLowerCase().slice(0, 40);
}

const MOST_NAMED = 3;

function inWords(names: readonly string[]): string {
  const named = names.slice(0, MOST_NAMED);
  const more = names.length - named.length;
  if (0 < more) return `${named.join(', ')} and ${more} more`;
  const last = named.pop() ?? '';
  return named.length === 0 ? last : `${named.join(', ')} and ${last}`;
}
