import { readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  clientCommand,
  method,
  type ScenarioRun,
  type StepExplanation,
  serverCommand,
  type TrailDocument,
  type TrailView,
} from '../../../server/protocol.ts';
import { folderWith } from '../../cli/folder.ts';
import { projectRoot } from '../../cli/run.ts';
import { LspSession } from '../lsp-session.ts';

const lifecycle = readFileSync(`${projectRoot}examples/lifecycle.kms-scenario.json`, 'utf8');

async function opened(text = lifecycle, name = 'lifecycle.kms-scenario.json') {
  const folder = await folderWith({});
  await cp(`${projectRoot}examples`, folder, { recursive: true });
  const session = await LspSession.start({
    workspaceFolders: [pathToFileURL(folder).href],
    initializationOptions: { clientCommands: Object.values(clientCommand) },
  });
  const uri = pathToFileURL(`${folder}/${name}`).href;
  await session.open(uri, text, 'kms-scenario');
  const run = (steps?: readonly number[]): Promise<ScenarioRun> =>
    session.connection.sendRequest(method.runScenario, { uri, ...(steps ? { steps } : {}) });
  return { session, uri, run };
}

const scenario = (...steps: readonly object[]): string =>
  JSON.stringify({ keys: { orders: { aliases: ['alias/orders'] } }, steps }, null, 1);

const lensesOf = async ({ connection }: LspSession, uri: string) => {
  const lenses = await connection.sendRequest<
    { range: { start: { line: number } }; command: { title: string; command: string; arguments: unknown[] } }[]
  >('textDocument/codeLens', { textDocument: { uri } });
  return lenses.map(({ range, command }) => ({ ...command, line: range.start.line }));
};

describe('the CloudTrail of a run', () => {
  test('is a table with the names of the scenario and the steps that caused the events', async () => {
    const { session, uri, run } = await opened();
    await run();
    const view = await session.connection.sendRequest<TrailView>(method.trailView, { uri });
    expect(view).toMatchObject({ title: 'CloudTrail of lifecycle', isOld: false });
    expect(view.rows[0]).toMatchObject({
      time: '2026-11-01 09:00:00',
      event: 'CreateKey',
      principal: 'Admin',
      keys: ['$made'],
      account: '111122223333',
      region: 'us-east-1',
      step: { index: 0, name: 'a key is made' },
    });
    expect(view.rows.find(({ event }) => event === 'CreateAlias')?.keys).toEqual(['alias/orders', '$made']);
    const rotation = view.rows.find(({ event }) => event === 'RotateKey');
    expect(rotation).toMatchObject({ principal: '', keys: ['$made'], step: { index: 6, name: 'a year passes' } });
    expect(view.rows.flatMap(({ error }) => error ?? [])).toContain('AccessDenied');
  });

  test('is the text of a log file, for any editor', async () => {
    const { session, uri, run } = await opened();
    const { steps } = await run([3]);
    expect(steps.map(({ index }) => index)).toEqual([3]);
    const made = await session.execute<TrailDocument>(serverCommand.openTrail, { uri });
    expect(made.summary).toBe('CloudTrail of lifecycle: 4 events');
    const { Records } = JSON.parse(made.text);
    expect(Records.map(({ eventName }: { eventName: string }) => eventName)).toEqual([
      'CreateKey',
      'CreateAlias',
      'EnableKeyRotation',
      'Encrypt',
    ]);
    expect(made.report).toMatch(/CloudTrail%20of%20lifecycle\.json$/);
    expect(await session.content(made.report)).toBe(made.text);
  });

  test('is made by a run where there is none yet, and stays when the scenario is edited', async () => {
    const { session, uri } = await opened();
    const view = await session.connection.sendRequest<TrailView>(method.trailView, { uri });
    expect(view.rows.length).toBeGreaterThan(25);
    await session.change(uri, lifecycle.replace('a key is made', 'a key is born'));
    const later = await session.connection.sendRequest<TrailView>(method.trailView, { uri });
    expect(later).toMatchObject({ isOld: true });
    expect(later.rows[0]?.step.name).toBe('a key is made');
  });

  test('needs calls', async () => {
    const { session, uri } = await opened(scenario({ can: 'Decrypt', on: 'orders' }));
    await expect(session.connection.sendRequest(method.trailView, { uri })).rejects.toThrow('calls nothing');
  });

  test('has a lens once something was called', async () => {
    const { session, uri, run } = await opened();
    const titles = async () => (await lensesOf(session, uri)).map(({ title }) => title);
    expect(await titles()).not.toContain('CloudTrail of this run');
    await run();
    const lens = (await lensesOf(session, uri)).find(({ title }) => title === 'CloudTrail of this run');
    expect(lens).toMatchObject({ command: clientCommand.showTrail, arguments: [{ uri }] });
  });
});

