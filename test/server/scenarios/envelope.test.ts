import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  clientCommand,
  method,
  type ScenarioRun,
  type StepExplanation,
  type TrailView,
} from '../../../server/protocol.ts';
import { folderWith } from '../../cli/folder.ts';
import { LspSession } from '../lsp-session.ts';

const NAME = 'letters.kms-scenario.json';

/** Each step on a line of its own, from the fourth on. */
const scenario = (...steps: readonly object[]): string =>
  `{
"keys": { "letters": {} },
"steps": [
${steps.map((step) => JSON.stringify(step)).join(',\n')}
] }`;
const FIRST_LINE = 3;

const step = { envelope: 'letters', payload: 'text:card 4242', encryptionContext: { tenant: 'blue' } };
const text = scenario(
  { ...step, expect: 'ok' },
  { ...step, decrypt: { tamper: 'tag' }, expect: 'ok' },
  { ...step, decrypt: { as: 'arn:aws:iam::111122223333:role/Thief' } },
);

async function opened(content = text, files: Readonly<Record<string, string>> = {}) {
  const folder = folderWith({ [NAME]: content, ...files });
  const session = await LspSession.start({
    workspaceFolders: [pathToFileURL(folder).href],
    initializationOptions: { clientCommands: Object.values(clientCommand) },
  });
  const uri = pathToFileURL(`${folder}/${NAME}`).href;
  await session.open(uri, content, 'kms-scenario');
  const run = (): Promise<ScenarioRun> => session.connection.sendRequest(method.runScenario, { uri });
  const lenses = async (): Promise<readonly string[]> => {
    const all = await session.connection.sendRequest<{ command: { title: string } }[]>('textDocument/codeLens', {
      textDocument: { uri },
    });
    return all.map(({ command }) => command.title);
  };
  const explained = async (index: number) => {
    const answer = await session.connection.sendRequest<StepExplanation>(method.explainStep, { uri, step: index });
    return { ...answer, text: await session.content(answer.report) };
  };
  return { session, uri, run, lenses, explained };
}

test('the Test Explorer hears what came of each, and where it stopped', async () => {
  const { run } = await opened();
  const { steps, summary } = await run();
  expect(summary).toBe('1 step passed, 1 failed, 1 only reported');
  expect(steps.map(({ kind, outcome, actual }) => [kind, outcome, actual])).toEqual([
    ['envelope', 'pass', 'ok'],
    ['envelope', 'fail', { error: 'frame-tag' }],
    ['envelope', 'info', { error: 'AccessDeniedException' }],
  ]);
  expect(steps[1]?.message).toMatch(/^expected ok, but it came to frame-tag: it stops at frame 1: /);
  expect(steps[2]?.message).toMatch(/^it stops at Decrypt: User: \S+ is not authorized to perform: kms:Decrypt/);
  expect(JSON.stringify(steps)).not.toContain('4242');
});

test('lenses run up to a round trip and say what it came to', async () => {
  const { run, lenses } = await opened();
  expect((await lenses()).filter((title) => title === 'Run to here')).toHaveLength(2);
  expect(await lenses()).not.toContain('CloudTrail of this run');
  await run();
  const titles = await lenses();
  expect(titles).toContain('✓ ok: explain');
  expect(titles).toContain('✗ expected ok, is frame-tag: explain');
  expect(titles).toContain('· AccessDeniedException: explain');
  expect(titles).toContain('CloudTrail of this run');
});

test('so does the end of the line, and the hover has the parts', async () => {
  const { session, uri, run } = await opened();
  await run();
  const range = { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } };
  const hints = await session.connection.sendRequest<{ label: string }[]>('textDocument/inlayHint', {
    textDocument: { uri },
    range,
  });
  expect(hints.map(({ label }) => label)).toContain('✗ expected ok, is frame-tag');
  const hover = await session.connection.sendRequest<{ contents: { value: string } }>('textDocument/hover', {
    textDocument: { uri },
    position: { line: FIRST_LINE + 1, character: 4 },
  });
  expect(hover.contents.value).toContain('**✗ frame-tag**, where ok is expected');
  expect(hover.contents.value).toContain('It stops at frame 1.\n\n```text\nframe 1 does not match');
  expect(hover.contents.value).toMatch(/✓ encryption\n {4}payload: 9 bytes, fingerprint [0-9a-f]{16}\n/);
  expect(hover.contents.value).toContain('✗ frame 1');
});

