import { type CodeAction, CodeActionKind, type Range, StringValue, type WorkspaceEdit } from 'vscode-languageserver';
import { FIX_ALL } from '../capabilities.ts';
import type { TextEdit } from '../documents/edits.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { Diagnostic } from '../rules/engine.ts';
import { fixAll } from '../rules/fix-all.ts';
import { editsWithHoles } from '../rules/fixes.ts';
import { rules } from '../rules/generated/index.ts';
import { asSnippet, hasHoles, withoutHoles } from '../rules/holes.ts';
import type { Session } from '../session.ts';
import { allowActions } from './allow-this.ts';
import { toLsp } from './diagnostics.ts';
import { answer, type Feature } from './feature.ts';

/** Quick fixes of the findings at the cursor, changes that would alter the verdict beside it, and all safe fixes at once. */
export const codeAction: Feature = {
  id: 'code-action',
  register(session) {
    session.connection.onCodeAction(({ textDocument: { uri }, range, context }) =>
      answer(session, 'finding quick fixes', [], async () => {
        const source = session.source(uri);
        if (!source) return [];
        const wanted = (kind: string): boolean =>
          context.only?.some((only) => kind === only || kind.startsWith(`${only}.`)) ?? true;
        return [
          ...(wanted(CodeActionKind.QuickFix)
            ? [...(await quickFixes(session, source, range)), ...(await allowActions(session, source, range))]
            : []),
          // A client that asks for no kind wants what belongs to the cursor; fixing all is asked for by its name.
          ...(context.only && wanted(FIX_ALL) ? await fixEverything(session, source) : []),
        ];
      }),
    );
  },
};

async function quickFixes(session: Session, source: SourceDocument, range: Range): Promise<CodeAction[]> {
  const here = (await session.diagnose(source)).filter((diagnostic) => touches(diagnostic, range));
  return here.flatMap((diagnostic) => {
    const fixes = diagnostic.finding.fixes ?? [];
    return fixes.flatMap((fix) => {
      const edits = editsWithHoles(source, fix);
      if (!edits) return [];
      return [
        {
          title: capitalised(fix.title),
          kind: CodeActionKind.QuickFix,
          diagnostics: [toLsp(source, diagnostic)],
          isPreferred: fix.safe && fixes.length === 1,
          edit: workspaceEdit(session, source, edits),
        },
      ];
    });
  });
}

/** As a snippet where something is left to fill in and the client can let the user do it. */
function workspaceEdit(session: Session, { uri, version }: SourceDocument, edits: readonly TextEdit[]): WorkspaceEdit {
  const isSnippet = session.client.snippetEdits && edits.some(({ newText }) => hasHoles(newText));
  if (!isSnippet)
    return { changes: { [uri]: edits.map(({ range, newText }) => ({ range, newText: withoutHoles(newText) })) } };
  const snippets = edits.map(({ range, newText }) => ({
    range,
    snippet: StringValue.createSnippet(asSnippet(newText)),
  }));
  return { documentChanges: [{ textDocument: { uri, version }, edits: snippets }] };
}

async function fixEverything(session: Session, source: SourceDocument): Promise<CodeAction[]> {
  const text = fixAll(source, { rules, ...(await session.checkOptions(source.uri)) });
  if (text === source.text) return [];
  const whole = source.rangeOfSpan({ start: 0, end: source.text.length });
  return [
    {
      title: 'Apply all safe fixes of KMS Lens',
      kind: FIX_ALL,
      edit: { changes: { [source.uri]: [{ range: whole, newText: text }] } },
    },
  ];
}

function touches({ range }: Diagnostic, asked: Range): boolean {
  const isAfter = (a: Range['start'], b: Range['start']): boolean =>
    a.line > b.line || (a.line === b.line && a.character > b.character);
  return !isAfter(range.start, asked.end) && !isAfter(asked.start, range.end);
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
