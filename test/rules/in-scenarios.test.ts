import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyTextEdits, toTextEdits } from '../../server/documents/edits.ts';
import { SourceDocument } from '../../server/documents/source.ts';
import type { Diagnostic } from '../../server/rules/diagnostic.ts';
import { check as runRules } from '../../server/rules/engine.ts';
import { fixAll } from '../../server/rules/fix-all.ts';
import { applyFix } from '../../server/rules/fixes.ts';
import { documentedRules } from '../../server/rules/generated/documented.ts';
import { rules } from '../../server/rules/generated/index.ts';
import { type DocumentFacts, fixesOf } from '../../server/rules/rule.ts';
import { StatementMemory } from '../../server/rules/statement-memory.ts';
import { readScenario } from '../../simulator/scenario/read.ts';
import { anything } from './arbitrary.ts';
import { findings, ruleIds } from './harness.ts';

const FILE = 'orders.kms-scenario.json';
/** What a scenario says of a key where it says nothing. */
const DEFAULTS: DocumentFacts = { account: '111122223333', keySpec: 'SYMMETRIC_DEFAULT', keyUsage: 'ENCRYPT_DECRYPT' };

/** Where policies of a kind stand in a scenario: the text around one. */
const AROUND: Readonly<Record<string, (facts: DocumentFacts) => readonly [string, string]>> = {
  'key-policy': ({ account, keySpec, keyUsage }) => [
    `{ "keys": { "orders": ${JSON.stringify({ account, spec: keySpec, usage: keyUsage }).slice(0, -1)}${account || keySpec || keyUsage ? ',' : ''} "policy": `,
    ' } } }',
  ],
  'iam-policy': () => [
    '{ "principals": { "App": { "arn": "arn:aws:iam::111122223333:role/App", "policies": [/* one */ ',
    ' ] } } }',
  ],
  scp: () => ['{ "organization": { "id": "o-exampleorg1", "targets": { "r-ab12": { "scps": [', '] } } } }'],
  rcp: () => ['{ "organization": { "id": "o-exampleorg1", "targets": { "r-ab12": { "rcps": [', '] } } } }'],
  'vpce-policy': () => ['{ "vpcEndpoints": { "vpce-0a1b2c3d": { "policy": ', ' } } }'],
};

const kindOf = (file: string): string => /\.([\w-]+)\.jsonc?$/.exec(file)?.[1] ?? '';
const isWhole = (text: string): boolean => {
  const { root, problems } = new SourceDocument({ uri: 'a.json', text }).parsed;
  return root?.type === 'object' && problems.length === 0;
};

const examples = documentedRules.filter(
  ({ documentation: { bad } }) => Object.hasOwn(AROUND, kindOf(bad.file)) && isWhole(bad.text),
);

/**
 * A policy in a scenario is sent without the white space around it, so that its size is told otherwise, and the policies of
 * other keys of a set are looked for in files alone.
 */
const OTHERWISE: readonly string[] = ['kms-policy-size-bytes', 'kms-mrk-policy-drift'];
const SAME = examples.filter(({ id }) => !OTHERWISE.includes(id));

describe.each(SAME.map((rule) => [rule.id, rule] as const))('%s', (id, { documentation: { bad } }) => {
  const kind = kindOf(bad.file);
  const [before = '', after = ''] = AROUND[kind]?.(bad.facts ?? {}) ?? [];
  const document = new SourceDocument({ uri: FILE, text: before + bad.text + after });
  const plain = new SourceDocument({ uri: bad.file, text: bad.text });
  const facts = { ...(kind === 'key-policy' ? DEFAULTS : {}), ...bad.facts };
  const found = findings(document, { about: id });
  const alone = findings(plain, { about: id, facts });

  test('finds in a scenario what it finds in a file', () => {
    const said = (diagnostics: readonly Diagnostic[]) =>
      diagnostics.map(({ rule, severity, finding: { message, why, next } }) => ({
        rule: rule.id,
        severity,
        message,
        why,
        next,
      }));
    expect(said(found)).toEqual(said(alone));
    const spans = (of: SourceDocument, diagnostics: readonly Diagnostic[], shift: number) =>
      diagnostics.map(({ range }) => [of.offsetAt(range.start) + shift, of.offsetAt(range.end) + shift]);
    expect(spans(document, found, 0)).toEqual(spans(plain, alone, before.length));
    const [base = ''] = [...document.policies].map(({ base }) => `/${base.join('/')}`);
    expect(found.map(({ pointer }) => pointer)).toEqual(
      alone.map(({ pointer }) => (pointer === undefined ? undefined : base + pointer)),
    );
  });

  test('its safe fixes do there what they do in a file', () => {
    for (const [index, { finding }] of found.entries()) {
      const fixes = fixesOf(finding).filter(({ safe }) => safe);
      const same = fixesOf(alone[index]?.finding).filter(({ safe }) => safe);
      expect(fixes.map(({ title }) => title)).toEqual(same.map(({ title }) => title));
      for (const [at, fix] of fixes.entries()) {
        const text = applyFix(document, fix) ?? '';
        const mended = applyFix(plain, same[at] as (typeof same)[number]) ?? '';
        const { parsed } = new SourceDocument({ uri: FILE, text });
        expect(parsed.problems.filter(({ code }) => code !== 'comment')).toEqual([]);
        expect(withoutSpace(text)).toBe(withoutSpace(before + mended + after));
      }
    }
  });
});

