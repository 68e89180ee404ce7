import type { CodeAction, Range } from 'vscode-languageserver';
import type { SourceDocument } from '../documents/source.ts';
import type { Session } from '../session.ts';
import { lensesOf } from './code-lens.ts';

/** For editors that show no lenses: what the lens above the cursor would do. */
export async function lensActions(session: Session, source: SourceDocument, range: Range): Promise<CodeAction[]> {
  if (session.client.codeLens) return [];
  const lenses = await lensesOf(session, source);
  const above = lenses.map(({ range: { start } }) => start.line).filter((line) => line <= range.start.line);
  const nearest = Math.max(...above);
  return lenses.flatMap(({ range: { start }, command }) =>
    start.line === nearest && command ? [{ title: command.title, command }] : [],
  );
}
