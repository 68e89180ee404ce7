import { applyTextEdits, type TextEdit } from '../documents/edits.ts';
import { SourceDocument } from '../documents/source.ts';
import type { CheckOptions } from './check-options.ts';
import type { Diagnostic } from './diagnostic.ts';
import { check } from './engine.ts';
import { textEditsOf } from './fixes.ts';
import { fixesOf } from './rule.ts';

/** Mending one fault may uncover another; more rounds than this mean two fixes undo each other. */
const MAX_ROUNDS = 10;

/** Applies every safe fix, again until none is left. Returns the text, unchanged where nothing could be mended. */
export function fixAll(document: SourceDocument, options: CheckOptions): string {
  let current = document;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const edits = safeEdits(current, check(current, options));
    if (edits.length === 0) break;
    current = new SourceDocument({
      uri: document.uri,
      languageId: document.languageId,
      version: document.version,
      text: applyTextEdits(current, edits),
      ...(document.kind.kind ? { configured: document.kind.kind } : {}),
    });
  }
  return current.text;
}

/** The edits of the first safe fix of each finding, those left out that overlap with one before. */
function safeEdits(document: SourceDocument, diagnostics: readonly Diagnostic[]): TextEdit[] {
  const taken: { start: number; end: number }[] = [];
  const result: TextEdit[] = [];
  for (const { finding } of diagnostics) {
    const fix = fixesOf(finding).find(({ safe }) => safe);
    const edits = fix && textEditsOf(document, fix);
    if (!edits) continue;
    const spans = edits.map(({ range }) => ({
      start: document.offsetAt(range.start),
      end: document.offsetAt(range.end),
    }));
    if (spans.some((span) => taken.some((other) => span.start <= other.end && other.start <= span.end))) continue;
    taken.push(...spans);
    result.push(...edits);
  }
  return result;
}
