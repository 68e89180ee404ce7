import type { CompletionItem, CompletionList } from 'vscode-languageserver';
import { completionsAt } from '../answers/completion/completions.ts';
import { documentationOf } from '../answers/completion/documentation.ts';
import type { About } from '../answers/completion/offer.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { Session } from '../session.ts';
import { toCompletionList } from './completion-list.ts';
import { answer, type Feature } from './feature.ts';
import { plainText } from './markup.ts';
import { workspacePolicies } from './workspace-policies.ts';

/** What can be written at the cursor, in policies, grants and scenarios; documentation comes when an item is looked at. */
export const completion: Feature = {
  id: 'completion',
  register(session) {
    session.connection.onCompletion(({ textDocument: { uri }, position }) =>
      answer(session, 'completing', null, async () => {
        const source = session.source(uri);
        return source ? complete(session, source, source.offsetAt(position)) : null;
      }),
    );
    session.connection.onCompletionResolve((item) =>
      answer(session, 'documenting', item, () => document(session, item)),
    );
  },
};

async function complete(session: Session, source: SourceDocument, offset: number): Promise<CompletionList | null> {
  const { account, region } = await session.settingsOf(source.uri);
  const jsonService = session.options.jsonService === true;
  const workspace = await workspacePolicies(session, source, offset);
  const written = completionsAt(source, offset, {
    others: otherSources(session, source),
    account,
    region,
    jsonService,
    ...(workspace ? { workspace } : {}),
  });
  if (!written) return null;
  const { completion: client } = session.client;
  return toCompletionList(written, { source, offset, client, suggestsAgain: suggestsAgain(session) });
}

/** VS Code can be asked to suggest again inside what it has just inserted; the client of ours says that it is there. */
const suggestsAgain = ({ options }: Session): boolean => (options.clientCommands?.length ?? 0) > 0;

function otherSources(session: Session, source: SourceDocument): readonly SourceDocument[] {
  return session.documents.keys().flatMap((uri) => {
    const other = uri === source.uri ? undefined : session.source(uri);
    return other && other.kind.candidates.length > 0 ? [other] : [];
  });
}

async function document(session: Session, item: CompletionItem): Promise<CompletionItem> {
  const data: { readonly about?: About; readonly uri?: string } = item.data ?? {};
  if (!data.about || !data.uri) return item;
  const { region } = await session.settingsOf(data.uri);
  const value = documentationOf(data.about, region);
  if (value === undefined) return item;
  const { markdown } = session.client.completion;
  return { ...item, documentation: markdown ? { kind: 'markdown', value } : plainText(value) };
}
