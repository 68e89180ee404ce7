import { type InlayHint, InlayHintRefreshRequest, MarkupKind, type Range } from 'vscode-languageserver';
import type { ActionItem } from '../../simulator/policy/document.ts';
import { actionList, coveredActions } from '../answers/help/action.ts';
import { count } from '../answers/help/markdown.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { Session } from '../session.ts';
import { answer, type Feature } from './feature.ts';

/** How many actions a wildcard covers, behind it; only for those who ask for it in the settings. */
export const inlayHint: Feature = {
  id: 'inlay-hint',
  register(session) {
    session.connection.languages.inlayHint.on(({ textDocument: { uri }, range }) =>
      answer(session, 'hinting', [], async () => {
        const source = session.source(uri);
        const { inlayHints } = await session.settingsOf(uri);
        return source && inlayHints.wildcards ? hintsOf(source, range) : [];
      }),
    );
  },
};

/** After a change of settings. */
export async function refreshInlayHints(session: Session): Promise<void> {
  if (session.client.refreshInlayHints) await session.connection.sendRequest(InlayHintRefreshRequest.type);
}

/** The hints within a range of lines. */
export function hintsOf(source: SourceDocument, range: Range): InlayHint[] {
  const statements = source.policy?.policy.statements ?? [];
  const items = statements.flatMap(({ action }) => action?.items ?? []);
  return items.flatMap((item) => {
    const covered = coveredByWildcard(item);
    if (!covered) return [];
    const { end } = source.rangeOf({ path: item.path });
    if (end.line < range.start.line || range.end.line < end.line) return [];
    const label = covered.length === 0 ? 'no action' : count(covered.length, 'action');
    const tooltip = { kind: MarkupKind.Markdown, value: actionList(covered) };
    return [{ position: end, label, paddingLeft: true, ...(covered.length > 0 ? { tooltip } : {}) }];
  });
}

/** `*` alone speaks of every service, which is no number. */
function coveredByWildcard({ pattern }: ActionItem): readonly string[] | undefined {
  return pattern.wildcards && !pattern.everything ? coveredActions(pattern) : undefined;
}
