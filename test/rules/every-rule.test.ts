import { describe, expect, test } from 'vitest';
import { SourceDocument } from '../../server/documents/source.ts';
import type { Diagnostic } from '../../server/rules/diagnostic.ts';
import { applyFix } from '../../server/rules/fixes.ts';
import { documentedRules } from '../../server/rules/generated/documented.ts';
import { type Example, fixesOf } from '../../server/rules/rule.ts';
import { type CheckedWith, findings, ruleIds, safeFixesOf } from './harness.ts';

describe.each(documentedRules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const { bad, good } = rule.documentation;

  test('its bad example gets exactly this finding', () => {
    expect(ruleIds(bad.file, bad.text, told(bad, id))).toEqual([id]);
  });

  test('its good example gets no finding', () => {
    expect(ruleIds(good.file, good.text, told(good, id))).toEqual([]);
  });

  test('its messages begin in lower case, have no final stop and close their backticks', () => {
    for (const { finding } of findings(open(bad), told(bad, id))) {
      for (const text of [finding.message, finding.why, finding.next]) {
        if (text === undefined) continue;
        expect(text).toMatch(/^[a-z`"0-9]|^AWS|^JSON/);
        expect(text).not.toMatch(/[.\n]$/);
        expect((text.match(/`/g)?.length ?? 0) % 2, text).toBe(0);
      }
      for (const { title } of fixesOf(finding)) expect(title).toMatch(/^[a-z]/);
    }
  });

  test('its safe fixes mend the bad example and nothing else', () => {
    const document = open(bad);
    for (const diagnostic of findings(document, told(bad, id))) {
      for (const fix of safeFixesOf(diagnostic)) {
        const text = applyFix(document, fix);
        expect(text).toBeDefined();
        expectMended(bad, text ?? '', diagnostic, id);
      }
    }
  });

  test('every fix can be turned into edits', () => {
    const document = open(bad);
    for (const { finding } of findings(document, told(bad, id)))
      for (const fix of fixesOf(finding)) expect(applyFix(document, fix), fix.title).not.toBe(document.text);
  });
});

/** A policy inside get-key-policy output is known by its `"Statement"`, so one without cannot be looked into. */
const embeddable = documentedRules.filter(
  ({ id, documentation }) => documentation.bad.file.endsWith('.key-policy.json') && id !== 'statement-missing',
);

test.each(embeddable.map((rule) => [rule.id, rule.documentation.bad] as const))(
  '%s works inside the output of get-key-policy',
  (id, bad) => {
    const document = open(embed(bad.text));
    const found = findings(document, told(bad, id));
    expect(found.map((diagnostic) => diagnostic.rule.id)).toEqual([id]);
    const [outer] = found;
    const [plain] = findings(open(bad), told(bad, id));
    if (!outer || !plain) throw new Error('nothing was found');
    expect(insideString(document, outer)).toBe(true);
    expect(outer.finding.message).toBe(plain.finding.message);
    const [fix] = safeFixesOf(outer);
    const [plainFix] = safeFixesOf(plain);
    expect(fix?.title).toBe(plainFix?.title);
    if (!fix || !plainFix) return;
    const mended = applyFix(document, fix);
    expect(JSON.parse(mended ?? '').Policy).toBe(applyFix(open(bad), plainFix));
  },
);

test('ids are sorted and unique', () => {
  const ids = documentedRules.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
});

test('sources are pages of AWS or standards', () => {
  for (const { id, documentation } of documentedRules) {
    expect(documentation.sources.length, id).toBeGreaterThan(0);
    for (const { url } of documentation.sources)
      expect(url, id).toMatch(/^https:\/\/(docs\.aws\.amazon\.com|www\.rfc-editor\.org)\//);
  }
});

/** What a rule is told about its example. */
function told({ facts }: Example, about: string): CheckedWith {
  return { about, ...(facts ? { facts } : {}) };
}

function open({ file, text }: Example): SourceDocument {
  return new SourceDocument({ uri: file, text });
}

function embed(text: string): Example {
  return { file: 'answer.json', text: `${JSON.stringify({ Policy: text, PolicyName: 'default' }, null, 2)}\n` };
}

function insideString(document: SourceDocument, { range }: Diagnostic): boolean {
  const string = document.spanOf({ path: ['Policy'] });
  return string.start < document.offsetAt(range.start) && document.offsetAt(range.end) < string.end;
}

/** The finding is gone, nothing new has come, and no JSON was broken. */
function expectMended(bad: Example, text: string, { rule }: Diagnostic, about: string): void {
  const after = open({ ...bad, text });
  const left = findings(after, told(bad, about));
  expect(
    left.map((each) => each.rule.id),
    text,
  ).not.toContain(rule.id);
  expect(left, text).toEqual([]);
  expect(after.parsed.problems).toEqual([]);
}
