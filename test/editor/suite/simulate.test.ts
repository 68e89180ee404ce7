import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { DecisionJson } from '../../../server/protocol.ts';
import {
  closeAll,
  edit,
  lenses,
  lensTitles,
  openFile,
  openUntitled,
  orders,
  ordersApi,
  run,
  until,
  untilVerdict,
  writeFile,
} from './support.ts';

const asAllowed = { principal: ordersApi, action: 'kms:Decrypt', encryptionContext: { service: 'orders' } };
const asBackup = { principal: 'arn:aws:iam::111122223333:role/Backup', action: 'kms:Decrypt' };

describe('“Simulate access…”', () => {
  afterEach(closeAll);

  it('stands above the policy and above each statement', async () => {
    const document = await openFile('lenses.key-policy.json', orders);
    const all = await until('lenses', () => lenses(document));
    const simulate = all.filter(({ command }) => command?.command === 'kms-lens.simulateAccess');
    assert.deepEqual(
      simulate.map(({ range, command }) => [range.start.line + 1, command?.title, command?.arguments?.[0]]),
      [
        [1, 'Simulate access…', { uri: document.uri.toString() }],
        [4, 'Simulate access…', { uri: document.uri.toString(), statement: '/Statement/0' }],
        [11, 'Simulate access…', { uri: document.uri.toString(), statement: '/Statement/1' }],
        [19, 'Simulate access…', { uri: document.uri.toString(), statement: '/Statement/2' }],
      ],
    );
  });

  it('can be switched off, and on again', async () => {
    const document = await openFile('lens-settings.key-policy.json', orders);
    await until('lenses', () => lenses(document));
    const settings = vscode.workspace.getConfiguration('kms-lens');
    try {
      await settings.update('codeLens.simulate.enabled', false, vscode.ConfigurationTarget.Global);
      await until('only the other lens is left', async () => {
        const titles = await lensTitles(document);
        return titles.length > 0 && !titles.some((title) => title.endsWith('Simulate access…'));
      });
    } finally {
      await settings.update('codeLens.simulate.enabled', undefined, vscode.ConfigurationTarget.Global);
    }
    await until('it is back', async () => (await lensTitles(document)).includes('1 Simulate access…'));
  });

  it('returns the decision on a request and shows the verdict where it was decided', async () => {
    const document = await openFile('allowed.key-policy.json', orders);
    const decision = await run<DecisionJson>('simulateAccess', { uri: document.uri.toString(), request: asAllowed });
    assert.equal(decision.version, 1);
    assert.equal(decision.verdict, 'allowed');
    assert.equal(decision.by, 'key-policy');
    assert.match(decision.because, /Use the key for orders/);
    const statements = decision.layers.flatMap((layer) => layer.statements);
    assert.deepEqual(
      statements.map(({ file, pointer, effect, matched }) => [file, pointer, effect, matched]),
      [
        ['allowed.key-policy.json', '/Statement/0', 'Allow', true],
        ['allowed.key-policy.json', '/Statement/1', 'Allow', true],
        ['allowed.key-policy.json', '/Statement/2', 'Deny', false],
      ],
    );
    await untilVerdict(document, '11 ✓ allowed: explain');
  });

  it('says of a denied request who denies it', async () => {
    const document = await openFile('denied.key-policy.json', orders);
    const principal = 'arn:aws:iam::111122223333:role/contractor/Ada';
    const decision = await run<DecisionJson>('simulateAccess', {
      uri: document.uri.toString(),
      request: { principal, action: 'Decrypt' },
    });
    assert.deepEqual([decision.verdict, decision.kind, decision.by], ['denied', 'explicit', 'key-policy']);
    await untilVerdict(document, '19 ✗ denied: explain');
  });

  it('takes the document in the active editor where none is named', async () => {
    await openUntitled('kms-key-policy', orders);
    const decision = await run<DecisionJson>('simulateAccess', { request: asAllowed });
    assert.equal(decision.verdict, 'allowed');
  });

  it('explains the verdict in a document with links to the statements', async () => {
    const document = await openFile('explained.key-policy.json', orders);
    await run('simulateAccess', { uri: document.uri.toString(), request: asAllowed, open: true });
    const report = await until('the explanation is open', reportOnScreen);
    assert.equal(report.languageId, 'kms-lens-report');
    assert.match(report.getText(), /^ALLOWED: kms:Decrypt\n/);
    assert.match(report.getText(), /Use the key for orders/);
    assert.match(report.getText(), /kms:EncryptionContext:service/);
    const links = await until('links', () =>
      vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', report.uri),
    );
    const target = `${document.uri.with({ fragment: 'L11,5' })}`;
    assert.ok(
      links.some((link) => link.target?.toString() === target),
      links.map((link) => link.target?.toString()).join('\n'),
    );
  });

  it('forgets the verdict when the text is edited, and asks again on request', async () => {
    const document = await openFile('edited.key-policy.json', orders);
    const uri = document.uri.toString();
    await run('simulateAccess', { uri, request: asAllowed });
    await untilVerdict(document, '11 ✓ allowed: explain');
    await edit(document, '"kms:EncryptionContext:service": "orders"', '"kms:EncryptionContext:service": "bills"');
    await untilVerdict(document, undefined);
    const again = await run<DecisionJson>('runAgain', { uri });
    assert.equal(again.verdict, 'depends');
    await untilVerdict(document, '1 ? depends: explain');
  });

  it('depends on identity policies for a principal that the policy delegates, and decides with them', async () => {
    const allow = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' };
    const policy = { Version: '2012-10-17', Statement: [allow] };
    const backup = await writeFile('backup-of-test.iam-policy.json', JSON.stringify(policy));
    const document = await openFile('delegated.key-policy.json', orders);
    const uri = document.uri.toString();
    const decision = await run<DecisionJson>('simulateAccess', { uri, request: asBackup });
    assert.equal(decision.verdict, 'depends');
    assert.deepEqual(decision.needs, ['allowed if an identity policy of 111122223333 allows `kms:Decrypt`']);
    await untilVerdict(document, '1 ? depends: explain');
    assert.ok((await lensTitles(document)).includes('1 Decide with identity policies…'));
    const allowed = await run<DecisionJson>('decideWithIdentityPolicies', {
      uri,
      identityPolicies: [backup.toString()],
    });
    assert.deepEqual([allowed.verdict, allowed.by], ['allowed', 'identity-policy']);
    const denied = await run<DecisionJson>('decideWithIdentityPolicies', { uri, identityPolicies: [] });
    assert.deepEqual([denied.verdict, denied.kind], ['denied', 'implicit']);
  });

  it('reads an identity policy as it is edited, not as it was saved', async () => {
    const text = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] }, null, 2);
    const identity = await openFile('unsaved.iam-policy.json', text);
    await edit(identity, 's3:GetObject', 'kms:Decrypt');
    const document = await openFile('with-unsaved.key-policy.json', orders);
    const decision = await run<DecisionJson>('decideWithIdentityPolicies', {
      uri: document.uri.toString(),
      request: asBackup,
      identityPolicies: [identity.uri.toString()],
    });
    assert.equal(decision.verdict, 'allowed');
  });

  it('tells a caller what is wrong with a request', async () => {
    const document = await openFile('refused.key-policy.json', orders);
    const uri = document.uri.toString();
    const refused = (request: unknown) => run('simulateAccess', { uri, request });
    await assert.rejects(refused({ ...asAllowed, action: 'kms:Decypt' }), /did you mean `kms:Decrypt`\?/);
    await assert.rejects(refused({ ...asAllowed, principal: 'Ana' }), /`Ana` is no principal/);
    await assert.rejects(refused({ principal: ordersApi }), /`request.action` must be a string/);
  });
});

function reportOnScreen(): vscode.TextDocument | undefined {
  return vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'kms-lens')?.document;
}
