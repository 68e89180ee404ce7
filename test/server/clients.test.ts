import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  type CodeAction,
  type CodeLens,
  type CompletionItem,
  type CompletionList,
  type DocumentSymbol,
  type Hover,
  InsertTextFormat,
  type Range,
  type SymbolInformation,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type SimulateResult, serverCommand } from '../../server/protocol.ts';
import { folderWith } from '../cli/folder.ts';
import { projectRoot } from '../cli/run.ts';
import type { EditorClient } from './clients/client.ts';
import { eglot } from './clients/eglot.ts';
import { helix } from './clients/helix.ts';
import { clients } from './clients/index.ts';
import { plain } from './clients/plain.ts';
import { beyond } from './clients/supports.ts';
import { zed } from './clients/zed.ts';
import { LspSession, until } from './lsp-session.ts';

/**
 * Each editor of docs/editors.md against the built server: it starts as that editor starts it, is told what that editor can
 * do, and may then neither ask nor answer what the editor does not understand.
 */
const KEY_POLICY = 'orders.key-policy.json';
const MISTAKES = 'mistakes.key-policy.json';
const SCENARIO = 'envelope.kms-scenario.json';
const CALLS = 'lifecycle.kms-scenario.json';
const names = [KEY_POLICY, MISTAKES, SCENARIO, CALLS];

const example = (name: string): string => readFileSync(`${projectRoot}examples/${name}`, 'utf8');

/** An editor that has opened a folder with the examples. */
class Editor {
  readonly session: LspSession;
  readonly client: EditorClient;
  private readonly folder: string;

  private constructor(session: LspSession, client: EditorClient, folder: string) {
    this.session = session;
    this.client = client;
    this.folder = folder;
  }

  static async start(client: EditorClient, settings: object = {}): Promise<Editor> {
    const folder = folderWith(Object.fromEntries(names.map((name) => [name, example(name)])));
    const rootUri = pathToFileURL(folder).href;
    const { params, initializationOptions } = client;
    const session = await LspSession.start({
      command: [`${projectRoot}dist/cli.js`, 'lsp', '--stdio'],
      settings,
      params: { rootUri, ...params },
      ...(params.capabilities.workspace?.workspaceFolders ? { workspaceFolders: [rootUri] } : {}),
      ...(initializationOptions ? { initializationOptions } : {}),
    });
    return new Editor(session, client, folder);
  }

  get capabilities() {
    return this.client.params.capabilities;
  }

  uri(name: string): string {
    return pathToFileURL(`${this.folder}/${name}`).href;
  }

  async open(name: string, text = example(name)): Promise<string> {
    const { policy, scenario } = this.client.languages;
    const uri = this.uri(name);
    await this.session.open(uri, text, name.endsWith('.kms-scenario.json') ? scenario : policy);
    return uri;
  }

  /** The codes of what the editor shows, pulled or pushed as it wants. */
  async findings(uri: string): Promise<{ code: unknown; range: Range }[]> {
    const found = this.capabilities.textDocument?.diagnostic
      ? await this.session.diagnostics(uri)
      : await until(() => this.session.published.findLast((each) => each.uri === uri)?.diagnostics);
    return found.map(({ code, range }) => ({ code, range }));
  }

  /** What a user can choose: lenses where they are shown, else the actions that stand for them. */
  async commands(uri: string): Promise<{ title: string; line: number; command: CodeLens['command'] }[]> {
    const lenses = await this.session.codeLenses(uri);
    if (this.showsLenses)
      return lenses.map(({ range, command }) => ({ title: command?.title ?? '', line: range.start.line, command }));
    const lines = [...new Set(lenses.map(({ range }) => range.start.line))];
    const actions = lines.map(async (line) => {
      const at = { line, character: 0 };
      const found = await this.session.codeActions(uri, { start: at, end: at });
      return found.flatMap(({ title, command, edit }) => (command && !edit ? [{ title, line, command }] : []));
    });
    return (await Promise.all(actions)).flat();
  }

