import { applyTextEdits, type TextEdit, toTextEdits } from '../documents/edits.ts';
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
  return text === undefined ? undefined : difference(document, text);
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

/** One edit from where two texts begin to differ to where they are the same again. */
function difference(document: SourceDocument, text: string): TextEdit[] {
  const shorter = Math.min(document.text.length, text.length);
  let start = 0;
  while (start < shorter && document.text[start] === text[start]) start++;
  let same = 0;
  while (same < shorter - start && document.text.at(-1 - same) === text.at(-1 - same)) same++;
  if (start === document.text.length && start === text.length) return [];
  const range = document.rangeOfSpan({ start, end: document.text.length - same });
  return [{ range, newText: text.slice(start, text.length - same) }];
}
