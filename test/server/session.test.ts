import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { AccessOptions, EnvelopeResult, SimulateResult } from '../../server/protocol.ts';
import { clientCommand, method, serverCommand } from '../../server/protocol.ts';
import { folderWith, keyPolicy } from '../cli/folder.ts';
import { kmsLens, projectRoot } from '../cli/run.ts';
import { LspSession, modernClient, until } from './lsp-session.ts';

const example = (name: string): string => readFileSync(`${projectRoot}examples/${name}`, 'utf8');
const uri = 'untitled:Untitled-1';
const bad = keyPolicy('kms:Decypt');
const good = keyPolicy('kms:Decrypt');
const everything = { clientCommands: Object.values(clientCommand) };

describe('diagnostics', () => {
  test('are those of `kms-lens check`, for every example', async () => {
    const { stdout } = await kmsLens(['check', 'examples', '--format', 'json']);
    const { files } = JSON.parse(stdout);
    const session = await LspSession.start();
    const names = readdirSync(`${projectRoot}examples`, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.json'),
    );
    expect(files.map(({ file }: { file: string }) => file)).toEqual(names.sort().map((name) => `examples/${name}`));
    const severities = ['', 'error', 'warning', 'information'];
    for (const { file, diagnostics } of files) {
      const fileUri = pathToFileURL(`${projectRoot}${file}`).href;
      await session.open(fileUri, readFileSync(`${projectRoot}${file}`, 'utf8'));
      const found = await session.diagnostics(fileUri);
      expect(
        found.map(({ code, severity = 0, message, range }) => ({
          rule: code,
          severity: severities[severity],
          message,
          range,
        })),
        file,
      ).toEqual(
        diagnostics.map(({ rule, severity, message, range }: Record<string, unknown>) => ({
          rule,
          severity,
          message,
          range,
        })),
      );
    }
    expect(files.flatMap(({ diagnostics }: { diagnostics: unknown[] }) => diagnostics).length).toBeGreaterThan(5);
  });

  test('are pulled, with the page of the rule', async () => {
    const session = await LspSession.start();
    await session.open(uri, bad, 'kms-key-policy');
    expect(await session.diagnostics(uri)).toMatchObject([
      {
        code: 'action-unknown',
        severity: 1,
        source: 'KMS Lens',
        codeDescription: { href: 'https://github.com/kms-lens/kms-lens/blob/main/docs/rules/action-unknown.md' },
        message: 'AWS KMS has no action `kms:Decypt`; the entry allows nothing; write `kms:Decrypt`',
      },
    ]);
    expect(session.published).toEqual([]);
  });

  test('are pushed to clients that cannot pull, and withdrawn when the document closes', async () => {
    const session = await LspSession.start({ capabilities: {} });
    await session.open(uri, bad, 'kms-key-policy');
    await until(() => session.published.some(({ diagnostics }) => diagnostics.length === 1));
    await session.change(uri, good);
    await until(() => session.published.at(-1)?.diagnostics.length === 0);
    await session.change(uri, bad);
    await until(() => session.published.at(-1)?.diagnostics.length === 1);
    await session.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await until(() => session.published.at(-1)?.diagnostics.length === 0);
  });

  test('leave out what the JSON service of the editor says, but for a policy inside a string', async () => {
    const session = await LspSession.start({ initializationOptions: { jsonService: true } });
    const broken = good.replace('"Sid"', '"Sid": "twice", "Sid"').replace(/]\s*}\s*$/, ']');
    await session.open(uri, broken, 'kms-key-policy');
    expect(await session.diagnostics(uri)).toEqual([]);
    const answer = 'file:///answer.json';
    await session.open(answer, JSON.stringify({ Policy: broken, PolicyName: 'default' }));
    const codes = (await session.diagnostics(answer)).map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['json-syntax', 'json-duplicate-key']));
  });

  test('follow the settings', async () => {
    const session = await LspSession.start({ settings: { rules: { 'action-unknown': 'off' } } });
    await session.open(uri, bad, 'kms-key-policy');
    expect(await session.diagnostics(uri)).toEqual([]);
    session.settings = { rules: { 'action-unknown': 'information', nonsense: 3 } };
    await session.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    expect(await session.diagnostics(uri)).toMatchObject([{ severity: 3 }]);
  });

  test('are given for plain JSON that is a key policy, and for nothing else', async () => {
    const session = await LspSession.start();
    await session.open(uri, bad);
    expect((await session.diagnostics(uri)).map(({ code }) => code)).toEqual(['action-unknown']);
    await session.change(uri, bad.replaceAll('kms:', 's3:'));
    expect(await session.diagnostics(uri)).toEqual([]);
  });
});