describe('the lenses of calls and waits', () => {
  test('run the step, or everything up to it, and say what it came to', async () => {
    const { session, uri, run } = await opened();
    const before = await lensesOf(session, uri);
    expect(before.filter(({ title }) => title === 'Run step')).toHaveLength(30);
    const toHere = before.filter(({ title }) => title === 'Run to here');
    expect(toHere).toHaveLength(29);
    expect(toHere[0]?.arguments).toEqual([{ uri, upTo: 1 }]);
    await run();
    const titles = (await lensesOf(session, uri)).map(({ title }) => title);
    expect(titles).toContain('✓ ok: explain');
    expect(titles).toContain('✓ AccessDeniedException: explain');
    expect(titles).toContain('· done: explain');
  });

  test('run up to a step in any editor', async () => {
    const { session, uri } = await opened();
    const { summary } = await session.execute<StepExplanation>(serverCommand.runScenario, { uri, upTo: 2 });
    expect(summary).toBe('lifecycle.kms-scenario.json: 3 steps passed');
  });

  test('and the end of the line says it, too', async () => {
    const { session, uri, run } = await opened();
    const hints = async () => {
      const range = { start: { line: 0, character: 0 }, end: { line: 200, character: 0 } };
      const all = await session.connection.sendRequest<
        { label: string; position: { line: number; character: number } }[]
      >('textDocument/inlayHint', { textDocument: { uri }, range });
      return all.map(({ label, position }) => [label, position] as const);
    };
    expect(await hints()).toEqual([]);
    await run();
    const found = await hints();
    expect(found).toHaveLength(30);
    expect(found[4]?.[0]).toBe('✓ AccessDeniedException');
    const { line = 0, character } = found[4]?.[1] ?? {};
    expect(character).toBe(lifecycle.split('\n')[line]?.length);
    await session.change(uri, lifecycle.replace('a key is made', 'a key is born'));
    expect(await hints()).toEqual([]);
  });

  test('say how an expectation was missed', async () => {
    const { session, uri, run } = await opened(
      scenario(
        { call: 'DescribeKey', input: { KeyId: 'alias/none' }, expect: 'ok' },
        { call: 'DescribeKey', input: { KeyId: 'orders' }, expect: { ok: { KeyMetadata: { Enabled: false } } } },
      ),
    );
    await run();
    const titles = (await lensesOf(session, uri)).map(({ title }) => title);
    expect(titles).toContain('✗ expected ok, is NotFoundException: explain');
    expect(titles).toContain('✗ ok, but otherwise: explain');
  });
});

describe('the hover on a step that was taken', () => {
  const text = scenario(
    { call: 'GenerateDataKey', input: { KeyId: 'orders', KeySpec: 'AES_256' }, save: 'key' },
    { call: 'DescribeKey', input: { KeyId: 'alias/none' }, expect: { error: 'NotFoundException' } },
  );
  const hoverOn = async (part: string) => {
    const { session, uri, run } = await opened(text);
    await run();
    const before = text.slice(0, text.indexOf(part)).split('\n');
    const position = { line: before.length - 1, character: (before.at(-1) ?? '').length + 1 };
    const hover = await session.connection.sendRequest<{ contents: { value: string } }>('textDocument/hover', {
      textDocument: { uri },
      position,
    });
    return hover.contents.value;
  };

  test('shows the response, secrets left out', async () => {
    const value = await hoverOn('"GenerateDataKey"');
    expect(value).toContain('**· ok**');
    expect(value).toContain('Response, saved as `$key`');
    expect(value).toContain('"Plaintext": "(32 bytes)"');
    expect(value).toMatch(/"CiphertextBlob": "base64:.{16}… \(\d+ bytes\)"/);
  });

  test('leaves the response out within a member', async () => {
    expect(await hoverOn('"AES_256"')).not.toContain('CiphertextBlob');
  });

  test("shows AWS's message and what to do", async () => {
    const value = await hoverOn('"DescribeKey"');
    expect(value).toContain('**✓ NotFoundException**');
    expect(value).toContain('```text\nAlias arn:aws:kms:us-east-1:111122223333:alias/none is not found.\n```');
    expect(value).toContain('What to do: name a key');
  });
});