  get showsLenses(): boolean {
    const { textDocument, workspace } = this.capabilities;
    return textDocument?.codeLens !== undefined || workspace?.codeLens !== undefined;
  }

  /** Does what a click on a lens does. */
  async choose(uri: string, title: string): Promise<Outcome> {
    const found = (await this.commands(uri)).findLast((each) => each.title === title || each.title.startsWith(title));
    if (!found?.command) throw new Error(`nothing is offered as ${title}`);
    const { command, arguments: [argument] = [] } = found.command;
    return { command, ...(await this.session.execute<Result>(command, argument)) };
  }

  /** What the user sees of a result, wherever this editor can show it. */
  async seen(outcome: Outcome): Promise<string> {
    const { window, workspace } = this.capabilities;
    if (!window?.showDocument?.support) {
      const message = await until(() => this.session.messages.at(-1));
      expect(message).toContain(outcome.summary);
      return readFileSync(/: see (.+)$/.exec(message)?.[1] ?? '', 'utf8');
    }
    const shown = this.session.shownDocuments.at(-1) ?? '';
    if (workspace?.textDocumentContent) {
      expect(shown).toBe(outcome.report);
      return this.session.content(shown);
    }
    expect(shown).toMatch(/^file:/);
    expect(shown).toBe(outcome.file);
    return readFileSync(fileURLToPath(shown), 'utf8');
  }

  nothingBeyond(): void {
    expect(beyond(this.capabilities, this.session.received)).toEqual([]);
    expect(this.session.log).toEqual([]);
  }
}

interface Result {
  readonly summary: string;
  readonly report: string;
  readonly text: string;
  readonly file?: string;
}

interface Outcome extends Result {
  readonly command: string;
}

