import { type CallHierarchyItem, SymbolKind } from 'vscode-languageserver';
import { mentionsAt } from '../answers/mentions/at.ts';
import { type Call, incoming, type Node, outgoing, subjectNode } from '../answers/mentions/hierarchy.ts';
import type { DocumentMentions, Owner } from '../answers/mentions/mention.ts';
import { fileNameOf } from '../config/uris.ts';
import type { Range } from '../protocol.ts';
import { answer, type Feature } from './feature.ts';

/** Which statements, grants and steps name a principal or a key, and what those name. */
export const callHierarchy: Feature = {
  id: 'call-hierarchy',
  register(session) {
    session.connection.languages.callHierarchy.onPrepare(({ textDocument: { uri }, position }) =>
      answer(session, 'preparing a hierarchy', null, async () => {
        const source = session.source(uri);
        const found = source ? mentionsAt(session.mentions.in(source), position) : [];
        if (found.length === 0) return null;
        const node = subjectNode(await session.mentions.documents(), uri, found);
        return node ? [itemOf(node)] : null;
      }),
    );
    session.connection.languages.callHierarchy.onIncomingCalls(({ item }) =>
      answer(session, 'looking for who names something', null, async () =>
        follow(await session.mentions.documents(), item, incoming).map(({ node, ranges }) => ({
          from: itemOf(node),
          fromRanges: [...ranges],
        })),
      ),
    );
    session.connection.languages.callHierarchy.onOutgoingCalls(({ item }) =>
      answer(session, 'looking for what is named', null, async () =>
        follow(await session.mentions.documents(), item, outgoing).map(({ node, ranges }) => ({
          to: itemOf(node),
          fromRanges: [...ranges],
        })),
      ),
    );
  },
};

function follow(
  documents: readonly DocumentMentions[],
  item: CallHierarchyItem,
  way: (documents: readonly DocumentMentions[], node: Node) => readonly Call[],
): readonly Call[] {
  const node = nodeOf(documents, item);
  return node ? way(documents, node) : [];
}

/** An item says where it stands, which is all that is needed to find it again. */
function nodeOf(
  documents: readonly DocumentMentions[],
  { uri, selectionRange, data }: CallHierarchyItem,
): Node | undefined {
  const document = documents.find((each) => each.uri === uri);
  if (typeof data !== 'string') {
    const owner = document?.owners.find(({ selection }) => isSame(selection, selectionRange));
    return owner && { type: 'owner', uri, owner };
  }
  const named = document?.byId.get(data) ?? [];
  const mention = named.find(({ range }) => isSame(range, selectionRange)) ?? named[0];
  return mention && { type: 'subject', located: { uri, mention } };
}

function itemOf(node: Node): CallHierarchyItem {
  if (node.type === 'owner') {
    const { title, kind, detail, range, selection } = node.owner;
    return {
      name: title === '' ? '(no name)' : title,
      kind: KINDS[kind],
      uri: node.uri,
      range,
      selectionRange: selection,
      detail: [fileNameOf(node.uri), detail].filter((text) => text !== '').join(' · '),
    };
  }
  const { uri, mention } = node.located;
  const { subject, range, owner } = mention;
  return {
    name: subject.title,
    kind: subject.kind === 'key' ? SymbolKind.Key : SymbolKind.Class,
    uri,
    range: mention.role === 'definition' && owner ? owner.range : range,
    selectionRange: range,
    detail: fileNameOf(uri),
    data: subject.id,
  };
}

const KINDS: Readonly<Record<Owner['kind'], SymbolKind>> = {
  statement: SymbolKind.Method,
  grant: SymbolKind.Interface,
  step: SymbolKind.Event,
  principal: SymbolKind.Class,
  key: SymbolKind.Key,
};

const isSame = (a: Range, b: Range): boolean =>
  a.start.line === b.start.line &&
  a.start.character === b.start.character &&
  a.end.line === b.end.line &&
  a.end.character === b.end.character;
