import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { DecisionJson } from '../../../server/protocol.ts';
import {
  closeAll,
  edit,
  findings,
  lenses,
  openFile,
  openUntitled,
  ordersApi,
  ordersWithTypo,
  ruleOf,
  run,
  until,
} from './support.ts';

const names: readonly (readonly [file: string, language: string])[] = [
  ['a.key-policy.json', 'kms-key-policy'],
  ['a.kms-policy.json', 'kms-key-policy'],
  ['key-policy.json', 'kms-key-policy'],
  ['kms-policy.json', 'kms-key-policy'],
  ['a.iam-policy.json', 'kms-iam-policy'],
  ['a.scp.json', 'kms-scp'],
  ['a.rcp.json', 'kms-rcp'],
  ['a.vpce-policy.json', 'kms-vpce-policy'],
  ['a.kms-grant.json', 'kms-grant'],
  ['a.kms-grants.json', 'kms-grant'],
  ['a.kms-scenario.json', 'kms-scenario'],
];

describe('documents', () => {
  afterEach(closeAll);

  for (const [file, language] of names) {
    it(`have the language of their name: ${file}`, async () => {
      const document = await openFile(`named/${file}`, '{}');
      assert.equal(document.languageId, language);
    });
  }

  const plain: readonly (readonly [what: string, open: () => Promise<vscode.TextDocument>, language: string])[] = [
    ['a JSON file', () => openFile('policy-of-test.json', ordersWithTypo), 'json'],
    ['a JSONC file', () => openFile('policy-of-test.jsonc', `// a comment\n${ordersWithTypo}`), 'jsonc'],
    ['untitled JSON', () => openUntitled('json', ordersWithTypo), 'json'],
    ['untitled JSONC', () => openUntitled('jsonc', ordersWithTypo), 'jsonc'],
    ['an untitled key policy', () => openUntitled('kms-key-policy', ordersWithTypo), 'kms-key-policy'],
  ];
  for (const [what, open, language] of plain) {
    it(`with a key policy are served and keep their language: ${what}`, async () => {
      const document = await open();
      assert.deepEqual((await until('the finding', () => findings(document))).map(ruleOf), ['action-unknown']);
      assert.notEqual((await until('lenses', () => lenses(document))).length, 0);
      const request = { principal: ordersApi, action: 'kms:GenerateDataKey', encryptionContext: { service: 'orders' } };
      const decision = await run<DecisionJson>('simulateAccess', { uri: document.uri.toString(), request });
      assert.equal(decision.verdict, 'allowed');
      assert.equal(document.languageId, language);
    });
  }

  it('with what `aws kms get-key-policy` prints are read as the policy inside', async () => {
    const output = JSON.stringify({ Policy: ordersWithTypo, PolicyName: 'default' }, null, 4);
    const document = await openFile('get-key-policy.json', output);
    const [finding] = await until('the finding', () => findings(document));
    assert.equal(finding && document.getText(finding.range), 'Decypt');
  });

  it('that become a key policy are served from then on', async () => {
    const document = await openFile('becomes.json', ordersWithTypo.replaceAll('kms:', 's3:'));
    await untilOthersHaveLooked(document);
    await edit(document, '"s3:Decypt"', '"kms:Decypt"');
    await until('the finding', () => findings(document));
    assert.equal(document.languageId, 'json');
  });

  it('are treated as a key policy on command', async () => {
    const document = await openFile('unclear.json', '{ "Version": "2012-10-17", "Statement": [{ "Sid": "a" }] }');
    await untilOthersHaveLooked(document);
    assert.equal(document.languageId, 'json');
    await run('treatAsKeyPolicy');
    await until('the language has changed', () => document.languageId === 'kms-key-policy');
    await until('it is judged as a key policy', () => findings(document));
  });

  it('change their kind with the language, and take their findings with them', async () => {
    const document = await openFile('changes.json', ordersWithTypo);
    await until('the finding', () => findings(document));
    await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    await until('it is gone', () => findings(document).length === 0);
    await vscode.languages.setTextDocumentLanguage(document, 'json');
    await until('it is back', () => findings(document));
  });

  it('that are closed leave no findings', async () => {
    const document = await openFile('closed.key-policy.json', ordersWithTypo);
    await until('the finding', () => findings(document));
    await closeAll();
    await until('it is gone', () => findings(document).length === 0);
  });
});

/** By then the editor has asked everybody about the document, us too. */
async function untilOthersHaveLooked(document: vscode.TextDocument): Promise<void> {
  await until('the outline of the JSON service', () =>
    vscode.commands.executeCommand<unknown[]>('vscode.executeDocumentSymbolProvider', document.uri),
  );
}
