import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, extension, openUntitled, orders, rangeOf, until } from './support.ts';

/** The second statement lacks what the first has, so the JSON service offers its keys and values. */
const unfinished = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "First",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
      "Action": "kms:Decrypt",
      "Resource": "*"
    },
    {
      "Sid": "Second",
      ""
    }
  ]
}
`;

describe('typing in a policy', () => {
  afterEach(closeAll);

  const ids: string[] = extension().packageJSON.contributes.languages.map(({ id }: { id: string }) => id);
  const typed = ids.filter((id) => id.startsWith('kms-') && id !== 'kms-lens-report');

  for (const id of typed) {
    it(`closes quotes and brackets and indents as in JSON: ${id}`, async () => {
      const document = await openUntitled(id, '');
      await type('{', '\n', '"', 'Statement');
      await vscode.commands.executeCommand('cursorRight');
      await type(':', ' ', '[', '\n', '{', '\n');
      assert.equal(document.getText(), '{\n  "Statement": [\n    {\n      \n    }\n  ]\n}');
      assert.deepEqual(vscode.window.activeTextEditor?.selection.active, new vscode.Position(3, 6));
    });

    it(`offers completions inside strings by itself: ${id}`, async () => {
      const document = await openUntitled(id, '{}');
      const editor = vscode.workspace.getConfiguration('editor', document);
      assert.equal(editor.get<{ strings: unknown }>('quickSuggestions')?.strings, true);
      assert.equal(editor.get('tabSize'), 2);
    });
  }

  it('leaves brackets inside strings alone', async () => {
    const document = await openUntitled('kms-key-policy', '{ "Sid": "", "Id":  }');
    place(document, rangeOf(document, ':  }').end.translate(0, -2));
    await type('[');
    place(document, rangeOf(document, '""').start.translate(0, 1));
    await vscode.commands.executeCommand('type', { text: '{' });
    await vscode.commands.executeCommand('type', { text: '[' });
    assert.equal(document.getText(), '{ "Sid": "{[", "Id": [] }');
  });

  it('is offered once what VS Code’s JSON service offers in plain JSON', async () => {
    const inPolicy = await completions('kms-key-policy', unfinished);
    const inJson = await completions('json', unfinished);
    assert.ok(inJson.includes('Effect') && inJson.includes('Principal'), inJson.join(', '));
    for (const label of inJson) assert.ok(inPolicy.includes(label), `\`${label}\` is not offered in a policy`);
    assert.deepEqual([...new Set(inPolicy)], inPolicy);
  });

  it('is formatted by VS Code’s JSON service', async () => {
    const document = await openUntitled('kms-key-policy', JSON.stringify(JSON.parse(orders)));
    await until('it is formatted', async () => {
      await vscode.commands.executeCommand('editor.action.formatDocument');
      return document.lineCount > 20;
    });
    assert.deepEqual(JSON.parse(document.getText()), JSON.parse(orders));
  });

  it('folds statements as JSON does', async () => {
    const document = await openUntitled('kms-key-policy', orders);
    const ranges = await until('there are folding ranges', () =>
      vscode.commands.executeCommand<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri),
    );
    assert.ok(ranges.some(({ start }) => start === rangeOf(document, '{', 1).start.line));
  });
});

const closers: Readonly<Record<string, string>> = { '{': '}', '[': ']', '"': '"' };

/**
 * Types as the keyboard does. Faster than a hand can, VS Code does not know yet whether the place is in a string, and
 * then closes nothing: what should have been closed is taken back and typed again.
 */
async function type(...keys: string[]): Promise<void> {
  for (const text of keys) {
    const closer = closers[text];
    await until(`\`${text}\` is closed`, async () => {
      await vscode.commands.executeCommand('type', { text });
      if (closer === undefined || charAtCursor() === closer) return true;
      await vscode.commands.executeCommand('deleteLeft');
      return false;
    });
  }
}

function charAtCursor(): string {
  const editor = vscode.window.activeTextEditor;
  const at = editor?.selection.active;
  return editor && at ? editor.document.getText(new vscode.Range(at, at.translate(0, 1))) : '';
}

function place(document: vscode.TextDocument, position: vscode.Position): void {
  const editor = vscode.window.activeTextEditor;
  assert.equal(editor?.document, document);
  if (editor) editor.selection = new vscode.Selection(position, position);
}

/** The labels offered between the last quotes of a text, those of words left out. */
async function completions(language: string, text: string): Promise<string[]> {
  const document = await openUntitled(language, text);
  const at = document.positionAt(text.lastIndexOf('""') + 1);
  const { items } = await until(`completions in ${language}`, async () => {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      at,
    );
    return list.items.some(({ kind }) => kind === vscode.CompletionItemKind.Property) ? list : undefined;
  });
  return items
    .filter(({ kind }) => kind !== vscode.CompletionItemKind.Text)
    .map(({ label }) => (typeof label === 'string' ? label : label.label));
}
