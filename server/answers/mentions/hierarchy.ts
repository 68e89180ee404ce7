import type { Range } from '../../protocol.ts';
import { holds } from './at.ts';
import { type Located, relatedIn } from './index.ts';
import type { DocumentMentions, Mention, Owner } from './mention.ts';

/** A principal or a key, or a part of a document that names some. */
export type Node =
  | { readonly type: 'subject'; readonly located: Located }
  | { readonly type: 'owner'; readonly uri: string; readonly owner: Owner };

export interface Call {
  readonly node: Node;
  /** Where the caller names the called, in the document of the caller. */
  readonly ranges: readonly Range[];
}

const isShown = ({ subject }: Mention): boolean => subject.kind === 'principal' || subject.kind === 'key';

/** The principal or key among the mentions, where it is declared if that is somewhere. */
export function subjectNode(
  documents: readonly DocumentMentions[],
  uri: string,
  found: readonly Mention[],
): Node | undefined {
  const mention = found.find(isShown);
  return mention && declarationOf(documents, { uri, mention });
}

/** Who names a principal or a key: statements, grants, steps, and what else is declared. */
export function incoming(documents: readonly DocumentMentions[], node: Node): readonly Call[] {
  if (node.type === 'owner') return [];
  const calls = new Map<Owner, { node: Node; ranges: Range[] }>();
  for (const { uri, mention } of relatedIn(documents, node.located)) {
    const { owner, range, subject } = mention;
    // That something is declared says nothing of who uses it.
    if (!owner || owner.subject?.id === subject.id) continue;
    const call = calls.get(owner) ?? { node: { type: 'owner', uri, owner }, ranges: [] };
    call.ranges.push(range);
    calls.set(owner, call);
  }
  return [...calls.values()];
}

/**
 * What a statement, a grant or a step names. Of a principal or a key what its policies name: those that stand where it is
 * declared, and those that are named there.
 */
export function outgoing(documents: readonly DocumentMentions[], node: Node): readonly Call[] {
  const { uri } = node.type === 'owner' ? node : node.located;
  const own = documents.find((each) => each.uri === uri);
  const owner = node.type === 'owner' ? node.owner : node.located.mention.owner;
  if (!own || !owner) return [];
  const isDeclaration = owner.subject !== undefined;
  if (node.type === 'subject' && (!isDeclaration || owner.subject?.id !== node.located.mention.subject.id)) return [];
  const calls = new Map<string, { node: Node; ranges: Range[] }>();
  const add = (of: string, mention: Mention, range: Range): void => {
    const { subject } = mention;
    if (!isShown(mention) || subject.id === owner.subject?.id) return;
    const call = calls.get(subject.id) ?? { node: declarationOf(documents, { uri: of, mention }), ranges: [] };
    if (!call.ranges.includes(range)) call.ranges.push(range);
    calls.set(subject.id, call);
  };
  for (const mention of own.mentions) {
    const isIn = isDeclaration ? holds(owner.range, mention.range.start) : mention.owner === owner;
    if (isIn) add(uri, mention, mention.range);
  }
  for (const { range, uri: target } of isDeclaration ? own.paths : []) {
    if (!holds(owner.range, range.start)) continue;
    for (const mention of documents.find((each) => each.uri === target)?.mentions ?? []) add(target, mention, range);
  }
  return [...calls.values()];
}

function declarationOf(documents: readonly DocumentMentions[], located: Located): Node {
  const declared = relatedIn(documents, located).find(({ mention }) => mention.role === 'definition');
  return { type: 'subject', located: declared ?? located };
}