describe('the explanation of a call', () => {
  const explained = async (step: number, text = lifecycle) => {
    const { session, uri } = await opened(text);
    const { report, summary } = await session.connection.sendRequest<StepExplanation>(method.explainStep, {
      uri,
      step,
    });
    return { summary, text: await session.content(report) };
  };

  test('is the whole story of an error', async () => {
    const { summary, text } = await explained(4);
    expect(summary).toMatch(/^AccessDeniedException: User: /);
    expect(text).toContain('Decrypt: AccessDeniedException');
    expect(text).toContain('What to do:');
    expect(text).toContain('The key as the call found it');
    expect(text).toContain('DENIED');
    expect(text).toContain('"errorCode": "AccessDenied"');
  });

  test('is the whole story of a change', async () => {
    const { text } = await explained(11);
    expect(text).toMatch(/What it changed\n─+\n {2}\S+ +state: Enabled → Disabled/);
    expect(text).toContain('"eventName": "DisableKey"');
    expect(text).toContain('ALLOWED');
  });

  test('tells what is saved, and what time brings', async () => {
    expect((await explained(0)).text).toContain('The response, which later steps find as $made');
    const waited = await explained(6);
    expect(waited.summary).toBe('done: it is 2027-11-01T09:00:00Z now');
    expect(waited.text).toContain('key material');
    expect(waited.text).toContain('RotateKey');
  });

  test('says so where nobody was asked', async () => {
    const { text } = await explained(0, scenario({ call: 'DescribeKey', input: { KeyId: 'alias/none' } }));
    expect(text).toContain('The request failed before anybody was asked for permission.');
  });
});

describe('actions on calls', () => {
  const text = scenario(
    { call: 'DescribeKey', input: { KeyId: 'alias/none' }, save: 'it' },
    { call: 'DescribeKey', input: { KeyId: 'orders' }, expect: { ok: { KeyMetadata: { Enabled: false } } } },
    { call: 'DisableKey', input: { KeyId: 'orders' } },
    { can: 'Decrypt', as: 'arn:aws:iam::111122223333:role/App', on: 'orders' },
  );
  const actionsOn = async (part: string, { isRun = true } = {}) => {
    const { session, uri, run } = await opened(text);
    if (isRun) await run();
    const line = text.slice(0, text.indexOf(part)).split('\n').length - 1;
    const range = { start: { line, character: 8 }, end: { line, character: 8 } };
    const actions = await session.codeActions(uri, range, ['refactor.rewrite']);
    const apply = ({ edit }: CodeAction): { readonly steps: readonly object[] } =>
      JSON.parse(TextDocument.applyEdits(TextDocument.create(uri, 'json', 1, text), edit?.changes?.[uri] ?? []));
    return {
      titles: actions.map(({ title }) => title),
      made: actions.map((action) => action.edit && apply(action)),
      actions,
    };
  };

  test('expect the error, or keep it as a step of its own', async () => {
    const { titles, made } = await actionsOn('alias/none');
    expect(titles).toEqual(['Expect what happens: NotFoundException', 'New step for this error']);
    expect(made[0]?.steps[0]).toHaveProperty('expect', { error: 'NotFoundException' });
    expect(made[1]?.steps[1]).toEqual({
      name: 'call DescribeKey as root: NotFoundException',
      call: 'DescribeKey',
      input: { KeyId: 'alias/none' },
      expect: { error: 'NotFoundException' },
    });
  });

  test('expect as much of the response as the step looks at', async () => {
    const { titles, made } = await actionsOn('"Enabled"');
    expect(titles).toEqual(['Expect what happens: ok']);
    expect(made[0]?.steps[1]).toHaveProperty('expect', { ok: { KeyMetadata: { Enabled: true } } });
  });

  test('access checks after calls go by the last run', async () => {
    const { titles } = await actionsOn('"can"');
    expect(titles[0]).toMatch(/^Expect what happens: (denied|depends)$/);
  });

  test('what a call comes to has to be found out first', async () => {
    const { actions } = await actionsOn('alias/none', { isRun: false });
    expect(actions).toMatchObject([
      {
        title: 'Run this step, to expect what happens',
        command: { command: clientCommand.runScenario, arguments: [{ step: 0 }] },
      },
    ]);
  });
});