describe('code actions', () => {
  test('a quick fix mends the finding at the cursor', async () => {
    const session = await LspSession.start();
    await session.open(uri, bad, 'kms-key-policy');
    const [finding] = await session.diagnostics(uri);
    if (!finding) throw new Error('nothing was found');
    const [action] = await session.codeActions(uri, finding.range);
    expect(action).toMatchObject({ title: 'Change to `kms:Decrypt`', kind: 'quickfix', isPreferred: true });
    expect(applied(bad, action?.edit?.changes?.[uri] ?? [])).toBe(good);
    const elsewhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    expect(await session.codeActions(uri, elsewhere)).toEqual([]);
  });

  test('all safe fixes come at once where they are asked for by name', async () => {
    const session = await LspSession.start();
    const text = example('mistakes.key-policy.json');
    await session.open(uri, text, 'kms-key-policy');
    const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const [action, ...others] = await session.codeActions(uri, whole, ['source.fixAll']);
    expect(others).toEqual([]);
    await session.change(uri, applied(text, action?.edit?.changes?.[uri] ?? []));
    const left = (await session.diagnostics(uri)).map(({ code }) => code);
    expect(left).toEqual(['principal-partial-wildcard', 'principal-star-unconditioned']);
    expect(await session.codeActions(uri, whole, ['source.fixAll'])).toEqual([]);
    expect((await session.codeActions(uri, whole)).every(({ kind }) => kind?.startsWith('quickfix'))).toBe(true);
  });
});

describe('lenses', () => {
  const titles = async (session: LspSession, on = uri): Promise<string[]> =>
    (await session.codeLenses(on)).map(({ range, command }) => `${range.start.line + 1} ${command?.title}`);

  test('stand on the document and on each statement', async () => {
    const session = await LspSession.start({ initializationOptions: everything });
    await session.open(uri, example('orders.key-policy.json'), 'kms-key-policy');
    expect(await titles(session)).toEqual([
      '1 Simulate access…',
      '1 Envelope round trip',
      '5 Simulate access…',
      '5 Envelope round trip',
      '5 New scenario',
      '12 Simulate access…',
      '12 New scenario',
      '26 Simulate access…',
      '26 Envelope round trip',
      '26 New scenario',
      '36 Simulate access…',
      '36 Envelope round trip',
      '36 New scenario',
      '46 Simulate access…',
      '46 New scenario',
      '56 Simulate access…',
      '56 New scenario',
    ]);
    const [first, , statement] = await session.codeLenses(uri);
    expect(first?.command).toEqual({
      title: 'Simulate access…',
      command: clientCommand.simulateAccess,
      arguments: [{ uri }],
    });
    expect(statement?.command?.arguments).toEqual([{ uri, statement: '/Statement/0' }]);
  });

  test('name the commands of the server where the client has none', async () => {
    const session = await LspSession.start();
    await session.open(uri, good, 'kms-key-policy');
    const commands = (await session.codeLenses(uri)).map(({ command }) => command?.command);
    expect(new Set(commands)).toEqual(new Set([serverCommand.simulateAccess, serverCommand.envelopeRoundTrip]));
  });

  test('can be switched off, each by its own setting', async () => {
    const session = await LspSession.start({ settings: { codeLens: { simulate: { enabled: false } } } });
    await session.open(uri, good, 'kms-key-policy');
    expect(await titles(session)).toEqual(['1 Envelope round trip', '4 Envelope round trip', '15 Envelope round trip']);
    session.settings = { codeLens: { envelope: { enabled: false } } };
    await session.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    expect(await titles(session)).toEqual(['1 Simulate access…', '4 Simulate access…', '15 Simulate access…']);
  });

  test('are not on grants, scenarios and other texts', async () => {
    const session = await LspSession.start();
    await session.open('file:///a.kms-grant.json', example('orders-worker.kms-grant.json'));
    await session.open('file:///package.json', '{ "name": "kms:Decrypt" }');
    expect(await titles(session, 'file:///a.kms-grant.json')).toEqual([]);
    expect(await titles(session, 'file:///package.json')).toEqual([]);
  });
});

