import { expect } from 'vitest';
import { SourceDocument, type SourceDocumentInit } from '../../server/documents/source.ts';
import { type Diagnostic, fullMessage } from '../../server/rules/diagnostic.ts';
import { check as runRules } from '../../server/rules/engine.ts';
import { applyFix } from '../../server/rules/fixes.ts';
import { rules } from '../../server/rules/generated/index.ts';
import { type DocumentFacts, type Fix, fixesOf, severityOfGroup } from '../../server/rules/rule.ts';

/**
 * Runs all rules over a text in which marks say what they report:
 *
 *     { "Effect": "allow" }
 *     //          ^^^^^^^ effect-invalid: `allow` is not an effect
 *
 * A mark line points at the line above it: `^^^` are the characters, `|` is a place between two. `…` after the marks
 * means that the range goes on to a later line. What follows the id is a part of the message. Other findings of the rule
 * that the test's folder is named after, and of rules that have a mark, fail the test, and so do marks without one. Mark lines are blanked before the text is read, so that the lines keep their
 * numbers; a range that begins in the first two columns cannot be marked, so indent the text.
 */
export function check(file: string, text: string, options: CheckedWith = {}): void {
  const { blanked, marks } = readMarks(text);
  const tested = testedRule();
  const found = diagnose(file, blanked, options)
    .filter(({ rule }) => !tested || rule.id === tested || marks.some((mark) => mark.rule === rule.id))
    .map((diagnostic) => settle(diagnostic, marks));
  expect(render(blanked, found)).toBe(render(blanked, marks));
}

/** The text with the fix applied that has this title; the text may have marks, which are checked first. */
export function fixed(file: string, text: string, title: string, options: CheckedWith = {}): string {
  check(file, text, options);
  const { blanked } = readMarks(text);
  const document = new SourceDocument({ uri: file, text: withoutBlankLines(blanked, text), ...options });
  const fixes = findings(document, options).flatMap(({ finding }) => fixesOf(finding));
  const fix = fixes.find((each) => each.title === title);
  expect(fix, `no fix is called "${title}": ${fixes.map((each) => `"${each.title}"`).join(', ')}`).toBeDefined();
  const result = fix && applyFix(document, fix);
  expect(result, 'the fix could not be turned into edits of the text').toBeDefined();
  return result ?? '';
}

/** A policy around statements; their lines keep their columns, so that marks stay where they are. */
export function policyOf(statements: string): string {
  return `{\n  "Version": "2012-10-17",\n  "Statement": [${statements}]\n}\n`;
}

/** The titles of all fixes on offer, safe ones marked; in a rule's folder that rule's alone, or those of `about`. */
export function fixTitles(file: string, text: string, options: CheckedWith = {}): string[] {
  const { blanked } = readMarks(text);
  const document = new SourceDocument({ uri: file, text: blanked, ...options });
  const tested = options.about ?? testedRule();
  return findings(document, options)
    .filter(({ rule }) => !tested || rule.id === tested)
    .flatMap(({ finding }) => fixesOf(finding))
    .map(({ title, safe }) => (safe ? `${title} (safe)` : title));
}

/** The rule whose folder the running test lies in; undefined for tests about all of them. */
function testedRule(): string | undefined {
  const folder = expect.getState().testPath?.split(/[\\/]/).at(-2);
  return rules.find(({ id }) => id === folder)?.id;
}

export interface CheckedWith extends Partial<SourceDocumentInit> {
  /** The rule that a test is about, where it is one about whole documents or one that is off by itself. */
  readonly about?: string;
  readonly facts?: DocumentFacts;
}

/**
 * Every finding of every rule; a rule that fails fails the test. Texts of tests are fragments, so rules about a document
 * as a whole speak only where a test is about them.
 */
export function findings(document: SourceDocument, { about = testedRule(), facts }: CheckedWith = {}): Diagnostic[] {
  const tested = rules.find(({ id }) => id === about);
  return runRules(document, {
    rules: rules.filter((rule) => !rule.aboutWhole || rule === tested),
    severities: tested?.optIn ? { [tested.id]: severityOfGroup[tested.group] } : {},
    ...(facts ? { facts } : {}),
    onError: (_, error) => {
      throw error;
    },
  });
}

/** The ids of the rules that report something, once for each finding; in a rule's folder that rule's alone. */
export function ruleIds(file: string, text: string, options: CheckedWith = {}): string[] {
  const tested = testedRule();
  const ids = diagnose(file, text, options).map(({ rule }) => rule.id);
  return tested ? ids.filter((id) => id === tested) : ids;
}

export function safeFixesOf(diagnostic: Diagnostic): readonly Fix[] {
  return fixesOf(diagnostic.finding).filter(({ safe }) => safe);
}

function diagnose(file: string, text: string, options: CheckedWith): Diagnostic[] {
  return findings(new SourceDocument({ uri: file, text, ...options }), options);
}

interface Mark {
  readonly line: number;
  readonly start: number;
  /** undefined where the range ends on a later line. */
  readonly end: number | undefined;
  readonly rule: string;
  readonly message: string;
}

const MARK_LINE = /^(\s*\/\/\s*)(\^+…?|\|)\s+([a-z0-9-]+)(?::\s*(.*?))?\r?$/;

function readMarks(text: string): { blanked: string; marks: Mark[] } {
  const marks: Mark[] = [];
  let target = 0;
  const lines = text.split('\n').map((line, number) => {
    const [, before, pointer, rule, message] = MARK_LINE.exec(line) ?? [];
    if (before === undefined || pointer === undefined || rule === undefined) {
      target = number;
      return line;
    }
    const start = before.length;
    const goesOn = pointer.endsWith('…');
    const end = pointer === '|' ? start : goesOn ? undefined : start + pointer.length;
    marks.push({ line: target, start, end, rule, message: message ?? '' });
    return '';
  });
  return { blanked: lines.join('\n'), marks };
}

/** The finding as a mark: with the message of the mark that expects it, where there is one, so that a diff shows faults alone. */
function settle(diagnostic: Diagnostic, marks: readonly Mark[]): Mark {
  const { start, end } = diagnostic.range;
  const message = fullMessage(diagnostic.finding);
  const own = {
    line: start.line,
    start: start.character,
    end: end.line === start.line ? end.character : undefined,
    rule: diagnostic.rule.id,
    message,
  };
  const isOwn = (mark: Mark): boolean =>
    mark.line === own.line && mark.start === own.start && mark.end === own.end && mark.rule === own.rule;
  return marks.find((mark) => isOwn(mark) && message.includes(mark.message)) ?? own;
}

function render(text: string, marks: readonly Mark[]): string {
  const drawn = (mark: Mark): string => {
    const { start, end, rule, message } = mark;
    const pointer = end === undefined ? '^…' : end === start ? '|' : '^'.repeat(end - start);
    return `${`//${' '.repeat(Math.max(0, start - 2))}`.slice(0, Math.max(2, start))}${pointer} ${rule}: ${message}`;
  };
  return text
    .split('\n')
    .flatMap((line, number) => {
      const here = marks.filter((mark) => mark.line === number).map(drawn);
      return [line, ...here.sort()];
    })
    .join('\n');
}

/** Without the lines that were marks, so that the mended text can be compared as it would stand in a file. */
function withoutBlankLines(blanked: string, marked: string): string {
  const original = marked.split('\n');
  return blanked
    .split('\n')
    .filter((line, number) => line === original[number])
    .join('\n');
}
