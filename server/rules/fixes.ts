import { applyTextEdits, editsBetween, type TextEdit, toTextEdits } from '../documents/edits.ts';
import { SourceDocument } from '../documents/source.ts';
import { withoutHoles } from './holes.ts';
import type { Fix } from './rule.ts';

/** The edits of the text that a fix stands for; undefined where the text is too broken to be changed safely. */
export function textEditsOf(document: SourceDocument, fix: Fix): TextEdit[] | undefined {
  return editsWithHoles(document, fix)?.map(({ range, newText }) => ({ range, newText: withoutHoles(newText) }));
}

/** The same with what is left to fill in still marked. */
export function editsWithHoles(document: SourceDocument, fix: Fix): TextEdit[] | undefined {
  const [only, ...others] = fix.edits;
  if (only && others.length === 0) return editsOf(document, only);
  const text = applyOneByOne(document, fix);
  return text === undefined ? undefined : editsBetween(document, text);
}

/** The whole text with a fix applied; undefined where it cannot be. */
export function applyFix(document: SourceDocument, fix: Fix): string | undefined {
  const edits = textEditsOf(document, fix);
  return edits && applyTextEdits(document, edits);
}

function editsOf(document: SourceDocument, edit: Fix['edits'][number]): TextEdit[] | undefined {
  if (edit.op !== 'span') return toTextEdits(document, [edit]);
  return [{ range: document.rangeOfSpan(edit.span), newText: edit.text }];
}

/** Adding a member may lay out its neighbours anew, so a second edit has to see what the first one left. */
function applyOneByOne(document: SourceDocument, { edits }: Fix): string | undefined {
  const { uri, languageId, version, kind } = document;
  let current = document;
  for (const edit of edits) {
    const made = editsOf(current, edit);
    if (!made) return undefined;
    const text = applyTextEdits(current, made);
    current = new SourceDocument({ uri, languageId, version, text, ...(kind.kind ? { configured: kind.kind } : {}) });
  }
  return current.text;
}
