import type { SourceDocument } from '../../server/documents/source.ts';
import { type Diagnostic, fullMessage } from '../../server/rules/diagnostic.ts';
import { textEditsOf } from '../../server/rules/fixes.ts';
import { fixesOf } from '../../server/rules/rule.ts';
import { rulePage } from '../../server/rules/url.ts';
import type { CheckedFile } from '../verbs/check.ts';
import { countsOf } from './check-text.ts';

/** The published shape of `kms-lens check --format json`. Lines and characters count from 0. */
export function checkJson(files: readonly CheckedFile[]): object {
  const { error: errors, warning: warnings, information } = countsOf(files);
  return { version: 1, files: files.map(fileJson), errors, warnings, information };
}

function fileJson({ name, document, diagnostics }: CheckedFile): object {
  const { kind, candidates } = document.kind;
  return {
    file: name,
    kind,
    ...(kind === null ? { candidates } : {}),
    diagnostics: diagnostics.map((diagnostic) => diagnosticJson(document, diagnostic)),
  };
}

function diagnosticJson(document: SourceDocument, { rule, severity, finding, range, pointer }: Diagnostic): object {
  return {
    rule: rule.id,
    severity,
    message: fullMessage(finding),
    range,
    ...(pointer === undefined ? {} : { pointer }),
    documentation: rulePage(rule.id),
    fixes: fixesOf(finding).flatMap((fix) => {
      const edits = textEditsOf(document, fix);
      return edits ? [{ title: fix.title, safe: fix.safe, edits }] : [];
    }),
  };
}
