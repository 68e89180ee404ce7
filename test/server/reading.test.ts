import { describe, expect, test } from 'vitest';
import type { FoldingRange, Hover, InlayHint, SelectionRange } from 'vscode-languageserver/node';
import { LspSession, modernClient, type SessionOptions, until } from './lsp-session.ts';

const uri = 'file:///orders.key-policy.json';
const text = `{
  "Statement": {
    "Action": "kms:GenerateDataKey*"
  }
}`;
const inAction = { line: 2, character: 22 };
const lines = { start: { line: 0, character: 0 }, end: { line: 4, character: 1 } };

async function opened(options: SessionOptions = {}): Promise<LspSession> {
  const session = await LspSession.start(options);
  await session.open(uri, text, 'kms-key-policy');
  return session;
}

describe('hover', () => {
  const hovered = async (settings: object): Promise<Hover> => {
    const session = await opened({ settings });
    return session.ask('textDocument/hover', uri, { position: inAction });
  };

  test('is Markdown with the range that it is about', async () => {
    const { contents, range } = await hovered({});
    expect(contents).toMatchObject({ kind: 'markdown' });
    expect(JSON.stringify(contents)).toContain('Trap:');
    expect(range).toEqual({ start: { line: 2, character: 14 }, end: { line: 2, character: 36 } });
  });

  test.each([
    ['short', 'Exam tip', 'Trap:'],
    ['off', 'It covers 4 actions', 'Exam tip'],
  ])('with exam tips set to %s', async (examTips, shown, hidden) => {
    const text = JSON.stringify((await hovered({ hover: { examTips } })).contents);
    expect(text).toContain(shown);
    expect(text).not.toContain(hidden);
  });
});

describe('hover on a finding', () => {
  const policy = text.replace('Key*', 'Kye');
  const hover = async (session: LspSession): Promise<string> =>
    JSON.stringify(await session.ask<Hover | null>('textDocument/hover', uri, { position: inAction }));

  test('holds the page of its rule', async () => {
    const session = await opened();
    await session.change(uri, policy);
    const [range] = (await session.diagnostics(uri)).flatMap((each) =>
      each.code === 'action-unknown' ? [each.range] : [],
    );
    expect(range?.start.line).toBe(inAction.line);
    const shown = await hover(session);
    expect(shown).toContain('**`action-unknown`** · AWS KMS has no action `kms:GenerateDataKye`');
    expect(shown).toContain('AWS accepts actions that do not exist.');
    expect(shown).toContain('```diff');
    expect(session.log).toEqual([]);
  });

  test('needs no diagnostics that were asked for, and is silent until those of a change are', async () => {
    const session = await opened();
    await session.change(uri, policy);
    expect(await hover(session)).toContain('action-unknown');
    await session.diagnostics(uri);
    await session.change(uri, `${policy}\n`);
    expect(await hover(session)).not.toContain('action-unknown');
    await session.diagnostics(uri);
    expect(await hover(session)).toContain('action-unknown');
  });

  test('works where diagnostics are pushed', async () => {
    const session = await opened({ capabilities: {} });
    await session.change(uri, policy);
    await until(() =>
      session.published.some(({ diagnostics }) => diagnostics.some((each) => each.code === 'action-unknown')),
    );
    expect(await hover(session)).toContain('AWS accepts actions that do not exist.');
  });

  test('says nothing of rules that are off or findings that are suppressed', async () => {
    const session = await opened({ settings: { rules: { 'action-unknown': 'off' } } });
    await session.change(uri, policy);
    expect(await hover(session)).not.toContain('action-unknown');
  });
});

describe('inlay hints', () => {
  const hints = (session: LspSession): Promise<InlayHint[]> =>
    session.ask('textDocument/inlayHint', uri, { range: lines });

  test('are off unless somebody asks for them', async () => {
    expect(await hints(await opened())).toEqual([]);
    const session = await opened({ settings: { inlayHints: { wildcards: true } } });
    expect((await hints(session)).map(({ label }) => label)).toEqual(['4 actions']);
  });

  test('say what statements do, where somebody asks for it, and follow edits', async () => {
    const session = await LspSession.start({ settings: { inlayHints: { statements: true } } });
    const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
    const statements = [
      { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' },
      {
        Effect: 'Allow',
        Principal: { AWS: [role('App'), role('Api'), role('Db')] },
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: {
          StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com', 'kms:EncryptionContext:stage': 'prod' },
        },
      },
      { Effect: 'Deny', Principal: '*', Action: 'kms:PutKeyPolicy', Resource: '*' },
      { Effect: 'Allow', Action: 'kms:Decrypt' },
      { Effect: 'Allow' },
    ];
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);
    await session.open('file:///w/a.key-policy.json', policy);
    const whole = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
    const labels = async () =>
      (await session.ask<InlayHint[]>('textDocument/inlayHint', 'file:///w/a.key-policy.json', { range: whole })).map(
        ({ position, label }) => `${position.line}:${position.character} ${label}`,
      );
    expect(await labels()).toEqual([
      '3:5 IAM policies of 111122223333: do everything with the key',
      '11:5 App and 2 more: decrypt via s3, if …',
      '29:5 everyone: forbidden to replace the key policy',
      '35:5 decrypt',
    ]);
    await session.change('file:///w/a.key-policy.json', policy.replace('"kms:Decrypt"', '"kms:Encrypt"'));
    expect((await labels())[1]).toBe('11:5 App and 2 more: encrypt via s3, if …');
    await session.change('file:///w/a.key-policy.json', JSON.stringify({ Statement: statements }));
    expect(await labels()).toEqual([]);
  });

  test('are asked for again when the settings change', async () => {
    const workspace = { ...modernClient.workspace, inlayHint: { refreshSupport: true } };
    const session = await opened({ capabilities: { ...modernClient, workspace } });
    let refreshes = 0;
    session.connection.onRequest('workspace/inlayHint/refresh', () => {
      refreshes += 1;
      return null;
    });
    expect(await hints(session)).toEqual([]);
    session.settings = { inlayHints: { wildcards: true } };
    await session.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await until(() => refreshes > 0);
    expect(await hints(session)).toHaveLength(1);
  });
});

describe('folding', () => {
  const folds = (session: LspSession): Promise<FoldingRange[]> => session.ask('textDocument/foldingRange', uri);

  test('is left to the JSON service where there is one', async () => {
    expect(await folds(await opened({ initializationOptions: { jsonService: true } }))).toEqual([]);
    expect((await folds(await opened())).map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
      [0, 3],
      [1, 2],
    ]);
  });
});

test('selections, and links where they are asked for', async () => {
  const session = await opened({ settings: { documentLinks: { actions: true } } });
  const [selection] = await session.ask<SelectionRange[]>('textDocument/selectionRange', uri, {
    positions: [inAction],
  });
  expect(selection?.range).toEqual({ start: { line: 2, character: 19 }, end: { line: 2, character: 35 } });
  await session.change(uri, text.replace('Key*', 'Key'));
  expect(await session.ask('textDocument/documentLink', uri)).toMatchObject([
    { target: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html' },
  ]);
  const plain = await opened();
  await plain.change(uri, text.replace('Key*', 'Key'));
  expect(await plain.ask('textDocument/documentLink', uri)).toEqual([]);
});