describe.each(clients.map((client) => [client.name, client] as const))('%s', (_, client) => {
  const { textDocument, workspace } = client.params.capabilities;

  test('is served positions that it can count', async () => {
    const { session } = await Editor.start(client);
    const offered = client.params.capabilities.general?.positionEncodings ?? ['utf-16'];
    expect(offered).toContain(session.initialized.capabilities.positionEncoding ?? 'utf-16');
  });

  test('shows findings of policies and scenarios', async () => {
    const editor = await Editor.start(client);
    const mistakes = await editor.open(MISTAKES);
    expect((await editor.findings(mistakes)).map(({ code }) => code)).toContain('action-unknown');
    const scenario = await editor.open(SCENARIO, example(SCENARIO).replace('"expect"', '"expekt"'));
    expect((await editor.findings(scenario)).map(({ code }) => code)).toContain('scenario-malformed');
    expect(editor.session.published.length === 0).toBe(textDocument?.diagnostic !== undefined);
    editor.nothingBeyond();
  });

  test('explains in a format that it reads', async () => {
    const editor = await Editor.start(client);
    const uri = await editor.open(MISTAKES);
    const [finding] = (await editor.findings(uri)).filter(({ code }) => code === 'action-unknown');
    const { contents } = await editor.session.ask<Hover>('textDocument/hover', uri, { position: finding?.range.start });
    if (typeof contents !== 'object' || !('kind' in contents)) throw new Error('it is no markup');
    expect(textDocument?.hover?.contentFormat ?? ['markdown']).toContain(contents.kind);
    expect(contents.value).toContain('action-unknown');
    if (contents.kind === 'plaintext') expect(contents.value).not.toMatch(/\*\*|`|```|\]\(|^\|-/m);
    editor.nothingBeyond();
  });

  test('completes with text that it can insert', async () => {
    const editor = await Editor.start(client);
    const uri = await editor.open(KEY_POLICY, '{\n  "Statement": [\n    \n  ]\n}\n');
    const list = await editor.session.ask<CompletionList>('textDocument/completion', uri, {
      position: { line: 2, character: 4 },
    });
    const { items, itemDefaults = {} } = list;
    const known = textDocument?.completion;
    expect(items.length).toBeGreaterThan(5);
    expect(known?.completionList?.itemDefaults ?? []).toEqual(expect.arrayContaining(Object.keys(itemDefaults)));
    for (const item of items) {
      const { insertTextFormat, labelDetails, insertTextMode = 1, command } = item;
      const isSnippet = insertTextFormat === InsertTextFormat.Snippet;
      if (!known?.completionItem?.snippetSupport) expect(isSnippet, item.label).toBe(false);
      if (!isSnippet) expect(inserted(item), item.label).not.toMatch(/\$\{?\d/);
      if (!known?.completionItem?.labelDetailsSupport) expect(labelDetails).toBeUndefined();
      expect([1, ...(known?.completionItem?.insertTextModeSupport?.valueSet ?? [])]).toContain(insertTextMode);
      if (!known?.completionItem?.insertReplaceSupport) expect(item.textEdit ?? {}).not.toHaveProperty('insert');
      expect(command).toBeUndefined();
    }
    const about = items.find(({ data }) => data !== undefined);
    const { documentation } = await editor.session.connection.sendRequest<CompletionItem>(
      'completionItem/resolve',
      about ?? items[0],
    );
    if (typeof documentation === 'object')
      expect(known?.completionItem?.documentationFormat ?? ['plaintext']).toContain(documentation.kind);
    editor.nothingBeyond();
  });

  test('mends with edits that it can make', async () => {
    const editor = await Editor.start(client);
    const text = example(MISTAKES);
    const uri = await editor.open(MISTAKES, text);
    const [finding] = (await editor.findings(uri)).filter(({ code }) => code === 'action-unknown');
    if (!finding) throw new Error('nothing is found');
    const actions = await editor.session.codeActions(uri, finding.range);
    for (const { edit, command, title } of actions) {
      if (edit) expect(unknownEdits(edit, editor.capabilities.workspace?.workspaceEdit), title).toEqual([]);
      else expect(Object.values(serverCommand)).toContain(command?.command);
    }
    const fix = actions.find(({ isPreferred }) => isPreferred);
    expect(mended(uri, text, fix)).toContain('kms:Decrypt');

    const policy = await editor.open(KEY_POLICY);
    const stranger = { principal: 'arn:aws:iam::111122223333:role/Stranger', action: 'kms:Decrypt' };
    const { decision, range } = await editor.session.execute<SimulateResult>(serverCommand.simulateAccess, {
      uri: policy,
      request: { ...stranger, keyAccount: '111122223333' },
      identityPolicies: [],
    });
    expect(decision.verdict).toBe('denied');
    const changes = (await editor.session.codeActions(policy, range)).filter(({ edit }) => edit);
    expect(changes.length).toBeGreaterThan(0);
    for (const { edit = {}, title } of changes)
      expect(unknownEdits(edit, editor.capabilities.workspace?.workspaceEdit), title).toEqual([]);
    editor.nothingBeyond();
  });

  test('outlines as it can show', async () => {
    const editor = await Editor.start(client);
    const uri = await editor.open(KEY_POLICY);
    const symbols = await editor.session.ask<(DocumentSymbol | SymbolInformation)[]>(
      'textDocument/documentSymbol',
      uri,
    );
    const nested = textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true;
    expect(symbols.every((symbol) => 'children' in symbol === nested && 'location' in symbol === !nested)).toBe(true);
    expect(symbols.map(({ name }) => name)).toContain('Allow “Encrypt and decrypt orders”');
  });

  test('is offered commands of the server only', async () => {
    const editor = await Editor.start(client);
    for (const name of [KEY_POLICY, SCENARIO]) {
      const uri = await editor.open(name);
      const offered = await editor.commands(uri);
      const unknown = offered.filter(
        ({ command }) => !Object.values<string>(serverCommand).includes(command?.command ?? ''),
      );
      expect(unknown).toEqual([]);
      expect(offered.length).toBeGreaterThan(1);
    }
    const told = editor.session.initialized.capabilities.executeCommandProvider?.commands;
    expect(told).toEqual(Object.values(serverCommand));
  });

  test('sees a simulation, a round trip and the runs of scenarios as documents', async () => {
    const editor = await Editor.start(client);
    const policy = await editor.open(KEY_POLICY);
    const simulated = await editor.choose(policy, 'Simulate access…');
    expect(await editor.seen(simulated)).toMatch(/^(ALLOWED|DENIED|DEPENDS)/);
    expect(await editor.seen(await editor.choose(policy, 'Envelope round trip'))).toContain('GenerateDataKey');

    const scenario = await editor.open(CALLS);
    const run = await editor.choose(scenario, 'Run all steps');
    expect(run.summary).toContain('passed');
    expect(await editor.seen(run)).toBe(run.text);
    expect(await editor.seen(await editor.choose(scenario, 'Run step'))).toContain(CALLS);
    const lens = (await editor.commands(scenario)).find(({ title }) => title.endsWith(': explain'))?.title ?? '';
    const explained = await editor.choose(scenario, lens);
    expect(explained.command).toBe(serverCommand.explainStep);
    expect(await editor.seen(explained)).toBe(explained.text);
    const trail = await editor.choose(scenario, 'CloudTrail of this run');
    expect(JSON.parse(await editor.seen(trail)).Records.length).toBeGreaterThan(3);
    editor.nothingBeyond();
  });

  test('has its settings read', async () => {
    const settings = { rules: { 'action-unknown': 'off' } };
    const editor = await Editor.start(client, settings);
    if (!workspace?.configuration)
      await editor.session.connection.sendNotification('workspace/didChangeConfiguration', {
        settings: { 'kms-lens': settings },
      });
    const uri = await editor.open(MISTAKES);
    const codes = (await editor.findings(uri)).map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes).not.toContain('action-unknown');
    editor.nothingBeyond();
  });
});

