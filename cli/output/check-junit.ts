import { type Diagnostic, fullMessage } from '../../server/rules/diagnostic.ts';
import type { CheckedFile } from '../verbs/check.ts';
import { junitClass, XmlWriter } from './xml.ts';

/**
 * JUnit XML as CI systems read it: a suite for each file, a case for each finding; a file without findings has one case,
 * which passes. Findings that do not fail the run are skipped cases.
 */
export function checkJunit(files: readonly CheckedFile[], { isGrave, failures }: JunitOptions): string {
  const xml = new XmlWriter();
  const errors = failures.length;
  const all = totals(files, isGrave);
  xml.element('testsuites', { name: 'kms-lens', ...all, tests: all.tests + errors, errors }, () => {
    if (errors > 0) notRead(failures, xml);
    for (const file of files) suite(file, isGrave, xml);
  });
  return xml.text;
}

export interface JunitOptions {
  /** Whether a finding fails the run. */
  readonly isGrave: (diagnostic: Diagnostic) => boolean;
  /** What went wrong with files, as people were told. */
  readonly failures: readonly string[];
}

function notRead(failures: readonly string[], xml: XmlWriter): void {
  const count = failures.length;
  xml.element('testsuite', { name: 'kms-lens', tests: count, failures: 0, errors: count, skipped: 0, time: 0 }, () => {
    for (const message of failures)
      xml.element('testcase', { name: message, classname: 'kms-lens', time: 0 }, () =>
        xml.leaf('error', { type: 'file', message }),
      );
  });
}

function suite(file: CheckedFile, isGrave: (diagnostic: Diagnostic) => boolean, xml: XmlWriter): void {
  const { name, diagnostics } = file;
  const classname = junitClass(name);
  xml.element('testsuite', { name, file: name, ...totals([file], isGrave) }, () => {
    if (diagnostics.length === 0) xml.leaf('testcase', { name, classname, file: name, time: 0 });
    for (const diagnostic of diagnostics) {
      const { rule, severity, finding, range } = diagnostic;
      const line = range.start.line + 1;
      const place = `${name}:${line}:${range.start.character + 1}`;
      const message = fullMessage(finding);
      xml.element('testcase', { name: `${place} ${rule.id}`, classname, file: name, line, time: 0 }, () => {
        if (isGrave(diagnostic)) xml.leaf('failure', { type: severity, message }, `${place}: ${message} (${rule.id})`);
        else xml.leaf('skipped', { message: `${severity}: ${message}` });
      });
    }
  });
}

function totals(files: readonly CheckedFile[], isGrave: (diagnostic: Diagnostic) => boolean) {
  const all = files.flatMap(({ diagnostics }) => diagnostics);
  const failures = all.filter(isGrave).length;
  const passing = files.filter(({ diagnostics }) => diagnostics.length === 0).length;
  return { tests: all.length + passing, failures, errors: 0, skipped: all.length - failures, time: 0 };
}
