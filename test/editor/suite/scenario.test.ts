import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { NewScenario, ScenarioRun, StepExplanation } from '../../../server/protocol.ts';
import { closeAll, edit, lensTitles, openFile, orders, ordersApi, run, until, writeFile } from './support.ts';

const step = { can: 'Decrypt', as: 'Api', on: 'orders', encryptionContext: { service: 'orders' } };

function scenarioWith(steps: readonly object[]): string {
  return JSON.stringify(
    {
      principals: { Api: { arn: ordersApi } },
      keys: { orders: { policy: 'scenario-orders.key-policy.json' } },
      steps,
    },
    null,
    2,
  );
}

const verdictsIn = (titles: readonly string[]): string[] =>
  titles.filter((title) => title.endsWith(': explain')).map((title) => title.replace(/^\d+ /, ''));

const passing = scenarioWith([
  { name: 'orders are read', ...step, expect: 'allowed' },
  { name: 'nothing else is read', ...step, encryptionContext: {}, expect: 'denied' },
]);

describe('scenarios', () => {
  afterEach(closeAll);

  it('run from a lens, and each step shows what it came to', async () => {
    await writeFile('scenario-orders.key-policy.json', orders);
    const document = await openFile('run.kms-scenario.json', passing);
    await until('the lenses', async () => (await lensTitles(document)).includes('1 Run all steps'));
    const [result] = await run<ScenarioRun[]>('runScenario', { uri: document.uri.toString() });
    assert.equal(result?.summary, '2 steps passed');
    const titles = await until('the verdicts', async () => {
      const all = await lensTitles(document);
      return all.filter((title) => title.endsWith(': explain')).length === 2 ? all : [];
    });
    assert.deepEqual(verdictsIn(titles), ['✓ allowed: explain', '✓ denied: explain']);
  });

  it('run one step alone, with the policy as it is edited', async () => {
    await writeFile('scenario-orders.key-policy.json', orders);
    const document = await openFile('one.kms-scenario.json', passing);
    const policy = await openFile('scenario-orders.key-policy.json', orders);
    await edit(policy, '"kms:EncryptionContext:service": "orders"', '"kms:EncryptionContext:service": "invoices"');
    const [result] = await run<ScenarioRun[]>('runScenario', { uri: document.uri.toString(), step: 0 });
    assert.deepEqual(
      result?.steps.map(({ name, outcome }) => [name, outcome]),
      [['orders are read', 'fail']],
    );
    const explained = await run<StepExplanation>('explainStep', { uri: document.uri.toString(), step: 0 });
    assert.match(explained.summary, /^denied: /);
  });

  it('are made from a statement and pass', async () => {
    const policy = await openFile('fresh.key-policy.json', orders);
    const made = await run<NewScenario>('newScenario', { uri: policy.uri.toString(), statement: '/Statement/1' });
    const shown = await until('it is shown', () => vscode.window.activeTextEditor?.document);
    assert.equal(shown.uri.toString(), made.uri);
    assert.equal(shown.languageId, 'kms-scenario');
    const [result] = await run<ScenarioRun[]>('runScenario', { uri: made.uri });
    assert.deepEqual(result?.errors, []);
    assert.ok(result?.steps.every(({ outcome }) => outcome === 'pass'));
    const [all] = await run<ScenarioRun[]>('runScenario', { uri: policy.uri.toString() });
    assert.equal(all?.uri, made.uri, 'the policy knows the scenario that uses it');
  });

  it('run when a policy that they use is saved, where the setting asks for it', async () => {
    await writeFile('scenario-orders.key-policy.json', orders);
    const document = await openFile('save.kms-scenario.json', passing);
    const settings = vscode.workspace.getConfiguration('kms-lens');
    try {
      await settings.update('scenarios.runOnSave', true, vscode.ConfigurationTarget.Global);
      const policy = await openFile('scenario-orders.key-policy.json', orders);
      await edit(policy, '"Sid": "', '"Sid": "The ');
      await policy.save();
      await until('the verdicts', async () => verdictsIn(await lensTitles(document)).length === 2);
    } finally {
      await settings.update('scenarios.runOnSave', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('run again and again while somebody edits, in a continuous run', async () => {
    await writeFile('scenario-orders.key-policy.json', orders);
    const document = await openFile('continuous.kms-scenario.json', passing);
    await run<ScenarioRun[]>('runScenario', { uri: document.uri.toString() });
    await vscode.commands.executeCommand('testing.startContinuousRun');
    try {
      const policy = await openFile('scenario-orders.key-policy.json', orders);
      await edit(policy, '"kms:EncryptionContext:service": "orders"', '"kms:EncryptionContext:service": "others"');
      const titles = await until('the verdict of the edited policy', async () => {
        const all = verdictsIn(await lensTitles(document));
        return all[0]?.startsWith('✗') ? all : [];
      });
      assert.equal(titles[0], '✗ expected allowed, is denied: explain');
    } finally {
      await vscode.commands.executeCommand('testing.stopContinuousRun');
    }
  });

  it('have names that are renamed everywhere', async () => {
    await writeFile('scenario-orders.key-policy.json', orders);
    const document = await openFile('rename.kms-scenario.json', passing);
    const at = document.positionAt(document.getText().indexOf('"Api"') + 2);
    const edits = await until('the server renames', () =>
      vscode.commands.executeCommand<vscode.WorkspaceEdit>(
        'vscode.executeDocumentRenameProvider',
        document.uri,
        at,
        'Shop',
      ),
    );
    assert.ok(await vscode.workspace.applyEdit(edits));
    assert.equal(document.getText().includes('"Api"'), false);
    assert.equal(document.getText().match(/"Shop"/g)?.length, 3, 'the principal and the two steps that it takes');
    const [result] = await run<ScenarioRun[]>('runScenario', { uri: document.uri.toString() });
    assert.equal(result?.summary, '2 steps passed');
  });

  it('lead from a name to what it names, and offer the names that there are', async () => {
    await writeFile('scenario-orders.key-policy.json', orders);
    const document = await openFile('names.kms-scenario.json', passing);
    const use = document.positionAt(document.getText().indexOf('"on": "orders"') + '"on": "or'.length);
    const [found] = await until('a definition', () =>
      vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        use,
      ),
    );
    const range = found && ('targetUri' in found ? (found.targetSelectionRange ?? found.targetRange) : found.range);
    assert.equal(range && document.getText(range).replaceAll('"', ''), 'orders');
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      use,
    );
    assert.ok(list.items.some(({ label }) => (typeof label === 'string' ? label : label.label) === 'orders'));
  });

  it('have mistakes marked where they are', async () => {
    const document = await openFile('wrong.kms-scenario.json', passing.replace('"as": "Api"', '"as": "Apo"'));
    const found = await until('the finding', () =>
      vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'KMS Lens'),
    );
    assert.deepEqual(
      found.filter(({ message }) => message.includes('Apo')).map(({ range }) => document.getText(range)),
      ['"Apo"'],
    );
  });

  it('put a step into the clipboard as a command line', async () => {
    await writeFile('scenario-orders.key-policy.json', orders);
    const document = await openFile('copy.kms-scenario.json', passing);
    const line = await run<string>('copyCommandLine', { uri: document.uri.toString(), step: 0 });
    assert.match(
      line,
      /^kms-lens simulate --principal arn:aws:iam::111122223333:role\/OrdersApi --action kms:Decrypt /,
    );
    assert.equal(await vscode.env.clipboard.readText(), line);
  });
});
