import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver';
import { FIX_ALL } from '../capabilities.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { Diagnostic } from '../rules/diagnostic.ts';
import { fixAll } from '../rules/fix-all.ts';
import { editsWithHoles } from '../rules/fixes.ts';
import { rules } from '../rules/generated/index.ts';
import { fixesOf } from '../rules/rule.ts';
import type { Session } from '../session.ts';
import { allowActions } from './allow-this.ts';
import { toLsp } from './diagnostics.ts';
import { editOfDocument } from './edits.ts';
import { answer, type Feature } from './feature.ts';
import { lensActions } from './lens-actions.ts';
import { touches } from './ranges.ts';
import { rewriteActions } from './rewrite.ts';
import { scenarioActions } from './scenario-actions.ts';
import { SUPPRESS, suppressActions } from './suppress.ts';

/**
 * Quick fixes of the findings at the cursor, ways to accept these, changes that would alter the verdict beside it, ways to
 * rewrite the policy there, and all safe fixes at once.
 */
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
          ...(await atCursor(session, source, range, wanted)),
          ...(wanted(CodeActionKind.RefactorRewrite) ? await scenarioActions(session, source, range) : []),
          ...(await rewriteActions(session, source, range, { wanted, isAsked: context.only !== undefined })),
          ...(context.only ? [] : await lensActions(session, source, range)),
          // A client that asks for no kind wants what belongs to the cursor; fixing all is asked for by its name.
          ...(context.only && wanted(FIX_ALL) ? await fixEverything(session, source) : []),
        ];
      }),
    );
  },
};

/** The fixes first, the ways to live with a finding last. */
async function atCursor(
  session: Session,
  source: SourceDocument,
  range: Range,
  wanted: (kind: string) => boolean,
): Promise<CodeAction[]> {
  if (!wanted(SUPPRESS)) return [];
  const found = (await session.diagnose(source)).filter((diagnostic) => touches(diagnostic.range, range));
  const suppressing = await suppressActions(session, source, found);
  if (!wanted(CodeActionKind.QuickFix)) return suppressing;
  return [...quickFixes(session, source, found), ...(await allowActions(session, source, range)), ...suppressing];
}

function quickFixes(session: Session, source: SourceDocument, found: readonly Diagnostic[]): CodeAction[] {
  return found.flatMap((diagnostic) => {
    const fixes = fixesOf(diagnostic.finding);
    return fixes.flatMap((fix) => {
      const edits = editsWithHoles(source, fix);
      if (!edits) return [];
      return [
        {
          title: capitalised(fix.title),
          kind: CodeActionKind.QuickFix,
          diagnostics: [toLsp(source, diagnostic)],
          isPreferred: fix.safe && fixes.length === 1,
          edit: editOfDocument(session, source, edits),
        },
      ];
    });
  });
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

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
