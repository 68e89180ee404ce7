import { expect } from 'vitest';
import { SourceDocument } from '../../server/documents/source.ts';
import { fullMessage } from '../../server/rules/diagnostic.ts';
import { applyFix } from '../../server/rules/fixes.ts';
import { fixesOf } from '../../server/rules/rule.ts';
import { findings } from './harness.ts';

/** The messages of one rule on a text without marks: for tables whose rows differ in where the fault stands. */
export function messages(rule: string, file: string, text: string): string[] {
  return of(rule, new SourceDocument({ uri: file, text })).map(({ finding }) => fullMessage(finding));
}

/** A text without marks, mended by the fix of this title. */
export function mended(rule: string, file: string, text: string, title: string): string {
  const document = new SourceDocument({ uri: file, text });
  const fixes = of(rule, document).flatMap(({ finding }) => fixesOf(finding));
  const fix = fixes.find((each) => each.title === title);
  expect(fix, fixes.map((each) => each.title).join(', ')).toBeDefined();
  const result = fix && applyFix(document, fix);
  expect(result).toBeDefined();
  return result ?? '';
}

/** The titles of what one rule offers, safe ones marked. */
export function titles(rule: string, file: string, text: string): string[] {
  const fixes = of(rule, new SourceDocument({ uri: file, text })).flatMap(({ finding }) => fixesOf(finding));
  return fixes.map(({ title, safe }) => (safe ? `${title} (safe)` : title));
}

function of(rule: string, document: SourceDocument) {
  return findings(document).filter((each) => each.rule.id === rule);
}