/** How much a fix indents what it writes depends on the text around. */
const withoutSpace = (text: string): string => text.replace(/\s+/g, '');

const statement = (action: string, more: object = {}) => ({
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:role/Orders' },
  Action: action,
  Resource: '*',
  ...more,
});
const policy = (...actions: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: actions.map((action) => statement(action)),
});

test('each of several policies is judged by its own kind and its own key', () => {
  const signs = (spec: string | undefined) => ({ ...(spec ? { spec } : {}), policy: policy('kms:Sign') });
  const text = JSON.stringify({
    keys: { plain: signs(undefined), signing: signs('RSA_2048') },
    principals: { A: { arn: 'arn:aws:iam::111122223333:role/A', policies: [policy('kms:Decrypt')] } },
  });
  const document = new SourceDocument({ uri: FILE, text });
  const { root } = document.parsed;
  const keys = root ? readScenario(root).policies.map(({ key }) => key?.spec) : [];
  expect(keys).toEqual(['SYMMETRIC_DEFAULT', 'RSA_2048', undefined]);
  const found = findings(document).map(({ rule, pointer }) => `${rule.id} ${pointer}`);
  expect(found).toContain('principal-in-identity-policy /principals/A/policies/0/Statement/0/Principal');
  expect(found.some((each) => each.includes('/keys/signing/'))).toBe(false);
});

test('the account of a key is that of its entry, else that of the file', () => {
  const root = { AWS: 'arn:aws:iam::444455556666:root' };
  const of = { policy: { Version: '2012-10-17', Statement: [statement('kms:*', { Principal: root })] } };
  const about = { about: 'kms-root-wrong-account' };
  expect(ruleIds(FILE, JSON.stringify({ keys: { a: of } }), about)).toContain('kms-root-wrong-account');
  expect(ruleIds(FILE, JSON.stringify({ keys: { a: { ...of, account: '444455556666' } } }), about)).toEqual([]);
  expect(ruleIds(FILE, JSON.stringify({ account: '444455556666', keys: { a: of } }), about)).toEqual([]);
});

test.each([{}, { Statement: [] }, { Version: '2012-10-17' }])(
  '%j has a finding, so that nobody wonders why it is no policy',
  (empty) => {
    for (const around of Object.values(AROUND)) {
      const [before, after] = around({});
      const text = before + JSON.stringify(empty) + after;
      expect(ruleIds(FILE, text).length, text).toBeGreaterThan(0);
    }
  },
);

test('comments suppress findings there, for a line or for the file', () => {
  const text = (comment: string, line = '') => `{
    ${comment}
    "keys": { "orders": { "policy": { "Version": "2012-10-17", "Statement": {
      "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" }, "Resource": "*",
      ${line}
      "Action": "kms:Decypt"
    } } } }
  }`;
  expect(ruleIds(FILE, text(''))).toEqual(['action-unknown']);
  expect(ruleIds(FILE, text('// kms-lens-disable action-unknown'))).toEqual([]);
  expect(ruleIds(FILE, text('', '// kms-lens-disable-next-line action-unknown -- on purpose'))).toEqual([]);
  expect(ruleIds(FILE, text('// kms-lens-disable action-star'))).toEqual(['suppression-unused', 'action-unknown']);
});

