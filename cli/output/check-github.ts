import { fullMessage } from '../../server/rules/diagnostic.ts';
import type { Severity } from '../../server/rules/rule.ts';
import type { CheckedFile } from '../verbs/check.ts';

/**
 * Workflow commands, which GitHub Actions shows as annotations beside the code.
 *
 * @param failures what went wrong with files, as people were told
 * Source: GitHub Docs, "Workflow commands for GitHub Actions".
 */
export function checkGithub(files: readonly CheckedFile[], failures: readonly string[]): readonly string[] {
  const found = files.flatMap(({ name, diagnostics }) =>
    diagnostics.map(({ rule, severity, finding, range: { start, end } }) => {
      // A range of columns is one within a line.
      const columns =
        start.line === end.line
          ? { col: start.character + 1, endColumn: Math.max(start.character + 1, end.character) }
          : {};
      const properties = { file: name, line: start.line + 1, endLine: end.line + 1, ...columns, title: rule.id };
      const written = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
      return `::${COMMANDS[severity]} ${written.join(',')}::${data(fullMessage(finding))}`;
    }),
  );
  return [...failures.map((text) => `::error title=kms-lens::${data(text)}`), ...found];
}

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'notice' };

const data = (text: string): string => text.replace(/[%\r\n]/g, encodeURIComponent);
const property = (text: string): string => text.replace(/[%\r\n:,]/g, encodeURIComponent);
