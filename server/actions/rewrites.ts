import { findRegion } from '../../simulator/facts/regions.ts';
import { valueOf } from '../../simulator/json/node.ts';
import { isLoose, type ParsedJson } from '../../simulator/json/parse.ts';
import { seenIn } from '../answers/completion/seen.ts';
import { findAt } from '../documents/at.ts';
import { applyTextEdits, editsOfPolicy, type TextEdit } from '../documents/edits.ts';
import { languageIdOf } from '../documents/kinds.ts';
import { SourceDocument } from '../documents/source.ts';
import { statementAt } from '../documents/statements.ts';
import type { Diagnostic } from '../rules/diagnostic.ts';
import { withoutHoles } from '../rules/holes.ts';
import type { DocumentFacts } from '../rules/rule.ts';
import { ACCOUNT_PLACEHOLDER, likelyAccount } from '../rules/support/accounts.ts';
import type { Action, ActionKind, ActionPlace, Known, NewFile } from './action.ts';
import { actions } from './index.ts';

export interface RewriteQuestion {
  /** Where the cursor is. */
  readonly offset: number;
  /** What kinds of actions are wanted. */
  readonly wanted: (kind: ActionKind) => boolean;
  /** Whether somebody asked for such actions by their kind. */
  readonly isAsked: boolean;
  /** Other documents that are open, for the names in them. */
  readonly others: readonly SourceDocument[];
  readonly facts: DocumentFacts;
  /** As the settings have them; an empty account is not known. */
  readonly account: string;
  readonly region: string;
  readonly canCreate: boolean;
  readonly inspect: (document: SourceDocument) => readonly Diagnostic[];
}

/** What can be done to a document, with the edits that do it. */
export interface Rewrite {
  readonly action: Action;
  readonly title: string;
  readonly detail: string;
  /** What is left to fill in is marked. */
  readonly edits: readonly TextEdit[];
  readonly file?: NewFile;
}

/**
 * The rewritings that make sense at the cursor. Those that would break the text or bring a finding are not among them, and
 * of a text that is being written there are none.
 */
export function rewritesAt(source: SourceDocument, question: RewriteQuestion): Rewrite[] {
  const place = placeOf(source, question);
  if (!place) return [];
  const { kind } = place;
  const wanted = actions.filter((action) => question.wanted(action.kind) && action.kinds.includes(kind));
  const offered = wanted.flatMap((action) => action.offers(place).map((offer) => ({ action, offer })));
  if (offered.length === 0) return [];
  const before = countsOf(question.inspect(source));
  const isCleanFile = once((text) => {
    const document = new SourceDocument({ uri: 'new.kms-grant.json', text, configured: 'grant' });
    return question.inspect(document).length === 0;
  });
  return offered.flatMap(({ action, offer }) => {
    const { title, detail, file } = offer;
    if (file && !isCleanFile(file.text)) return [];
    const edits = editsOfPolicy(source, offer.text);
    const isClean = edits.length === 0 || keepsClean(source, edits, before, question);
    return isClean ? [{ action, title, detail, edits, ...(file ? { file } : {}) }] : [];
  });
}

/** Undefined where there is no policy of a known kind, or its text is not whole. */
function placeOf(source: SourceDocument, question: RewriteQuestion): ActionPlace | undefined {
  const inner = source.policy;
  const { kind } = source.kind;
  if (!inner || !kind || LONGEST < source.text.length || !isWhole(source) || (inner.outer && !isStrict(inner.parsed)))
    return undefined;
  const document = inner.outer
    ? new SourceDocument({ uri: source.uri, text: inner.text, languageId: languageIdOf(kind) })
    : source;
  const policy = document.policy?.policy;
  if (policy?.root.type !== 'object') return undefined;
  const list = valueOf(policy.root, 'Statement');
  if (list?.type !== 'array' && list?.type !== 'object') return undefined;
  const found = findAt(source, question.offset);
  const path = found?.path.slice(inner.base.length) ?? [];
  const statement = statementAt(document, path);
  const isAtList = path.length === 1 && path[0] === 'Statement';
  const { isAsked } = question;
  return { document, kind, policy, statement, isAtList, isAsked, known: knownOf(document, question) };
}

/** Twice what AWS takes. Each offer is checked, and nobody waits for a menu. */
const LONGEST = 65_536;

function isWhole({ text, parsed }: SourceDocument): boolean {
  return parsed.listedTo === text.length && parsed.problems.every(isLoose);
}

function isStrict({ problems }: ParsedJson): boolean {
  return problems.length === 0;
}

function knownOf(document: SourceDocument, { facts, account, region, canCreate, others }: RewriteQuestion): Known {
  const likely = likelyAccount(document.policy?.policy).id;
  const seen = mostSeen(seenIn(document).accounts);
  const own = facts.account ?? (account || (likely === ACCOUNT_PLACEHOLDER ? seen : likely));
  const seenRegion = mostSeen(seenIn(document).regions);
  const where = seenRegion ?? region;
  return {
    facts,
    account: own,
    region: where,
    isRegionSeen: seenRegion !== undefined,
    partition: findRegion(where)?.partition.name ?? 'aws',
    organization: organizationIn([document, ...others]),
    canCreate,
  };
}

function mostSeen(counts: ReadonlyMap<string, number>): string | undefined {
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function organizationIn(documents: readonly SourceDocument[]): string | undefined {
  for (const { text } of documents) {
    const found = /"(o-[a-z0-9]{10,32})["/]/.exec(text)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

type Counts = ReadonlyMap<string, number>;

function countsOf(found: readonly Diagnostic[]): Counts {
  const counts = new Map<string, number>();
  for (const { rule } of found) counts.set(rule.id, (counts.get(rule.id) ?? 0) + 1);
  return counts;
}

/** Whether the document stays JSON and gets no finding that it did not have. */
function keepsClean(
  source: SourceDocument,
  edits: readonly TextEdit[],
  before: Counts,
  { inspect }: RewriteQuestion,
): boolean {
  const plain = edits.map(({ range, newText }) => ({ range, newText: withoutHoles(newText) }));
  const { uri, languageId, kind } = source;
  const configured = kind.kind ? { configured: kind.kind } : {};
  const after = new SourceDocument({
    uri,
    languageId,
    text: applyTextEdits(source, plain),
    ...configured,
    previous: source,
  });
  if (!isWhole(after) || (after.policy?.outer && !isStrict(after.policy.parsed))) return false;
  return [...countsOf(inspect(after))].every(([rule, count]) => count <= (before.get(rule) ?? 0));
}

/** Copying and moving make the same document. */
function once(ask: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => {
    const found = known.get(text) ?? ask(text);
    known.set(text, found);
    return found;
  };
}