test('all safe fixes at once mend every policy and nothing else', () => {
  const wrong = { Version: '2012-10-17', Statement: [statement('kms:Decrypt', { Effect: 'allow' })] };
  const value = {
    description: 'kms:decypt',
    keys: { a: { policy: wrong }, b: { policy: wrong } },
    principals: { A: { arn: 'arn:aws:iam::111122223333:role/A', policies: ['a.json'] } },
  };
  const document = new SourceDocument({ uri: FILE, text: `// kept\n${JSON.stringify(value, null, 2)}\n` });
  const only = Object.fromEntries(
    rules.filter(({ id }) => id !== 'effect-invalid').map(({ id }) => [id, 'off' as const]),
  );
  const mended = fixAll(document, { rules, severities: only });
  expect(mended).toBe(document.text.replaceAll('"allow"', '"Allow"'));
});

test('whatever is typed, checking a version after another finds what checking it alone does', () => {
  const typed = fc
    .tuple(
      anything,
      anything,
      fc.array(fc.tuple(fc.nat(), fc.constantFrom('"', '{', ']', ',', '}', 'x', '')), { maxLength: 4 }),
    )
    .map(([[one], [two], edits]) => {
      const whole = `{ "keys": { "a": { "policy": ${one} }, "b": { "policy": ${two} } } }`;
      const texts = [whole];
      for (const [where, put] of edits) {
        const text = texts.at(-1) ?? '';
        const at = where % (text.length + 1);
        texts.push(text.slice(0, at) + put + text.slice(put === '' ? at + 1 : at));
      }
      return [...texts, whole];
    });
  const said = (diagnostics: readonly Diagnostic[]) =>
    diagnostics.map(({ rule, finding, range }) => ({ rule: rule.id, finding, range }));
  fc.assert(
    fc.property(typed, (texts) => {
      const memory = new StatementMemory();
      let previous: SourceDocument | undefined;
      for (const text of texts) {
        const document = new SourceDocument({ uri: FILE, text, previous });
        const onError = (_: unknown, error: unknown): void => {
          throw error;
        };
        const alone = runRules(new SourceDocument({ uri: FILE, text }), { rules, onError });
        expect(said(runRules(document, { rules, memory, onError }))).toEqual(said(alone));
        previous = document;
      }
    }),
    { numRuns: 100 },
  );
});

test('what is given twice in one is told once', () => {
  const text = `{ "keys": { "a": { "policy": { "Statement": { "Effect": "Deny", "Effect": "Allow", "Principal": { "AWS": "111122223333" },
    "Action": "kms:Decrypt", "Resource": "*" } } } } }`;
  expect(ruleIds(FILE, text).filter((id) => id === 'json-duplicate-key')).toHaveLength(1);
});

test('letters that no key policy takes are told where they stand, comments aside', () => {
  const text = `{ /* „ein“ */ "description": "„ein“", "keys": { "a": { "policy": /* „ein“ */ {
    "Version": "2012-10-17", // „ein“
    "Statement": { "Sid": "Read – only", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/A" },
      "Action": "kms:Decrypt", "Resource": "*" } } } } }`;
  const document = new SourceDocument({ uri: FILE, text });
  const found = findings(document).filter(({ rule }) => rule.id === 'kms-policy-charset');
  expect(found).toHaveLength(1);
  const [{ range } = { range: undefined }] = found;
  expect(range && document.offsetAt(range.start)).toBe(text.indexOf('–'));
});

test('only the policy counts for its size', () => {
  const around = 'x'.repeat(70_000);
  const text = JSON.stringify({ description: around, keys: { a: { policy: policy('kms:Decrypt') } } });
  expect(ruleIds(FILE, text)).not.toContain('kms-policy-size-bytes');
  const large = JSON.stringify({ keys: { a: { policy: { Id: around, ...policy('kms:Decrypt') } } } });
  expect(ruleIds(FILE, large)).toContain('kms-policy-size-bytes');
});

test('what stands alone goes with the comma that follows it, as scenarios may have one', () => {
  const document = new SourceDocument({ uri: FILE, text: '{ "keys": { "a": { "aliases": ["alias/a" , ], }, }, }' });
  const [edit] = toTextEdits(document, [{ op: 'remove', path: ['keys', 'a', 'aliases', 0] }]) ?? [];
  expect(edit && applyTextEdits(document, [edit])).toBe('{ "keys": { "a": { "aliases": [ ], }, }, }');
  const [other] = toTextEdits(document, [{ op: 'remove', path: ['keys', 'a', 'aliases'] }]) ?? [];
  expect(other && applyTextEdits(document, [other])).toBe('{ "keys": { "a": {  }, }, }');
});
