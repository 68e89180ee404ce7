import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { SelectionRange } from 'vscode-languageserver';
import { SourceDocument, type SourceDocumentInit } from '../../../server/documents/source.ts';
import { linksOf } from '../../../server/features/document-link.ts';
import { foldingRangesOf } from '../../../server/features/folding-range.ts';
import { hintsOf } from '../../../server/features/inlay-hint.ts';
import { selectionAt } from '../../../server/features/selection-range.ts';

const example = (name: string): string => readFileSync(new URL(`../../../examples/${name}`, import.meta.url), 'utf8');

const open = (uri: string, text: string, more: Partial<SourceDocumentInit> = {}): SourceDocument =>
  new SourceDocument({ uri, text, ...more });

const whole = (source: SourceDocument): ReturnType<SourceDocument['rangeOf']> =>
  source.rangeOfSpan({ start: 0, end: source.text.length });

describe('inlay hints', () => {
  const text = `{ "Statement": [
  { "Action": ["kms:Describe*", "kms:Decrypt", "kms:DisableKe?"] },
  { "NotAction": "kms:*" },
  { "Action": ["*", "s3:*", "kms:Foo*", "kms:\${x}*"] }
] }`;
  const shown = (source: SourceDocument, lines = whole(source)): string[] =>
    hintsOf(source, lines).map(({ position: { line, character }, label }) => `${line}:${character} ${label}`);

  test('say behind each wildcard how many actions it covers', () => {
    expect(shown(open('a.key-policy.json', text))).toEqual([
      '1:30 2 actions',
      '1:63 1 action',
      '2:24 58 actions',
      '3:38 no action',
    ]);
  });

  test('list the actions when pointed at', () => {
    const source = open('a.key-policy.json', text);
    expect(hintsOf(source, whole(source))[0]?.tooltip).toEqual({
      kind: 'markdown',
      value: '- Read: `DescribeCustomKeyStores`, `DescribeKey`',
    });
  });

  test('come for the lines asked for only', () => {
    const source = open('a.key-policy.json', text);
    const line = { start: { line: 2, character: 0 }, end: { line: 2, character: 9 } };
    expect(shown(source, line)).toEqual(['2:24 58 actions']);
  });

  test('stand behind the escaped quote of an embedded policy', () => {
    const output = JSON.stringify({ Policy: '{"Statement":{"Action":"kms:*Mac"}}', PolicyName: 'default' });
    const end = output.indexOf('*Mac\\"') + '*Mac\\"'.length;
    expect(shown(open('output.json', output))).toEqual([`0:${end} 2 actions`]);
  });
});

describe('folding', () => {
  const folds = (text: string): string[] =>
    foldingRangesOf(open('a.key-policy.json', text)).map(({ startLine, endLine }) => `${startLine}–${endLine}`);

  test('statements, conditions and lists, up to the line before the closing bracket', () => {
    const text = `{
  "Statement": [
    {
      "Action": [
        "kms:Decrypt"
      ],
      "Condition": {
        "Bool": { "a:b": "true" }
      }
    }
  ]
}`;
    expect(folds(text)).toEqual(['0–10', '1–9', '2–8', '3–4', '6–7']);
  });

  test('of two brackets on one line the one that goes on longer', () => {
    expect(folds('{ "Statement": [{\n"Sid": "a"\n}\n]\n}')).toEqual(['0–3']);
  });

  test('what is not closed goes on to its end', () => {
    expect(folds('{\n"Statement": [\n{\n"Sid": "a"')).toEqual(['0–3', '1–3', '2–3']);
  });
});

describe('growing selections', () => {
  function selections(uri: string, marked: string): string[] {
    const source = open(uri, marked.replace('$0', ''));
    const texts: string[] = [];
    let selection: SelectionRange | undefined = selectionAt(source, marked.indexOf('$0'));
    for (; selection; selection = selection.parent) {
      const { start, end } = selection.range;
      texts.push(source.text.slice(source.offsetAt(start), source.offsetAt(end)));
    }
    return texts;
  }

  test('segment of an ARN, text, value, member, block, statement, policy', () => {
    const text = '{ "Statement": [{ "Principal": { "AWS": "arn:aws:iam::1111$022223333:root" } }] }';
    const arn = 'arn:aws:iam::111122223333:root';
    expect(selections('a.key-policy.json', text)).toEqual([
      '111122223333',
      arn,
      `"${arn}"`,
      `"AWS": "${arn}"`,
      ` "AWS": "${arn}" `,
      `{ "AWS": "${arn}" }`,
      `"Principal": { "AWS": "${arn}" }`,
      ` "Principal": { "AWS": "${arn}" } `,
      `{ "Principal": { "AWS": "${arn}" } }`,
      `[{ "Principal": { "AWS": "${arn}" } }]`,
      `"Statement": [{ "Principal": { "AWS": "${arn}" } }]`,
      ` "Statement": [{ "Principal": { "AWS": "${arn}" } }] `,
      `{ "Statement": [{ "Principal": { "AWS": "${arn}" } }] }`,
    ]);
  });

  test('name and service of an action, and a key', () => {
    expect(selections('a.key-policy.json', '{ "Action": "kms:De$0crypt" }').slice(0, 3)).toEqual([
      'Decrypt',
      'kms:Decrypt',
      '"kms:Decrypt"',
    ]);
    expect(selections('a.key-policy.json', '{ "Act$0ion": 1 }').slice(0, 3)).toEqual([
      'Action',
      '"Action"',
      '"Action": 1',
    ]);
  });

  test('inside an embedded policy', () => {
    const output = '{"Policy":"{\\"Statement\\":{\\"Action\\":\\"kms:S$0ign\\"}}","PolicyName":"default"}';
    expect(selections('output.json', output).slice(0, 5)).toEqual([
      'Sign',
      'kms:Sign',
      '\\"kms:Sign\\"',
      '\\"Action\\":\\"kms:Sign\\"',
      '{\\"Action\\":\\"kms:Sign\\"}',
    ]);
  });
});

describe('links', () => {
  const linked = (uri: string, text: string): string[] => {
    const source = open(uri, text);
    return linksOf(source).map(({ range: { start, end }, target }) => {
      const name = source.text.slice(source.offsetAt(start), source.offsetAt(end));
      return `${name} → ${target?.replace(/^.*\//, '')}`;
    });
  };

  test('lead from each action to its page, and from nothing else', () => {
    const text =
      '{ "Statement": [{ "Action": ["kms:Sign", "kms:ReEncryptTo", "kms:*", "kms:Sing", "s3:GetObject"] }] }';
    expect(linked('a.key-policy.json', text)).toEqual([
      'kms:Sign → API_Sign.html',
      'kms:ReEncryptTo → API_ReEncrypt.html',
    ]);
  });

  test('and from each operation of a grant', () => {
    expect(linked('a.kms-grant.json', example('orders-worker.kms-grant.json'))).toEqual([
      'Decrypt → API_Decrypt.html',
      'GenerateDataKey → API_GenerateDataKey.html',
      'DescribeKey → API_DescribeKey.html',
    ]);
  });
});
