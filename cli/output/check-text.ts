import { CONFIG_NAME } from '../../server/protocol.ts';
import type { Diagnostic } from '../../server/rules/diagnostic.ts';
import { fixesOf, type Severity } from '../../server/rules/rule.ts';
import { ruleUrl } from '../../server/rules/url.ts';
import { coveredCredentials } from '../../simulator/text/credentials.ts';
import type { CheckedFile } from '../verbs/check.ts';
import { codeFrame } from './code-frame.ts';
import type { Colours, Sink } from './terminal.ts';

/** Every finding with its place, what is wrong, the code, why, and what to do next. */
export function printFindings(files: readonly CheckedFile[], out: Sink): void {
  for (const file of files) {
    const { text, kind } = file.document;
    const shown = kind.kind === 'scenario' ? coveredCredentials(text) : text;
    for (const diagnostic of file.diagnostics) printFinding(file.name, shown, diagnostic, out);
  }
}

function printFinding(name: string, text: string, diagnostic: Diagnostic, out: Sink): void {
  const { colours } = out;
  const { rule, severity, finding, range } = diagnostic;
  const { line, character } = range.start;
  const place = `${name}:${line + 1}:${character + 1}`;
  out.line(
    `${colours.bold(place)}  ${paint(severity, colours)(severity)}  ${finding.message}  ${colours.dim(rule.id)}`,
  );
  out.line();
  for (const each of codeFrame(text, range, colours)) out.line(`    ${each}`);
  out.line();
  const fixes = fixesOf(finding);
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['why', finding.why],
    ['next', finding.next],
    ...fixes.map(({ title, safe }) => ['fix', safe ? `${title} (--fix does it)` : title] as const),
    ['more', ruleUrl(rule.id)],
  ];
  for (const [label, words] of rows) if (words) out.line(`    ${colours.dim(label.padEnd(4))}  ${words}`);
  out.line();
}

/** `2 errors, 1 warning in 1 of 3 files`. */
export function summaryLine(files: readonly CheckedFile[], colours: Colours): string {
  const counts = countsOf(files);
  const parts = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) =>
    paint(severity, colours)(amount(counts[severity], severity)),
  );
  const checked = amount(files.length, 'file');
  if (parts.length === 0) return files.length === 0 ? 'nothing was checked' : `${checked} checked, no findings`;
  const touched = files.filter(({ diagnostics }) => diagnostics.length > 0).length;
  return `${parts.join(', ')} in ${touched === files.length ? checked : `${touched} of ${checked}`}`;
}

/** `3 findings are suppressed: 2 by comments, 1 by .kms-lens.json`; undefined where none is. */
export function suppressedLine(files: readonly CheckedFile[]): string | undefined {
  const all = files.flatMap(({ suppressed }) => suppressed);
  if (all.length === 0) return undefined;
  const inComments = all.filter(({ by }) => by.where === 'comment').length;
  const inFiles = all.length - inComments;
  const start = `${amount(all.length, 'finding')} ${all.length === 1 ? 'is' : 'are'} suppressed`;
  if (inComments === 0) return `${start} by ${CONFIG_NAME}`;
  if (inFiles === 0) return `${start} by ${inComments === 1 ? 'a comment' : 'comments'}`;
  return `${start}: ${inComments} by ${inComments === 1 ? 'a comment' : 'comments'}, ${inFiles} by ${CONFIG_NAME}`;
}

/** How many findings there are of each severity. */
export function countsOf(files: readonly CheckedFile[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, information: 0 };
  for (const { diagnostics } of files) for (const { severity } of diagnostics) counts[severity]++;
  return counts;
}

const SEVERITIES = ['error', 'warning', 'information'] as const;

function amount(count: number, noun: string): string {
  if (noun === 'information') return `${count} for information`;
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function paint(severity: Severity, colours: Colours): (text: string) => string {
  return { error: colours.red, warning: colours.yellow, information: colours.cyan }[severity];
}
