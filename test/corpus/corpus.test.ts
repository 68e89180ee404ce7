import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { DocumentKind } from '../../server/documents/kinds.ts';
import { SourceDocument } from '../../server/documents/source.ts';
import { rules } from '../../server/rules/generated/index.ts';
import { findings } from '../rules/harness.ts';

const corpus = new URL('../../../shared/corpus/', import.meta.url);
const expectedFile = new URL('expected.md', import.meta.url);

const kinds: Readonly<Record<string, DocumentKind>> = {
  'key-policy': 'key-policy',
  'iam-policy': 'iam-policy',
  scp: 'scp',
  rcp: 'rcp',
  vpce: 'vpce-policy',
};

test('each row of expected.md names a file, a rule and a place, and has a reason', () => {
  for (const { file, rule, pointer, reason } of readExpected()) {
    expect(file).toMatch(/^[\w-]+\.json$/);
    expect(rules.map(({ id }) => id)).toContain(rule);
    expect(pointer).toMatch(/^\//);
    expect(reason.length, file).toBeGreaterThan(20);
  }
});

if (existsSync(corpus)) compare();
else
  test('policies are not compared: there is no corpus beside this checkout', () =>
    expect(existsSync(corpus)).toBe(false));

function compare(): void {
  const files = readIndex();
  const rows = readExpected();

  test('the index lists files of known kinds', () => {
    expect(files.length).toBeGreaterThan(100);
  });

  describe('errors and warnings on published policies', () => {
    test.each(files.filter(({ bad }) => !bad))('$file', ({ file, kind }) => {
      const found = grave(open(file, kind)).map(({ rule, pointer }) => `${rule} ${pointer}`);
      const expected = rows.filter((row) => row.file === file).map(({ rule, pointer }) => `${rule} ${pointer}`);
      expect(found.sort()).toEqual(expected.sort());
    });
  });

  test('each row of expected.md is about a file of the corpus', () => {
    for (const { file } of rows) expect(files.map((each) => each.file)).toContain(file);
  });

  const opened = files.filter(({ file, bad }) => bad && opensToEveryone(file));

  test('some bad examples open the key to everyone', () => {
    expect(opened.length).toBeGreaterThanOrEqual(5);
  });

  test.each(opened)('$file is reported for a principal that is everyone', ({ file, kind }) => {
    expect(grave(open(file, kind)).map(({ rule }) => rule)).toContain('principal-star-unconditioned');
  });
}

interface CorpusFile {
  readonly file: string;
  readonly kind: DocumentKind;
  readonly bad: boolean;
}

function readIndex(): CorpusFile[] {
  return tableOf(readFileSync(new URL('INDEX.md', corpus), 'utf8')).map(([file = '', name = '']) => {
    const kind = kinds[name];
    if (!kind) throw new Error(`${file} has the unknown kind ${name}`);
    return { file, kind, bad: file.startsWith('known-bad/') };
  });
}

function readExpected(): { file: string; rule: string; pointer: string; reason: string }[] {
  return tableOf(readFileSync(expectedFile, 'utf8')).map(([file = '', rule = '', pointer = '', reason = '']) => ({
    file,
    rule,
    pointer,
    reason,
  }));
}

/** The cells of the table's rows, its head and the line below it left out. */
function tableOf(markdown: string): string[][] {
  return markdown
    .split(/\r?\n/)
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter((cells) => !cells.every((cell) => /^:?-+:?$/.test(cell)))
    .slice(1);
}

function open(file: string, kind: DocumentKind): SourceDocument {
  return new SourceDocument({ uri: file, text: textOf(file), configured: kind });
}

function textOf(file: string): string {
  return readFileSync(new URL(file, corpus), 'utf8');
}

function grave(document: SourceDocument): { rule: string; pointer: string | undefined }[] {
  return findings(document)
    .filter(({ severity }) => severity !== 'information')
    .map(({ rule, pointer }) => ({ rule: rule.id, pointer }));
}

/** Read without any of our code, so that the rule is compared with something else than itself. */
function opensToEveryone(file: string): boolean {
  const { Statement: statements } = JSON.parse(textOf(file));
  return [statements].flat().some(({ Effect: effect, Principal: principal, Condition: condition }) => {
    const named = [principal === '*' ? '*' : principal?.AWS].flat();
    return effect === 'Allow' && condition === undefined && named.includes('*');
  });
}
