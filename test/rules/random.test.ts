import fc from 'fast-check';
import { expect, test } from 'vitest';
import { policyKinds } from '../../server/documents/kinds.ts';
import { SourceDocument } from '../../server/documents/source.ts';
import { check, type Diagnostic } from '../../server/rules/engine.ts';
import { applyFix, textEditsOf } from '../../server/rules/fixes.ts';
import { rules } from '../../server/rules/generated/index.ts';
import { findings, safeFixesOf } from './harness.ts';

const kind = fc.constantFrom(...policyKinds, 'grant', 'scenario');
const names = [
  'Version',
  'Id',
  'Statement',
  'Sid',
  'Effect',
  'effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'Actions',
];
const moreNames = [
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
  'AWS',
  'Service',
  'StringEquals',
  'Fn::If',
  '',
  'x',
];
const texts = [
  'Allow',
  'alow',
  'Deny',
  '*',
  'kms:*',
  'kms:Decypt',
  'kms:ReEncrypt',
  's3:GetObject',
  '2012-10-17',
  '${x}',
];
const moreTexts = [
  'kms: Decrypt',
  'kms:',
  'arn:aws:iam::111122223333:role/a-*',
  'arn:aws:iam::111122223333:root',
  '\n"\\',
];

/** Values that look like policies often enough to come past the first check of each rule. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<unknown>(...texts, ...moreTexts, 1, true, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names, ...moreNames), tie('value'), { maxKeys: 6 }),
  ),
}));

const statement = fc.record(
  {
    Sid: fc.constantFrom<unknown>('a', 'b', 1),
    Effect: fc.constantFrom<unknown>('Allow', 'Deny', 'allow', 'Alow', 'yes', '${Effect}', 1),
    effects: fc.constantFrom<unknown>('Allow'),
    Principal: fc.oneof(
      fc.constantFrom<unknown>('*', { AWS: '*' }, { AWS: ['*', '111122223333'] }, { Service: 's3.amazonaws.com' }),
      fc.constantFrom<unknown>({ AWS: 'arn:aws:iam::111122223333:role/a-*' }, { AWS: { Ref: 'Role' } }, []),
    ),
    Action: fc.constantFrom<unknown>(
      'kms:*',
      'kms:Decypt',
      'kms:ReEncrypt',
      ['kms:ReEncrypt*', 'kms:ReEncrypt', 'kms:Sig'],
      {},
    ),
    NotAction: fc.constantFrom<unknown>('kms:Eecrypt', ['s3:*', 'kms: Decrypt']),
    Resource: fc.constantFrom<unknown>('*', []),
    Condition: fc.constantFrom<unknown>(
      {},
      { StringEquals: { 'kms:EncryptionContextSubset': { a: 'b', c: 'd' } } },
      { StringEquals: { 'kms:EncryptionContextEquals': { a: 'b' }, 'kms:EncryptionContext:x': 'y' } },
      { StringLike: { 'kms:EncryptionContextEquals': 'a' } },
    ),
    Version: fc.constantFrom<unknown>('2012-10-17'),
  },
  { requiredKeys: [] },
);

const policy = fc.record(
  {
    Version: fc.constantFrom<unknown>('2012-10-17', '2008-10-17', '2012-10-27', '', 1),
    Id: fc.constantFrom<unknown>('a ${aws:username}'),
    Statements: fc.constant<unknown>([]),
    Statement: fc.oneof<fc.Arbitrary<unknown>[]>(statement, fc.array(statement, { maxLength: 3 }), value),
  },
  { requiredKeys: [] },
);

/** The text of a policy, written in several ways, some of it as get-key-policy prints it. */
const policyText = fc
  .tuple(fc.oneof(policy, policy, value), fc.constantFrom(0, 2, '\t'), fc.boolean())
  .map(([content, indent, embedded]) => {
    const text = JSON.stringify(content, null, indent);
    return embedded ? JSON.stringify({ Policy: text, PolicyName: 'default' }, null, indent) : text;
  });

/** Rules whose fix gives AWS, and so the other rules, something to read that was hidden before. */
const READ_FOR_THE_FIRST_TIME = new Set(['element-unknown', 'effect-invalid']);