test('the trail has both calls', async () => {
  const { session, uri } = await opened();
  const { rows } = await session.connection.sendRequest<TrailView>(method.trailView, { uri });
  expect(rows.map(({ event, step: { index } }) => `${index} ${event}`)).toEqual([
    '0 GenerateDataKey',
    '0 Decrypt',
    '1 GenerateDataKey',
    '1 Decrypt',
    '2 GenerateDataKey',
    '2 Decrypt',
  ]);
});

test('the explanation has each part with sizes and fingerprints, and who was allowed and why', async () => {
  const { explained } = await opened();
  const passed = await explained(0);
  expect(passed.summary).toMatch(/^ok: 9 bytes came back as they were, from a message of \d+ bytes in 1 frame$/);
  expect(passed.text).toMatch(/envelope round trip as root on letters: ok\n/);
  expect(passed.text).toMatch(
    /✓ 1\. GenerateDataKey\n[^✓]*called by +root\n[^✓]*data key +32 bytes, fingerprint [0-9a-f]{16}/,
  );
  expect(passed.text).toMatch(/✓ 5\. frames\n +came back +9 bytes, fingerprint [0-9a-f]{16}\n/);
  expect(passed.text).toContain('Who decides about GenerateDataKey');
  expect(passed.text).toContain('Who decides about Decrypt');
  expect(passed.text).toContain('The key as the step found it');
  expect(passed.text).toContain('"eventName": "GenerateDataKey"');
  expect(passed.text).not.toContain('4242');

  const stopped = await explained(1);
  expect(stopped.text).toContain('✗ 5. frame 1: stops with frame-tag');
  expect(stopped.text).toContain('The step expects ok.');
  const refused = await explained(2);
  expect(refused.text).toContain('✗ 3. Decrypt: stops with AccessDeniedException');
  expect(refused.text).toContain('· 4. header: did not happen');
  expect(refused.text).toContain('DENIED');
});

test('actions write down what happened, and keep an error as a step', async () => {
  const { session, uri, run } = await opened();
  const on = async (line: number) => {
    const position = { line, character: 8 };
    return session.codeActions(uri, { start: position, end: position }, ['refactor.rewrite']);
  };
  expect((await on(FIRST_LINE + 1)).map(({ title }) => title)).toEqual(['Run this step, to expect what happens']);
  await run();
  const actions = await on(FIRST_LINE + 1);
  expect(actions.map(({ title }) => title)).toEqual(['Expect what happens: frame-tag', 'New step for this error']);
  const made = actions.map(({ edit }) =>
    JSON.parse(TextDocument.applyEdits(TextDocument.create(uri, 'json', 1, text), edit?.changes?.[uri] ?? [])),
  );
  expect(made[0].steps[1].expect).toEqual({ error: 'frame-tag' });
  expect(made[1].steps[2]).toEqual({
    name: 'envelope round trip as root on letters: frame-tag',
    ...step,
    decrypt: { tamper: 'tag' },
    expect: { error: 'frame-tag' },
  });
});

test('a file is read within the folder only', async () => {
  const file = (payload: string): string => scenario({ ...step, payload, expect: 'ok' });
  const inside = await opened(file('file:letter.txt'), { 'letter.txt': 'hello' });
  expect((await inside.run()).steps).toMatchObject([{ outcome: 'pass' }]);

  const outside = await opened(file('file:../letter.txt'));
  const { errors } = await outside.run();
  expect(errors.map(({ pointer }) => pointer)).toEqual(['/steps/0/payload']);
});