describe('a simulation', () => {
  const request = {
    principal: 'arn:aws:iam::111122223333:role/OrdersApi',
    action: 'kms:Decrypt',
    keyAccount: '111122223333',
  };

  async function openOrders(): Promise<LspSession> {
    const session = await LspSession.start({ initializationOptions: everything });
    await session.open(uri, example('orders.key-policy.json'), 'kms-key-policy');
    return session;
  }

  test('is offered what the document names, the statement asked about first', async () => {
    const session = await openOrders();
    const options = await session.connection.sendRequest<AccessOptions>(method.accessOptions, {
      uri,
      statement: '/Statement/2',
    });
    expect(options.keyAccounts).toEqual(['111122223333', '444455556666']);
    expect(options.principals[0]).toMatchObject({ principal: request.principal, inStatement: true });
    expect(options.actions.slice(0, 2).map(({ action }) => action)).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
    expect(options.contextKeys.map(({ key }) => key)).toEqual(['kms:ViaService', 'kms:GrantIsForAWSResource']);
    expect(options.encryptionContext).toEqual({ service: 'orders' });
  });

  test('is decided against the whole document, and its verdict stands until the text changes', async () => {
    const session = await openOrders();
    const result = await session.connection.sendRequest<SimulateResult>(method.simulate, {
      uri,
      statement: '/Statement/0',
      request: { ...request, encryptionContext: { service: 'orders' } },
    });
    expect(result.summary).toBe('allowed by “Encrypt and decrypt orders”');
    expect(result.range.start.line).toBe(25);
    expect(session.refreshes).toBeGreaterThan(0);
    const verdicts = async (): Promise<string[]> =>
      (await session.codeLenses(uri)).flatMap(({ command }) =>
        command?.command === clientCommand.openReport ? [command.title] : [],
      );
    expect(await verdicts()).toEqual(['✓ allowed: explain']);
    expect(await session.content(result.report)).toMatch(/^ALLOWED: kms:Decrypt\n/);
    await session.change(uri, `${example('orders.key-policy.json')}\n`);
    expect(await verdicts()).toEqual([]);
    expect(await session.content(result.report)).toMatch(/^ALLOWED/);
  });

  test('that hangs on identity policies says so and is decided with them', async () => {
    const session = await openOrders();
    const params = { uri, request: { ...request, principal: 'arn:aws:iam::111122223333:role/Backup' } };
    const open = await session.connection.sendRequest<SimulateResult>(method.simulate, params);
    expect(open.decision).toMatchObject({
      verdict: 'depends',
      needs: ['allowed if an identity policy of 111122223333 allows `kms:Decrypt`'],
    });
    expect(open.wantsIdentityPolicies).toBe(true);
    const closed = await session.connection.sendRequest<SimulateResult>(method.simulate, {
      ...params,
      request: {
        ...params.request,
        key: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      },
      identityPolicies: [{ uri: pathToFileURL(`${projectRoot}examples/orders-backup.iam-policy.json`).href }],
    });
    expect(closed.decision).toMatchObject({ verdict: 'allowed', by: 'identity-policy' });
  });

  test('links every statement of its explanation to the text', async () => {
    const session = await openOrders();
    const { report } = await session.connection.sendRequest<SimulateResult>(method.simulate, { uri, request });
    const links = await session.ask<{ target: string }[]>('textDocument/documentLink', report);
    expect(links.map(({ target }) => target)).toContain(`${uri}#L26,5`);
  });

  test.each([
    [{ ...request, principal: 'Ana' }, '`Ana` is no principal'],
    [{ ...request, action: 'kms:Decypt' }, 'did you mean `kms:Decrypt`?'],
    [{ ...request, keyAccount: '12' }, '`12` is no account'],
  ])('that cannot be asked is refused with the reason: %j', async (wrong, message) => {
    const session = await openOrders();
    await expect(session.connection.sendRequest(method.simulate, { uri, request: wrong })).rejects.toThrow(message);
  });

  test('about a document without a policy is refused', async () => {
    const session = await LspSession.start();
    await session.open('file:///package.json', '{}');
    await expect(
      session.connection.sendRequest(method.simulate, { uri: 'file:///package.json', request }),
    ).rejects.toThrow('`package.json` holds no policy that can be read');
    await expect(
      session.connection.sendRequest(method.simulate, { uri: 'file:///missing.json', request }),
    ).rejects.toThrow('`missing.json` cannot be read');
  });
});

