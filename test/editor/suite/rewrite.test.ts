import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, findings, openFile, orders, rangeOf, until } from './support.ts';

describe('rewriting where the cursor is', () => {
  afterEach(closeAll);

  it('leaves places to fill in', async () => {
    const document = await openFile('restrict.key-policy.json', orders);
    await action(document, '"kms:GenerateDataKey"', 'Allow it through a service only (`kms:ViaService`)');
    await vscode.window.showTextDocument(document);
    select(document, '"kms:GenerateDataKey"');
    await vscode.commands.executeCommand('editor.action.codeAction', { kind: 'refactor.rewrite', apply: 'first' });
    await until('the edit is made', () => document.getText() !== orders);
    assert.equal(
      document.getText(),
      orders.replace(
        '"kms:EncryptionContext:service": "orders" }',
        '"kms:EncryptionContext:service": "orders", "kms:ViaService": "s3.us-east-1.amazonaws.com" }',
      ),
    );
    await until('the place is selected', () => {
      const { selection } = vscode.window.activeTextEditor ?? {};
      return selection && document.getText(selection) === 's3';
    });
    await vscode.commands.executeCommand('type', { text: 'sqs' });
    await until('it is filled in', () =>
      document.getText().includes('"kms:ViaService": "sqs.us-east-1.amazonaws.com"'),
    );
  });

  it('adds a statement in the layout of the document', async () => {
    const document = await openFile('added.key-policy.json', orders);
    const { edit } = await action(document, '"Statement"', 'Add a statement: users');
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.equal(
      document.getText(),
      orders.replace(
        /\}\n {2}\]/,
        `},
    {
      "Sid": "Use the key",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:role/Application" },
      "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      "Resource": "*"
    }
  ]`,
      ),
    );
    assert.deepEqual(findings(document), []);
  });

  it('writes a grant next to the policy', async () => {
    const document = await openFile('lend.key-policy.json', orders);
    const { edit } = await action(document, '"Use the key for orders"', 'Copy into a grant');
    assert.ok(await vscode.workspace.applyEdit(edit));
    const uri = vscode.Uri.joinPath(document.uri, '../lend-use-the-key-for-orders.kms-grant.json');
    const grant = await vscode.workspace.openTextDocument(uri);
    assert.deepEqual(JSON.parse(grant.getText()).Constraints, { EncryptionContextSubset: { service: 'orders' } });
    assert.equal(document.getText(), orders);
  });

  it('sorts the lists of the document as a source action', async () => {
    const document = await openFile('sorted.key-policy.json', orders);
    await until('sorted', async () => {
      await vscode.commands.executeCommand('editor.action.sourceAction', { kind: 'source.sort', apply: 'first' });
      return document.getText() !== orders;
    });
    assert.equal(
      document.getText(),
      orders.replace('"kms:GenerateDataKey", "kms:Decrypt"', '"kms:Decrypt", "kms:GenerateDataKey"'),
    );
  });
});

function select(document: vscode.TextDocument, text: string): void {
  const editor = vscode.window.activeTextEditor;
  assert.equal(editor?.document, document);
  const { start } = rangeOf(document, text);
  if (editor) editor.selection = new vscode.Selection(start, start);
}

async function action(
  document: vscode.TextDocument,
  at: string,
  title: string,
): Promise<{ readonly edit: vscode.WorkspaceEdit }> {
  const { edit } = await until(title, async () => {
    const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      rangeOf(document, at),
      vscode.CodeActionKind.RefactorRewrite.value,
    );
    return all.find((each) => each.title === title);
  });
  if (!edit) throw new Error(`${title} has no edit`);
  return { edit };
}
