import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type {
  AccessView,
  DecisionJson,
  DecisionView,
  ScenarioRun,
  TrailDocument,
  TrailView,
} from '../../../server/protocol.ts';
import {
  closeAll,
  findings,
  lensTitles,
  openFile,
  openUntitled,
  orders,
  ordersApi,
  ordersWithTypo,
  rangeOf,
  run,
  until,
  untilVerdict,
  writeFile,
} from './support.ts';

const grant = `{
  "KeyId": "1234abcd-12ab-34cd-56ef-1234567890ab",
  "GranteePrincipal": "${ordersApi}",
  "Operations": ["Decrypt", "De"]
}
`;

const scenario = `{
  "principals": { "Api": { "arn": "${ordersApi}" } },
  "keys": { "orders": { "policy": "each-scenario.key-policy.json" } },
  "steps": [
    { "name": "reading", "can": "Decrypt", "as": "Api", "on": "orders" },
    { "name": "making", "call": "CreateAlias", "as": "Api", "input": { "AliasName": "alias/orders", "TargetKeyId": "orders" } }
  ]
}
`;

const contractor = {
  principal: 'arn:aws:iam::111122223333:role/Other',
  action: 'kms:Decrypt',
  keyAccount: '111122223333',
};

/** What no other test shows; shown.ts says where each feature is. */
describe('each feature', () => {
  afterEach(closeAll);

  it('completion in a grant offers the operations that it can hold', async () => {
    const document = await openFile('each.kms-grant.json', grant);
    const list = await until('completions', async () => {
      const found = await at<vscode.CompletionList>('CompletionItem', document, '"De"', 3);
      return found.items.some(({ label }) => nameOf(label) === 'DescribeKey') ? found : undefined;
    });
    assert.ok(!list.items.some(({ label }) => nameOf(label) === 'PutKeyPolicy'));
  });

  it('a hover tells what a member of a grant is', async () => {
    const document = await openFile('each-hover.kms-grant.json', grant);
    const text = await until('a hover', async () =>
      (await at<vscode.Hover[]>('Hover', document, 'GranteePrincipal', 2)).map(textOf).join(''),
    );
    assert.match(text, /GranteePrincipal/);
  });

  it('references in a scenario are all places that mean a name', async () => {
    await writeFile('each-scenario.key-policy.json', orders);
    const document = await openFile('each-references.kms-scenario.json', scenario);
    const found = await until('references', () => at<vscode.Location[]>('Reference', document, '"Api"', 2));
    const here = found.filter(({ uri }) => uri.toString() === document.uri.toString());
    assert.deepEqual([...new Set(here.map(({ range }) => range.start.line))].sort(), [1, 4, 5]);
  });

  it('a path in a scenario is a link to the policy', async () => {
    const policy = await writeFile('each-scenario.key-policy.json', orders);
    const document = await openFile('each-link.kms-scenario.json', scenario);
    const links = await until('links', () =>
      vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri),
    );
    assert.ok(links.some(({ target }) => target?.toString() === policy.toString()));
  });

  it('the definition of a Sid in the configuration is the statement', async () => {
    const policy = await writeFile('each/named.key-policy.json', orders);
    const suppress = [{ rule: 'action-unknown', path: 'named.key-policy.json', sid: 'Use the key for orders' }];
    const document = await openFile('each/.kms-lens.json', JSON.stringify({ suppress }, null, 2));
    const [found] = await until('a definition', () =>
      at<(vscode.Location | vscode.LocationLink)[]>('Definition', document, 'Use the key', 2),
    );
    assert.ok(found);
    const [uri, range] = 'targetUri' in found ? [found.targetUri, found.targetRange] : [found.uri, found.range];
    assert.equal(uri.toString(), policy.toString());
    assert.equal(range.start.line, rangeInOrders('"Sid": "Use the key for orders"'));
  });

  it('a selection grows from a value to its statement', async () => {
    const document = await openFile('each-selection.key-policy.json', orders);
    const { start } = rangeOf(document, 'kms:GenerateDataKey');
    const [smallest] = await until('ranges', () =>
      vscode.commands.executeCommand<vscode.SelectionRange[]>('vscode.executeSelectionRangeProvider', document.uri, [
        start.translate(0, 6),
      ]),
    );
    const texts: string[] = [];
    for (let each: vscode.SelectionRange | undefined = smallest; each; each = each.parent)
      texts.push(document.getText(each.range));
    assert.ok(texts.includes('"kms:GenerateDataKey"'), texts.join('\n--\n'));
    assert.ok(texts.some((text) => text.startsWith('{') && text.includes('"Use the key for orders"')));
  });

  it('hints tell what a statement does and what a wildcard covers, once they are switched on', async () => {
    const document = await openFile('each-hints.key-policy.json', orders);
    const settings = vscode.workspace.getConfiguration('kms-lens.inlayHints');
    try {
      await settings.update('wildcards', true, vscode.ConfigurationTarget.Global);
      await settings.update('statements', true, vscode.ConfigurationTarget.Global);
      await until('both hints', async () => {
        const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
          'vscode.executeInlayHintProvider',
          document.uri,
          new vscode.Range(0, 0, document.lineCount, 0),
        );
        const labels = (hints ?? []).map(({ label }) => (typeof label === 'string' ? label : ''));
        return labels.some((label) => /^\d+ actions$/.test(label)) && new Set(labels).size > 2;
      });
    } finally {
      await settings.update('wildcards', undefined, vscode.ConfigurationTarget.Global);
      await settings.update('statements', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('a step learns to expect what happens', async () => {
    await writeFile('each-scenario.key-policy.json', orders);
    const document = await openFile('each-expect.kms-scenario.json', scenario);
    const action = await until('the rewrite', async () => {
      const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        rangeOf(document, '"reading"'),
        vscode.CodeActionKind.RefactorRewrite.value,
      );
      return all.find(({ title }) => title.startsWith('Expect'));
    });
    assert.ok(action.edit && (await vscode.workspace.applyEdit(action.edit)));
    assert.match(document.getText(), /"on": "orders",\s*"expect": /);
  });

  it('above a policy stand the scenarios that use it, and a new one', async () => {
    await writeFile('each-scenario.key-policy.json', orders);
    await writeFile('each-lens.kms-scenario.json', scenario);
    const document = await openFile('each-scenario.key-policy.json', orders);
    const titles = await until('the lenses', async () => {
      const all = await lensTitles(document);
      return all.some((title) => /^1 Run \d+ steps? of /.test(title)) ? all : undefined;
    });
    assert.ok(titles.includes('11 New scenario'), titles.join());
  });

  it('a denial is allowed with the smallest change, and explained in a report', async () => {
    const document = await openFile(
      'each-allow.key-policy.json',
      orders.replace('"arn:aws:iam::111122223333:root"', '"arn:aws:iam::111122223333:role/Admin"'),
    );
    const uri = document.uri.toString();
    const denied = await run<DecisionJson>('simulateAccess', { uri, request: contractor });
    assert.equal(denied.verdict, 'denied');
    await untilVerdict(document, '1 ✗ denied: explain');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    const explain = lenses.find(({ command }) => command?.title.endsWith(': explain'))?.command;
    assert.equal(explain?.command, 'kms-lens.openReport');
    await run('openReport', ...(explain?.arguments ?? []));
    await until('the report', () =>
      vscode.window.visibleTextEditors.some(({ document: { uri: shown } }) => shown.scheme === 'kms-lens'),
    );
    await vscode.window.showTextDocument(document);
    assert.ok(await run<string>('allowThis', { uri, preview: false }));
    assert.match(document.getText(), /role\/Other/);
    assert.equal((await run<DecisionJson>('runAgain', { uri })).verdict, 'allowed');
  });

  it('a decision is a page, layer by layer, and so is what one principal can do', async () => {
    const document = await openFile('each-decision.key-policy.json', orders);
    const uri = document.uri.toString();
    const view = await run<DecisionView>('followDecision', { uri, request: contractor });
    assert.ok(view.steps.length > 1);
    const what = await run<AccessView>('whatCanDo', { uri, principal: ordersApi, open: true });
    assert.ok(what.rows.length > 0);
    await until('both pages', () => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      return tabs.filter(({ input }) => input instanceof vscode.TabInputWebview).length === 2;
    });
  });

  it('the CloudTrail of a run is a table and a log file', async () => {
    await writeFile('each-scenario.key-policy.json', orders);
    const document = await openFile('each-trail.kms-scenario.json', scenario);
    const uri = document.uri.toString();
    await run<ScenarioRun[]>('runScenario', { uri });
    const table = await run<TrailView>('showTrail', { uri });
    assert.ok(JSON.stringify(table).includes('CreateAlias'), JSON.stringify(table)?.slice(0, 500));
    const log = await run<TrailDocument>('openTrail', { uri });
    const shown = await until('the log file', () =>
      vscode.window.visibleTextEditors.find(({ document: { uri: each } }) => each.toString() === log.report),
    );
    assert.equal(JSON.parse(shown.document.getText()).Records[0].eventName, 'CreateAlias');
  });

  it('an example opens as a document of nobody', async () => {
    await run('openExample', { example: 'orders.key-policy' });
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.isUntitled, true);
    assert.equal(document?.languageId, 'kms-key-policy');
  });

  it('the kind of a document is set with a choice', async () => {
    const document = await openUntitled('json', '{ "Version": "2012-10-17", "Statement": [] }');
    const done = run('setKind');
    await until('the kind is chosen', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return document.languageId === 'kms-key-policy';
    });
    await done;
  });

  it('a local KMS starts, hands out its address, starts again there and ends', async () => {
    const url = await run<string>('startLocalKms', { empty: true, port: 0 });
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    await closing('acceptSelectedQuickOpenItem', run('copyLocalKmsAddress'));
    assert.equal(await vscode.env.clipboard.readText(), url);
    assert.equal(await run('restartLocalKms'), url);
    await closing('closeQuickOpen', run('localKmsMenu'));
    await run('stopLocalKms');
    await assert.rejects(fetch(`${url}/_kms-lens/health`));
  });

  it('after a restart of the server all is there again', async () => {
    const document = await openFile('each-restart.key-policy.json', ordersWithTypo);
    await until('the finding', () => findings(document));
    await run('restartServer');
    await until('the finding is back', () => findings(document));
    await until('the lenses are back', async () => (await lensTitles(document)).length);
  });
});

const nameOf = (label: string | vscode.CompletionItemLabel): string =>
  typeof label === 'string' ? label : label.label;

function textOf(hover: vscode.Hover): string {
  return hover.contents.map((part) => (typeof part === 'string' ? part : part.value)).join('\n');
}

function rangeInOrders(text: string): number {
  return orders.slice(0, orders.indexOf(text)).split('\n').length - 1;
}

/** What VS Code's providers of a kind say of a place: so many characters into a text. */
function at<T>(provider: string, document: vscode.TextDocument, text: string, into: number): Thenable<T> {
  const place = rangeOf(document, text).start.translate(0, into);
  return vscode.commands.executeCommand<T>(`vscode.execute${provider}Provider`, document.uri, place);
}

/** Answers what a command asks in a quick pick, once that is there. */
async function closing(
  how: 'acceptSelectedQuickOpenItem' | 'closeQuickOpen',
  command: Promise<unknown>,
): Promise<void> {
  let isDone = false;
  void command.finally(() => {
    isDone = true;
  });
  await until('the command is done', async () => {
    await vscode.commands.executeCommand(`workbench.action.${how}`);
    return isDone;
  });
}
