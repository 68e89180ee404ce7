import { type InlayHint, InlayHintRefreshRequest, MarkupKind, type Position, type Range } from 'vscode-languageserver';
import type { ActionItem } from '../../simulator/policy/document.ts';
import { actionList, coveredActions } from '../answers/help/action.ts';
import { count } from '../answers/help/markdown.ts';
import { statementInShort, statementInWords } from '../answers/help/statement.ts';
import type { SourceDocument } from '../documents/source.ts';
import { renderVerdict } from '../scenarios/step-verdict.ts';
import type { Session } from '../session.ts';
import { answer, type Feature } from './feature.ts';
import { resultInWords } from './scenario-lens.ts';

/**
 * How many actions a wildcard covers, behind it, and what statements do in short, for those who ask for it in the settings;
 * what steps last came to.
 */
export const inlayHint: Feature = {
  id: 'inlay-hint',
  register(session) {
    session.connection.languages.inlayHint.on(({ textDocument: { uri }, range }) =>
      answer(session, 'hinting', [], async () => {
        const source = session.source(uri);
        const { inlayHints } = await session.settingsOf(uri);
        if (!source) return [];
        return [
          ...(inlayHints.wildcards ? hintsOf(source, range) : []),
          ...(inlayHints.statements ? statementHints(source, range) : []),
          ...(inlayHints.steps ? stepHints(session, source, range) : []),
        ];
      }),
    );
  },
};

/** After a change of settings, or a run of a scenario. */
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

/** At the end of the line in which a statement begins; statements that share a line have no room for it. */
export function statementHints(source: SourceDocument, range: Range): InlayHint[] {
  const statements = source.policy?.policy.statements ?? [];
  const { kind, candidates } = source.kind;
  const starts = statements.map(({ path }) => source.rangeOf({ path }).start.line);
  return statements.flatMap((statement, index) => {
    const line = starts[index] ?? 0;
    const isShared = starts[index - 1] === line || starts[index + 1] === line;
    if (isShared || line < range.start.line || range.end.line < line) return [];
    const label = statementInShort(statement, kind ?? candidates[0]);
    if (label === undefined) return [];
    const tooltip = { kind: MarkupKind.Markdown, value: statementInWords(statement, kind ?? candidates[0]) };
    return [{ position: endOfLine(source, line), label, paddingLeft: true, tooltip }];
  });
}

/** At the end of the line in which a step begins. */
function stepHints(session: Session, source: SourceDocument, range: Range): InlayHint[] {
  return (source.scenario?.steps ?? []).flatMap(({ index, path }) => {
    const result = session.scenarioResults.get(source.uri, index);
    const { line } = source.rangeOf({ path }).start;
    if (!result || line < range.start.line || range.end.line < line) return [];
    const tooltip = { kind: MarkupKind.Markdown, value: renderVerdict(result) };
    return [{ position: endOfLine(source, line), label: resultInWords(result), paddingLeft: true, tooltip }];
  });
}

/** `*` alone speaks of every service, which is no number. */
function coveredByWildcard({ pattern }: ActionItem): readonly string[] | undefined {
  return pattern.wildcards && !pattern.everything ? coveredActions(pattern) : undefined;
}

function endOfLine(source: SourceDocument, line: number): Position {
  const rest = source.text.slice(source.offsetAt({ line, character: 0 }));
  const end = rest.search(/[\r\n]|$/);
  return { line, character: rest.slice(0, end).trimEnd().length };
}
