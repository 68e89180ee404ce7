import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { CodeAction, TextDocumentEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type AccessTableResult,
  type AccessView,
  type AllowOption,
  clientCommand,
  method,
  type SimulateRequest,
  type SimulateResult,
} from '../../server/protocol.ts';
import { folderWith } from '../cli/folder.ts';
import { projectRoot } from '../cli/run.ts';
import { LspSession, modernClient } from './lsp-session.ts';

const example = readFileSync(`${projectRoot}examples/orders.key-policy.json`, 'utf8');
const uri = 'file:///orders.key-policy.json';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const backup = {
  principal: 'arn:aws:iam::111122223333:role/Backup',
  action: 'kms:Encrypt',
  keyAccount: '111122223333',
};
const everything = { clientCommands: Object.values(clientCommand) };
const annotating = {
  ...modernClient,
  workspace: {
    ...modernClient.workspace,
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: { groupsOnLabel: true } },
  },
};

async function simulated(session: LspSession, text: string, request: SimulateRequest, more: object = {}) {
  await session.open(uri, text, 'kms-key-policy');
  return session.connection.sendRequest<SimulateResult>(method.simulate, { uri, request, ...more });
}

const options = (session: LspSession): Promise<AllowOption[]> =>
  session.connection.sendRequest(method.allowThis, { uri });

const applied = (text: string, edits: AllowOption['documents'][number]['edits']): string =>
  TextDocument.applyEdits(TextDocument.create(uri, 'json', 1, text), [...edits]);

async function actionsAt(session: LspSession, line: number, only?: readonly string[]): Promise<CodeAction[]> {
  const at = { line, character: 0 };
  return session.codeActions(uri, { start: at, end: at }, only);
}

describe('a verdict that a change would alter', () => {
  test('offers the change on its line alone, to be confirmed before it is made', async () => {
    const session = await LspSession.start({ capabilities: annotating });
    const { range, canAllow } = await simulated(session, example, backup);
    expect(canAllow).toBe(true);
    const [action, ...others] = await actionsAt(session, range.start.line);
    expect(others).toEqual([]);
    expect(action).toMatchObject({ title: 'Allow this in the key policy', kind: 'quickfix' });
    const annotations = Object.entries(action?.edit?.changeAnnotations ?? {});
    expect(annotations).toMatchObject([
      ['allow-this', { label: 'Allow this in the key policy', needsConfirmation: true }],
    ]);
    const [change] = (action?.edit?.documentChanges ?? []) as TextDocumentEdit[];
    expect(change?.textDocument).toEqual({ uri, version: 1 });
    expect(change?.edits.every((edit) => 'annotationId' in edit && edit.annotationId === 'allow-this')).toBe(true);
    expect(await actionsAt(session, range.start.line + 1)).toEqual([]);
    expect(await actionsAt(session, range.start.line, ['source.fixAll'])).toEqual([]);
  });

  test('is a plain edit for clients that cannot show it first', async () => {
    const session = await LspSession.start();
    const { range } = await simulated(session, example, backup);
    const [action] = await actionsAt(session, range.start.line);
    expect(action?.edit?.changeAnnotations).toBeUndefined();
    expect(Object.keys(action?.edit?.changes ?? {})).toEqual([uri]);
  });

  test('is gone with the verdict when the text changes', async () => {
    const session = await LspSession.start();
    const { range } = await simulated(session, example, backup);
    await session.change(uri, `${example}\n`);
    expect(await actionsAt(session, range.start.line)).toEqual([]);
    expect(await options(session)).toEqual([]);
  });

  test('has a lens and a link in its explanation where the client knows the command', async () => {
    const session = await LspSession.start({ initializationOptions: everything });
    const { report } = await simulated(session, example, backup);
    const lenses = (await session.codeLenses(uri)).flatMap(({ command }) =>
      command?.command === clientCommand.allowThis ? [[command.title, command.arguments]] : [],
    );
    expect(lenses).toEqual([['Allow this…', [{ uri }]]]);
    const [action] = await actionsAt(session, 0);
    expect(action).toMatchObject({ command: { command: clientCommand.allowThis, arguments: [{ uri, proposal: 0 }] } });
    expect(action?.edit).toBeUndefined();
    const links = await session.ask<{ target: string }[]>('textDocument/documentLink', report);
    const [link] = links.filter(({ target }) => target.startsWith(`command:${clientCommand.allowThis}`));
    const [command, argument = ''] = link?.target.split('?') ?? [];
    expect(command).toBe(`command:${clientCommand.allowThis}`);
    expect(JSON.parse(decodeURIComponent(argument))).toEqual([{ uri, proposal: 0 }]);
  });

  test('has neither where it does not', async () => {
    const session = await LspSession.start();
    const { report } = await simulated(session, example, backup);
    const links = await session.ask<{ target: string }[]>('textDocument/documentLink', report);
    expect(links.filter(({ target }) => target.startsWith('command:'))).toEqual([]);
  });
});

