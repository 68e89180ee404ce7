import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SourceDocument } from '../../server/documents/source.ts';
import type { Diagnostic } from '../../server/rules/diagnostic.ts';
import { applyFix, textEditsOf } from '../../server/rules/fixes.ts';
import { fixesOf } from '../../server/rules/rule.ts';
import { anything, written } from './arbitrary.ts';
import { factsOf, told } from './arbitrary-grants.ts';
import { findings, safeFixesOf } from './harness.ts';

/** Rules whose fix gives AWS, and so the other rules, something to read that was hidden before. */
const READ_FOR_THE_FIRST_TIME = new Set([
  'action-unknown',
  'element-unknown',
  'effect-invalid',
  'version-invalid',
  'cond-operator-unknown',
  'cond-null-ifexists',
  'cond-key-unknown',
  'cond-key-global-unknown',
  'cond-type-mismatch',
  'kms-action-is-not-permission',
  'kms-condition-context-equals',
  'kms-reencrypt-action',
  'resource-missing',
  'principal-format',
  'principal-service-format',
  'kms-role-arn-assumed-in-role-form',
  'arn-shape',
  'kms-condition-key-as-constraint',
  'grant-op-unknown',
  // Their fixes make patterns of what was compared letter by letter.
  'kms-viaservice-wildcard-equals',
]);

/** Rules that judge by what is known of the key, and so may speak of whatever is mended. */
const KNOW_THE_KEY = new Set(['grant-op-vs-keyspec', 'grant-shadowed-by-deny', 'kms-context-on-asymmetric']);

test('no text makes a rule fail, and every finding lies within the text', () => {
  fc.assert(
    fc.property(anything, fc.boolean(), told, ([text, configured], jsonc, known) => {
      const document = new SourceDocument({ uri: 'a.json', text, configured, languageId: jsonc ? 'jsonc' : 'json' });
      for (const diagnostic of findings(document, { facts: factsOf(known) })) {
        const start = document.offsetAt(diagnostic.range.start);
        const end = document.offsetAt(diagnostic.range.end);
        expect(0 <= start && start <= end && end <= text.length).toBe(true);
        for (const fix of fixesOf(diagnostic.finding)) textEditsOf(document, fix);
      }
    }),
    { numRuns: 1000 },
  );
});

test('texts of unknown kind are checked without failing', () => {
  fc.assert(
    fc.property(anything, ([text]) => {
      findings(new SourceDocument({ uri: 'a.json', text }));
    }),
    { numRuns: 500 },
  );
});

test('no finding is reported twice', () => {
  fc.assert(
    fc.property(written, told, ([text, configured], known) => {
      const document = new SourceDocument({ uri: 'a.json', text, configured });
      const keys = findings(document, { facts: factsOf(known) }).map(keyOf);
      expect(keys).toEqual([...new Set(keys)]);
    }),
    { numRuns: 1000 },
  );
});

test('a safe fix removes its finding, adds none, keeps the text JSON and does nothing a second time', () => {
  fc.assert(
    fc.property(written, told, ([text, configured], known) => {
      const document = new SourceDocument({ uri: 'a.json', text, configured });
      const before = findings(document, { facts: factsOf(known) });
      for (const diagnostic of before) {
        for (const fix of safeFixesOf(diagnostic)) {
          const mended = applyFix(document, fix);
          expect(mended).toBeDefined();
          const after = new SourceDocument({ uri: 'a.json', text: mended ?? '', configured });
          expect(after.parsed.problems).toEqual([]);
          expect(after.policy?.parsed.problems ?? []).toEqual([]);
          const left = findings(after, { facts: factsOf(known) });
          const like = (each: Diagnostic): boolean => sameKind(each, diagnostic);
          expect(left.filter(like).length, mended).toBeLessThan(before.filter(like).length);
          if (READ_FOR_THE_FIRST_TIME.has(diagnostic.rule.id)) continue;
          const isNew = (each: Diagnostic): boolean =>
            !KNOW_THE_KEY.has(each.rule.id) && !before.some((other) => sameKind(each, other));
          expect(left.filter(isNew).map(keyOf), mended).toEqual([]);
        }
      }
    }),
    { numRuns: 1000 },
  );
});

function keyOf({ rule, range, finding }: Diagnostic): string {
  return JSON.stringify([rule.id, range, finding.message]);
}

function sameKind(a: Diagnostic, b: Diagnostic): boolean {
  return a.rule.id === b.rule.id && a.finding.message === b.finding.message;
}