describe('a report as a file', () => {
  test('is for its user alone, ends with the server, and has a name of its own', async () => {
    const editor = await Editor.start(helix);
    const uri = await editor.open(KEY_POLICY);
    const files = [await editor.choose(uri, 'Simulate access…'), await editor.choose(uri, 'Simulate access…')].map(
      ({ file = '' }) => fileURLToPath(file),
    );
    expect(new Set(files).size).toBe(2);
    const [file = ''] = files;
    expect(basename(file)).toMatch(/^1-\w+-\w+\.kms-lens\.txt$/);
    if (process.platform !== 'win32') {
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
    }
    await editor.session.stop();
    expect(existsSync(dirname(file))).toBe(false);
  });

  test.skipIf(process.platform === 'win32')('goes, too, where an editor ends the server with a signal', async () => {
    const editor = await Editor.start(helix);
    const { file = '' } = await editor.choose(await editor.open(KEY_POLICY), 'Simulate access…');
    expect(existsSync(fileURLToPath(file))).toBe(true);
    const ended = new Promise((resolve) => editor.session.process.once('exit', resolve));
    editor.session.process.kill('SIGTERM');
    await ended;
    expect(existsSync(dirname(fileURLToPath(file)))).toBe(false);
  });

  test('is written anew where its folder was cleared away', async () => {
    const editor = await Editor.start(helix);
    const uri = await editor.open(KEY_POLICY);
    const { file = '' } = await editor.choose(uri, 'Simulate access…');
    rmSync(dirname(fileURLToPath(file)), { recursive: true });
    const failed = await editor.choose(uri, 'Simulate access…');
    expect(failed.file).toBeUndefined();
    expect(await until(() => editor.session.messages.at(-1))).toBe(failed.summary);
    const next = await editor.choose(uri, 'Simulate access…');
    expect(readFileSync(fileURLToPath(next.file ?? ''), 'utf8')).toBe(next.text);
  });

  test('is named where a document that was asked for is not shown', async () => {
    const editor = await Editor.start(eglot);
    editor.session.connection.onRequest('window/showDocument', () => ({ success: false }));
    const { file = '', summary } = await editor.choose(await editor.open(KEY_POLICY), 'Simulate access…');
    expect(await until(() => editor.session.messages.at(-1))).toBe(`${summary}: see ${fileURLToPath(file)}`);
  });
});