describe('the change', () => {
  test.each([
    ['a list', example],
    ['with tabs', example.replaceAll('  ', '\t')],
    ['with Windows line ends', example.replaceAll('\n', '\r\n')],
    [
      'a lone statement',
      JSON.stringify({ Version: '2012-10-17', Statement: JSON.parse(example).Statement[0] }, null, 4),
    ],
    [
      'the output of the AWS CLI',
      JSON.stringify({ Policy: JSON.stringify(JSON.parse(example)), PolicyName: 'default' }, null, 2),
    ],
  ])('keeps the formatting, brings no finding and makes it allowed: %s', async (_, text) => {
    const session = await LspSession.start();
    await simulated(session, text, backup);
    const before = await session.diagnostics(uri);
    const [option] = await options(session);
    const edits = option?.documents[0]?.edits ?? [];
    const changed = applied(text, edits);
    // What was there is there still, in its order.
    const lines = new Set(changed.split(/\r?\n/).map((line) => line.trim().replace(/,$/, '')));
    if (!text.includes('PolicyName') && !text.includes('    "Effect"'))
      for (const line of text.split(/\r?\n/)) expect(lines).toContain(line.trim().replace(/,$/, ''));
    if (text.includes('\r\n')) expect(changed).not.toMatch(/[^\r]\n/);
    if (text.includes('\n\t')) expect(changed).not.toMatch(/\n +"/);
    await session.change(uri, changed);
    const after = await session.diagnostics(uri);
    expect(after.map(({ code }) => code)).toEqual(before.map(({ code }) => code));
    const again = await session.connection.sendRequest<SimulateResult>(method.simulate, { uri, request: backup });
    expect(again.decision).toMatchObject({ verdict: 'allowed', by: 'key-policy', changes: [] });
  });

  test('may be in the identity policy, whose file it names', async () => {
    const session = await LspSession.start();
    const folder = folderWith({
      'reader.iam-policy.json': JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
      }),
    });
    const identity = pathToFileURL(`${folder}/reader.iam-policy.json`).href;
    const { keyAccount: _, ...who } = backup;
    await simulated(session, example, { ...who, key: KEY }, { identityPolicies: [{ uri: identity }] });
    const [first, second] = await options(session);
    expect(first).toMatchObject({
      proposal: 0,
      title: 'Allow this in the identity policy reader.iam-policy.json',
      documents: [{ uri: identity, version: null }],
    });
    expect(JSON.parse(first?.detail ?? '')).toEqual({ Effect: 'Allow', Action: 'kms:Encrypt', Resource: KEY });
    expect(second).toMatchObject({ proposal: 1, title: 'Allow this in the key policy' });
  });

  test('says what is needed besides and cannot be edited', async () => {
    const session = await LspSession.start();
    const request = { principal: 'arn:aws:iam::444455556666:role/Reports', action: 'kms:Encrypt', key: KEY };
    await simulated(session, example, request);
    expect((await options(session)).map(({ title }) => title)).toEqual([
      'Allow this in the key policy (an identity policy of the caller must allow it, too)',
    ]);
  });

  test('is not offered where a Deny is in the way, or nothing is', async () => {
    const session = await LspSession.start({ initializationOptions: everything });
    const eve = { ...backup, principal: 'arn:aws:iam::111122223333:role/contractor/Eve', action: 'kms:Decrypt' };
    const { canAllow, range } = await simulated(session, example, eve);
    expect([canAllow, await options(session), await actionsAt(session, range.start.line)]).toEqual([false, [], []]);
    expect((await session.codeLenses(uri)).map(({ command }) => command?.title)).not.toContain('Allow this…');
  });
});