/** A text with a few stretches cut out, doubled or replaced. */
const brokenText = fc
  .tuple(
    policyText,
    fc.array(fc.tuple(fc.nat(), fc.nat(12), fc.constantFrom('', ',', '"', '{', ']', '//', '{{ x }}', '\n')), {
      maxLength: 4,
    }),
  )
  .map(([text, cuts]) =>
    cuts.reduce((now, [at, length, put]) => {
      const start = at % (now.length + 1);
      return now.slice(0, start) + put + now.slice(start + length);
    }, text),
  );

const anyText = fc.oneof(policyText, brokenText, fc.json(), fc.string({ unit: 'binary' }));

test('no text makes a rule fail, and every finding lies within the text', () => {
  fc.assert(
    fc.property(anyText, kind, fc.boolean(), (text, configured, jsonc) => {
      const document = new SourceDocument({ uri: 'a.json', text, configured, languageId: jsonc ? 'jsonc' : 'json' });
      for (const diagnostic of findings(document)) {
        const start = document.offsetAt(diagnostic.range.start);
        const end = document.offsetAt(diagnostic.range.end);
        expect(0 <= start && start <= end && end <= text.length).toBe(true);
        for (const fix of diagnostic.finding.fixes ?? []) textEditsOf(document, fix);
      }
    }),
    { numRuns: 1000 },
  );
});

test('texts of unknown kind are checked without failing', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      findings(new SourceDocument({ uri: 'a.json', text }));
    }),
    { numRuns: 500 },
  );
});

test('no finding is reported twice', () => {
  fc.assert(
    fc.property(policyText, kind, (text, configured) => {
      const keys = findings(new SourceDocument({ uri: 'a.json', text, configured })).map(keyOf);
      expect(keys).toEqual([...new Set(keys)]);
    }),
    { numRuns: 1000 },
  );
});

test('a safe fix removes its finding, adds none, keeps the text JSON and does nothing a second time', () => {
  fc.assert(
    fc.property(policyText, kind, (text, configured) => {
      const document = new SourceDocument({ uri: 'a.json', text, configured });
      const before = findings(document);
      for (const diagnostic of before) {
        for (const fix of safeFixesOf(diagnostic)) {
          const mended = applyFix(document, fix);
          expect(mended).toBeDefined();
          const after = new SourceDocument({ uri: 'a.json', text: mended ?? '', configured });
          expect(after.parsed.problems).toEqual([]);
          expect(after.policy?.parsed.problems ?? []).toEqual([]);
          const left = findings(after);
          const gone = before.filter((each) => sameFault(each, diagnostic)).length;
          expect(left.filter((each) => sameFault(each, diagnostic)).length, mended).toBe(gone - 1);
          if (READ_FOR_THE_FIRST_TIME.has(diagnostic.rule.id)) continue;
          const isNew = (each: Diagnostic): boolean => !before.some((other) => sameKind(each, other));
          expect(left.filter(isNew).map(keyOf), mended).toEqual([]);
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test('a rule that fails costs its own findings only', () => {
  const text = '{ "Version": "2012-10-27", "Statement": [] }';
  const failing = {
    ...rules.find(({ id }) => id === 'version-missing'),
    check: {
      policy() {
        throw new Error('no');
      },
    },
  };
  const failed: string[] = [];
  const found = check(new SourceDocument({ uri: 'a.key-policy.json', text }), {
    rules: rules.map((rule) => (rule.id === failing.id ? { ...rule, ...failing } : rule)),
    onError: ({ id }) => failed.push(id),
  });
  expect(found.map(({ rule }) => rule.id)).toEqual(['version-invalid']);
  expect(failed).toEqual(['version-missing']);
});

function keyOf({ rule, range, finding }: Diagnostic): string {
  return JSON.stringify([rule.id, range, finding.message]);
}

/** The same rule at the same place; the text around it may have moved. */
function sameFault(a: Diagnostic, b: Diagnostic): boolean {
  return a.rule.id === b.rule.id && a.pointer === b.pointer && a.finding.message === b.finding.message;
}

function sameKind(a: Diagnostic, b: Diagnostic): boolean {
  return a.rule.id === b.rule.id && a.finding.message === b.finding.message;
}
