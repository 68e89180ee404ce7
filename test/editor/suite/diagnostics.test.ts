import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import {
  closeAll,
  findings,
  openFile,
  openUntitled,
  orders,
  ordersWithTypo,
  othersFindings,
  rangeOf,
  ruleOf,
  until,
} from './support.ts';

const mistakes = `{
  "Version": "2012-10-18",
  "Statement": [
    {
      "Sid": "Let IAM policies decide",
      "Effect": "allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
      "Actions": "kms:*",
      "Resource": "*"
    },
    {
      "Sid": "Use the key",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders*" },
      "Action": ["kms:Decypt", "kms:ReEncrypt"],
      "Resource": "*"
    }
  ]
}
`;

describe('diagnostics', () => {
  afterEach(closeAll);

  it('name the rule, the place, what is wrong, and a page that says more', async () => {
    const document = await openFile('mistakes-of-test.key-policy.json', mistakes);
    const found = await until('findings', () => findings(document));
    assert.deepEqual(
      found.map((one) => [ruleOf(one), document.getText(one.range), vscode.DiagnosticSeverity[one.severity]]),
      [
        ['version-invalid', '"2012-10-18"', 'Error'],
        ['effect-invalid', '"allow"', 'Error'],
        ['element-unknown', '"Actions"', 'Error'],
        ['principal-partial-wildcard', '"arn:aws:iam::111122223333:role/Orders*"', 'Error'],
        ['action-unknown', 'Decypt', 'Error'],
        ['kms-reencrypt-action', 'ReEncrypt', 'Error'],
      ],
    );
    const typo = found.find((one) => ruleOf(one) === 'action-unknown');
    assert.equal(typo?.message, 'AWS KMS has no action `kms:Decypt`; the entry allows nothing; write `kms:Decrypt`');
    const target = typeof typo?.code === 'object' ? typo.code.target.toString() : '';
    assert.match(target, /^https:\/\/.+\/docs\/rules\/action-unknown\.md$/);
  });

  it('are mended one by one with a quick fix', async () => {
    const document = await openFile('typo.key-policy.json', ordersWithTypo);
    await until('the finding', () => findings(document));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      rangeOf(document, 'Decypt'),
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ title }) => title === 'Change to `kms:Decrypt`');
    assert.ok(fix?.edit, actions.map(({ title }) => title).join(', '));
    assert.equal(fix.isPreferred, true);
    await vscode.workspace.applyEdit(fix.edit);
    assert.equal(document.getText(), orders);
    await until('the finding is gone', () => findings(document).length === 0);
  });

  it('are mended all at once with “Fix all”, but for those where nobody can know', async () => {
    const document = await openFile('fix-all.key-policy.json', mistakes);
    await until('findings', () => findings(document));
    await vscode.commands.executeCommand('editor.action.fixAll');
    const left = await until('only what cannot be mended safely is left', () => {
      const rules = findings(document).map(ruleOf);
      return rules.length === 1 ? rules : undefined;
    });
    assert.deepEqual(left, ['principal-partial-wildcard']);
    assert.match(document.getText(), /"Version": "2012-10-17".+"Effect": "Allow".+"Action": "kms:\*"/s);
    assert.match(document.getText(), /"kms:Decrypt",\s*"kms:ReEncrypt\*"/);
  });

  it('say once what VS Code’s JSON service says as well', async () => {
    const text = ordersWithTypo.replace('"Resource": "*"\n', '"Resource": "*",\n').replace('"Sid"', '"Sid": "", "Sid"');
    const document = await openFile('broken.key-policy.json', text);
    await until('both have looked', () => findings(document).length > 0 && othersFindings(document).length > 0);
    assert.deepEqual(findings(document).map(ruleOf), ['action-unknown']);
    assert.deepEqual(
      othersFindings(document)
        .map(({ message }) => message)
        .sort(),
      ['Duplicate object key', 'Duplicate object key', 'Trailing comma'],
    );
  });

  it('report the syntax themselves while VS Code’s JSON service is told not to', async () => {
    const json = vscode.workspace.getConfiguration('json');
    const document = await openUntitled('kms-key-policy', orders.replace('"Resource": "*"\n', '"Resource": "*",\n'));
    await until('the JSON service reports it', () => othersFindings(document));
    try {
      await json.update('validate.enable', false, vscode.ConfigurationTarget.Global);
      const [finding] = await until('the server reports it', () => findings(document));
      assert.equal(finding && ruleOf(finding), 'json-syntax');
      await until('the JSON service is quiet', () => othersFindings(document).length === 0);
    } finally {
      await json.update('validate.enable', undefined, vscode.ConfigurationTarget.Global);
    }
    await until('the server is quiet again', () => findings(document).length === 0);
    await until('the JSON service reports it again', () => othersFindings(document));
  });

  it('follow the settings of the rules', async () => {
    const document = await openFile('severities.key-policy.json', ordersWithTypo);
    await until('the finding', () => findings(document));
    const settings = vscode.workspace.getConfiguration('kms-lens');
    try {
      await settings.update('rules', { 'action-unknown': 'information' }, vscode.ConfigurationTarget.Global);
      await until('its severity has changed', () =>
        findings(document).some(({ severity }) => severity === vscode.DiagnosticSeverity.Information),
      );
      await settings.update('rules', { 'action-unknown': 'off' }, vscode.ConfigurationTarget.Global);
      await until('it is gone', () => findings(document).length === 0);
    } finally {
      await settings.update('rules', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