describe('the table of access', () => {
  const table = (session: LspSession, params: object): Promise<AccessTableResult> =>
    session.connection.sendRequest(method.accessTable, { uri, keyAccount: '111122223333', ...params });

  test('comes as data and as a report with links', async () => {
    const session = await LspSession.start();
    await session.open(uri, example, 'kms-key-policy');
    const { table: data, report, summary } = await table(session, {});
    expect(summary).toBe('7 entries in the table of who can use the key');
    expect(data.principals.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'named arn:aws:iam::111122223333:role/KeyAdmin',
      'named arn:aws:iam::111122223333:role/OrdersApi',
      'named arn:aws:iam::111122223333:role/OrdersDatabase',
      'root-user 111122223333',
      'root-user 444455556666',
      'others 111122223333',
      'others 444455556666',
    ]);
    const api = data.principals[1]?.rows.find(({ operations }) => operations.includes('kms:Decrypt'));
    expect(api).toMatchObject({
      operations: ['kms:Decrypt', 'kms:GenerateDataKey'],
      verdict: 'depends',
      ways: [
        { through: 'iam', provisos: [{ type: 'policy', text: 'an identity policy allows it' }] },
        {
          through: 'key-policy',
          statements: [{ file: 'orders.key-policy.json', pointer: '/Statement/2', sid: 'Encrypt and decrypt orders' }],
          provisos: [{ text: '`kms:EncryptionContext:service` StringEquals `orders`' }],
        },
      ],
    });
    const text = await session.content(report);
    expect(text).toMatch(/^Who can use this key\n/);
    for (const line of text.split('\n')) expect([line, line.length <= 72]).toEqual([line, true]);
    const links = await session.ask<{ target: string }[]>('textDocument/documentLink', report);
    expect(links.map(({ target }) => target)).toContain(`${uri}#L26,5`);
  });

  test('is about one principal and its identity policies where these are given', async () => {
    const session = await LspSession.start();
    await session.open(uri, example, 'kms-key-policy');
    const identityPolicies = [{ uri: pathToFileURL(`${projectRoot}examples/orders-backup.iam-policy.json`).href }];
    const { table: data } = await table(session, { principal: backup.principal, key: KEY, identityPolicies });
    expect(data.principals).toHaveLength(1);
    expect(data.principals[0]?.rows.map(({ verdict }) => verdict)).toEqual(['allowed']);
  });

  test.each([
    [{ principal: 'Ana' }, '`Ana` is no principal'],
    [{ keyAccount: undefined }, 'the policy names several accounts'],
    [{ uri: 'file:///missing.json' }, '`missing.json` cannot be read'],
    [
      { uri: pathToFileURL(`${projectRoot}examples/orders-backup.iam-policy.json`).href },
      'is an identity policy, which does not say who has it',
    ],
  ])('that cannot be made is refused with the reason: %j', async (wrong, message) => {
    const session = await LspSession.start();
    await session.open(uri, example, 'kms-key-policy');
    await expect(table(session, wrong)).rejects.toThrow(message);
  });
});

describe('the view of access to the key of a policy', () => {
  const view = (session: LspSession, params: object): Promise<AccessView> =>
    session.connection.sendRequest(method.accessView, { uri, keyAccount: '111122223333', ...params });

  test('has the rows of the table with their places, and follows edits', async () => {
    const session = await LspSession.start();
    await session.open(uri, example, 'kms-key-policy');
    const { title, rows, text } = await view(session, {});
    expect(title).toBe('Who can use this key: orders.key-policy.json');
    const api = rows.find(({ subject, verdict }) => subject.includes('OrdersApi') && verdict === 'depends');
    expect(api).toMatchObject({
      subject: 'role OrdersApi of 111122223333',
      detail: 'arn:aws:iam::111122223333:role/OrdersApi',
      operations: ['Decrypt', 'GenerateDataKey'],
    });
    const way = api?.reasons.find(({ text: how }) => how === 'by name in the key policy');
    expect(way?.statements).toMatchObject([
      { name: '“Encrypt and decrypt orders”', at: { uri, range: { start: { line: 25 } } } },
    ]);
    expect(text).toContain('by name in the key policy: “Encrypt and decrypt orders”');
    await session.change(uri, example.replaceAll('role/OrdersApi', 'role/NewApi'));
    expect((await view(session, {})).rows.some(({ subject }) => subject.includes('NewApi'))).toBe(true);
  });

  test('is of one principal where it is asked about, and refused with the reason', async () => {
    const session = await LspSession.start();
    await session.open(uri, example, 'kms-key-policy');
    const { title, rows } = await view(session, { principal: backup.principal, key: KEY });
    expect(title).toMatch(/^What can .* do$/);
    expect(rows.every(({ detail }) => detail === KEY)).toBe(true);
    await expect(view(session, { principal: 'Ana' })).rejects.toThrow('`Ana` is no principal');
  });
});
