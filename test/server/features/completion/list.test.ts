import { describe, expect, test } from 'vitest';
import { CompletionItemKind, type CompletionList, InsertTextFormat } from 'vscode-languageserver';
import { SourceDocument } from '../../../../server/documents/source.ts';
import { completionFeatures, toCompletionList } from '../../../../server/features/completion-list.ts';
import { completions, statement } from './harness.ts';

type Client = Parameters<typeof completionFeatures>[0];

const KEY = 'a.key-policy.json';
const modern: Client = {
  textDocument: {
    completion: {
      completionItem: {
        snippetSupport: true,
        insertReplaceSupport: true,
        labelDetailsSupport: true,
        documentationFormat: ['markdown'],
        insertTextModeSupport: { valueSet: [1, 2] },
      },
      completionList: { itemDefaults: ['editRange', 'insertTextMode'] },
    },
  },
};

function list(marked: string, client: Client, suggestsAgain = false): CompletionList {
  const offset = marked.indexOf('$0');
  const text = marked.replace('$0', '');
  const source = new SourceDocument({ uri: `file:///${KEY}`, text });
  const written = completions(KEY, text, offset) ?? [];
  return toCompletionList(written, { source, offset, client: completionFeatures(client), suggestsAgain });
}

const at = (start: number, end: number): object => ({
  start: { line: 0, character: start },
  end: { line: 0, character: end },
});

describe('a client that can do everything', () => {
  test('gets the ranges once', () => {
    const text = statement('"Action": "kms:De$0crypt"');
    const start = text.indexOf('kms:');
    const { items, itemDefaults } = list(text, modern);
    expect(itemDefaults?.editRange).toEqual({ insert: at(start, start + 6), replace: at(start, start + 11) });
    expect(itemDefaults?.insertTextMode).toBe(2);
    expect(items[0]).toEqual({
      label: 'kms:Decrypt',
      kind: CompletionItemKind.Method,
      sortText: '0000',
      labelDetails: { description: 'Write' },
      data: { about: { type: 'action', name: 'kms:Decrypt' }, uri: `file:///${KEY}` },
    });
  });

  test('gets snippets only where there is something to fill in, and suggestions again in what has some', () => {
    const { items } = list(statement('"$0"'), modern, true);
    const effect = items.find(({ label }) => label === 'Effect');
    expect(effect).toMatchObject({
      textEditText: '"Effect": "$1"',
      insertTextFormat: InsertTextFormat.Snippet,
      filterText: '"Effect"',
      command: { command: 'editor.action.triggerSuggest' },
    });
    const resource = items.find(({ label }) => label === 'Resource');
    expect(resource).toMatchObject({ textEditText: '"Resource": "*"' });
    expect(resource).not.toHaveProperty('insertTextFormat');
    expect(resource).not.toHaveProperty('command');
    expect(list(statement('"$0"'), modern).items.some(({ command }) => command)).toBe(false);
  });

  test('is compared with its quotes, since one may be typed before the list is there', () => {
    for (const text of [statement('$0'), statement('"$0'), statement('"$0"')])
      expect(list(text, modern).items.find(({ label }) => label === 'Effect')?.filterText, text).toBe('"Effect"');
  });

  test('of a client without snippets says a default wherever its number stands', () => {
    const marked = '{"Statement": [$0]}';
    const item = list(marked, {}).items.find(({ label }) => label === 'statement-via-storage');
    expect(item?.textEdit?.newText.match(/"kms:ViaService": "ec2\.[a-z0-9-]+\.amazonaws\.com"/g)).toHaveLength(2);
  });

  test('gets missing commas as edits of their own', () => {
    const text = statement('"Sid": "x" $0');
    const end = text.indexOf('"x"') + 3;
    expect(list(text, modern).items[0]?.additionalTextEdits).toEqual([{ range: at(end, end), newText: ',' }]);
  });
});

describe('a client that can do little', () => {
  test('gets plain edits of the whole word and details in one line', () => {
    const text = statement('"Action": "kms:De$0crypt"');
    const start = text.indexOf('kms:');
    const { items, itemDefaults } = list(text, {});
    expect(itemDefaults).toBeUndefined();
    expect(items[0]).toMatchObject({
      detail: 'Write',
      textEdit: { range: at(start, start + 11), newText: 'kms:Decrypt' },
    });
  });

  test('gets no snippets', () => {
    const { items } = list(statement('"$0"'), {}, true);
    const effect = items.find(({ label }) => label === 'Effect');
    expect(effect?.textEdit).toMatchObject({ newText: '"Effect": ""' });
    expect(effect).not.toHaveProperty('insertTextFormat');
    expect(effect).not.toHaveProperty('command');
  });
});

test('items are sorted as they are offered, and have no commit characters', () => {
  const { items } = list(statement('"Action": "$0"'), modern);
  const order = items.map(({ sortText }) => sortText ?? '');
  expect([...order].sort()).toEqual(order);
  expect(new Set(order).size).toBe(items.length);
  expect(items.some(({ commitCharacters }) => commitCharacters)).toBe(false);
});

test('indentation is that of the text', () => {
  const inserted = (text: string): string =>
    list(text, {}).items.find(({ label }) => label === 'Principal')?.textEdit?.newText ?? '';
  expect(inserted('{"Statement": [{\n$0}]}')).toBe('"Principal": {\n  "AWS": ""\n}');
  expect(inserted('{\n    "Statement": [{\n$0}]}')).toContain('\n    "AWS"');
  expect(inserted('{\n\t"Statement": [{\n$0}]}')).toContain('\n\t"AWS"');
});