test('lenses stand as actions where the cursor is, and in no other editor', async () => {
  const titles = async (client: EditorClient, line: number, only?: readonly string[]): Promise<string[]> => {
    const editor = await Editor.start(client);
    const uri = await editor.open(KEY_POLICY);
    const at = { line, character: 0 };
    return (await editor.session.codeActions(uri, { start: at, end: at }, only)).flatMap(({ title, command }) =>
      command ? [title] : [],
    );
  };
  expect(await titles(helix, 1)).toEqual(['Simulate access…', 'Envelope round trip']);
  expect(await titles(helix, 14)).toEqual(['Simulate access…']);
  expect(await titles(helix, 14, ['quickfix'])).toEqual([]);
  expect(await titles(zed, 1)).toEqual([]);
});

test('nothing but the protocol goes to standard output, and nothing to standard error', async () => {
  const editor = await Editor.start(zed);
  const { stdout, stderr } = editor.session.process;
  const chunks: Buffer[] = [];
  let errors = '';
  stdout?.on('data', (chunk: Buffer) => void chunks.push(chunk));
  stderr?.on('data', (chunk: Buffer) => {
    errors += chunk;
  });
  const uri = await editor.open(CALLS);
  await editor.choose(uri, 'Run all steps');
  await editor.choose(await editor.open(KEY_POLICY), 'Envelope round trip');
  expect(await editor.session.stop()).toBe(0);
  let rest = Buffer.concat(chunks);
  expect(rest.length).toBeGreaterThan(1000);
  while (0 < rest.length) {
    const [header = '', length = ''] = /^Content-Length: (\d+)\r\n\r\n/.exec(rest.subarray(0, 40).toString()) ?? [];
    expect(header, rest.subarray(0, 80).toString()).not.toBe('');
    JSON.parse(rest.subarray(header.length, header.length + Number(length)).toString());
    rest = rest.subarray(header.length + Number(length));
  }
  expect(errors).toBe('');
});

test('settings that are sent later count at once', async () => {
  const editor = await Editor.start(plain);
  const uri = await editor.open(MISTAKES);
  expect((await editor.findings(uri)).map(({ code }) => code)).toContain('action-unknown');
  const seen = editor.session.published.length;
  await editor.session.connection.sendNotification('workspace/didChangeConfiguration', {
    settings: { 'kms-lens': { rules: { 'action-unknown': 'off' } } },
  });
  await until(() => seen < editor.session.published.length);
  expect((await editor.findings(uri)).map(({ code }) => code)).not.toContain('action-unknown');
});

const inserted = ({ textEdit, textEditText, insertText, label }: CompletionItem): string =>
  textEdit?.newText ?? textEditText ?? insertText ?? label;

/** The parts of an edit that a client did not say it can make. */
function unknownEdits(
  { changes, documentChanges, changeAnnotations }: WorkspaceEdit,
  known: NonNullable<EditorClient['params']['capabilities']['workspace']>['workspaceEdit'],
): string[] {
  const unknown = [
    ...(documentChanges && !known?.documentChanges ? ['documentChanges'] : []),
    ...(changeAnnotations && !known?.changeAnnotationSupport ? ['changeAnnotations'] : []),
    ...(!changes && !documentChanges ? ['nothing'] : []),
  ];
  for (const change of documentChanges ?? []) {
    if ('kind' in change) {
      if (!known?.resourceOperations?.includes(change.kind)) unknown.push(change.kind);
    } else if (change.edits.some((edit) => 'snippet' in edit) && !known?.snippetEditSupport) unknown.push('snippet');
  }
  return unknown;
}

function mended(uri: string, text: string, action: CodeAction | undefined): string {
  const edits = action?.edit?.changes?.[uri] ?? [];
  return TextDocument.applyEdits(TextDocument.create(uri, 'json', 0, text), [...edits]);
}