describe('the commands of the server', () => {
  test('ask about the first principal and action of the lens and show the report', async () => {
    const session = await LspSession.start();
    await session.open(uri, example('orders.key-policy.json'), 'kms-key-policy');
    const result = await session.execute<SimulateResult>(serverCommand.simulateAccess, {
      uri,
      statement: '/Statement/2',
    });
    expect(result.decision.verdict).toBe('allowed');
    expect(session.shownDocuments).toEqual([result.report]);
  });

  test('say the summary where the client cannot show documents of the server', async () => {
    const session = await LspSession.start({ capabilities: {} });
    await session.open(uri, example('orders.key-policy.json'), 'kms-key-policy');
    await session.execute(serverCommand.simulateAccess, { uri, statement: '/Statement/2' });
    await until(() => session.messages.length === 1 || undefined);
    expect(session.messages).toEqual(['allowed by “Encrypt and decrypt orders”']);
  });

  test('refuse what they do not understand', async () => {
    const session = await LspSession.start();
    await expect(session.execute(serverCommand.simulateAccess, {})).rejects.toThrow('needs an argument');
  });
});

describe('the envelope round trip', () => {
  test('encrypts, decrypts and shows what stops', async () => {
    const session = await LspSession.start();
    await session.open(uri, example('orders.key-policy.json'), 'kms-key-policy');
    const payload = 'a payload that nobody should see again';
    const result = await session.connection.sendRequest<EnvelopeResult>(method.envelope, {
      uri,
      statement: '/Statement/2',
      payload,
    });
    expect(result.steps.map(({ outcome }) => outcome)).toEqual(result.steps.map(() => 'ok'));
    expect(result.demonstrations.length).toBeGreaterThanOrEqual(3);
    const text = await session.content(result.report);
    expect(text).toContain('orders');
    expect(text).not.toContain(payload);
    expect(JSON.stringify(result)).not.toContain(payload);
  });

  test('goes on working after a cancelled one', async () => {
    const session = await LspSession.start();
    await session.open(uri, example('orders.key-policy.json'), 'kms-key-policy');
    const { CancellationTokenSource } = await import('vscode-languageserver/node');
    const source = new CancellationTokenSource();
    const cancelled = session.connection.sendRequest(method.envelope, { uri }, source.token);
    source.cancel();
    await expect(cancelled).rejects.toThrow();
    await expect(session.connection.sendRequest(method.envelope, { uri })).resolves.toBeDefined();
  });
});

describe('the server', () => {
  test('starts from `kms-lens lsp --stdio` and ends when asked', async () => {
    const session = await LspSession.start({ command: [`${projectRoot}dist/cli.js`, 'lsp', '--stdio'] });
    expect(session.initialized.serverInfo?.name).toBe('KMS Lens');
    await session.open(uri, bad, 'kms-key-policy');
    expect(await session.diagnostics(uri)).toHaveLength(1);
    expect(await session.stop()).toBe(0);
  });

  test('`kms-lens lsp` without --stdio says what is missing', async () => {
    const { code, stderr } = await kmsLens(['lsp']);
    expect(code).toBe(2);
    expect(stderr).toContain("required option '--stdio'");
  });

  test('survives every text that a person may leave on the way', async () => {
    const session = await LspSession.start({ capabilities: modernClient });
    const text = example('mistakes.key-policy.json');
    await session.open(uri, '', 'kms-key-policy');
    for (let length = 0; length < text.length; length += 37) {
      await session.change(uri, text.slice(0, length));
      await Promise.all([
        session.diagnostics(uri),
        session.codeLenses(uri),
        session.ask('textDocument/documentSymbol', uri),
        session.ask('textDocument/hover', uri, { position: { line: 5, character: 9 } }),
      ]);
    }
    expect(session.log.filter((line) => line.includes('failed'))).toEqual([]);
  });

  test('reads identity policies from disk', async () => {
    const folder = folderWith({ 'a.iam-policy.json': '{ "Statement": [] }' });
    const session = await LspSession.start();
    const fileUri = pathToFileURL(`${folder}/a.iam-policy.json`).href;
    await expect(session.connection.sendRequest(method.accessOptions, { uri: fileUri })).resolves.toMatchObject({
      kind: 'iam-policy',
    });
  });
});

function applied(text: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create(uri, 'json', 0, text), [...edits]);
}
