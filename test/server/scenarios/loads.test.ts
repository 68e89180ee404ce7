import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { clientCommand, method, type ScenarioRun, type StepExplanation } from '../../../server/protocol.ts';
import { folderWith } from '../../cli/folder.ts';
import { LspSession } from '../lsp-session.ts';

const symmetric = 'CryptographicOperationsSymmetric';
const steps = [
  { load: { GenerateDataKey: 12_000, Decrypt: 4000 }, expect: { throttled: true, quota: symmetric } },
  { load: { 's3:GetObject': 20_000 }, expect: { throttled: false } },
  { load: { CreateKey: 5 } },
];
const text = [
  '{ "region": "eu-north-1", "quotas": { "GenerateDataKeyPair": 30, "CreateAlias": 5 }, "steps": [',
  steps.map((step) => JSON.stringify(step)).join(',\n'),
  '] }',
].join('\n');

async function opened() {
  const folder = await folderWith({});
  const session = await LspSession.start({
    workspaceFolders: [pathToFileURL(folder).href],
    initializationOptions: { clientCommands: Object.values(clientCommand) },
  });
  const uri = pathToFileURL(`${folder}/loads.kms-scenario.json`).href;
  await session.open(uri, text, 'kms-scenario');
  const run = (): Promise<ScenarioRun> => session.connection.sendRequest(method.runScenario, { uri });
  const hoverOn = async (part: string) => {
    const document = TextDocument.create(uri, 'json', 1, text);
    const position = document.positionAt(text.indexOf(part) + 2);
    const hover = await session.connection.sendRequest<{ contents: { value: string } }>('textDocument/hover', {
      textDocument: { uri },
      position,
    });
    return hover.contents.value;
  };
  return { session, uri, run, hoverOn };
}

test('a load is taken like any step, and its lens says what it came to', async () => {
  const { session, uri, run } = await opened();
  const { steps: done } = await run();
  expect(done.map(({ name, kind, outcome }) => [name, kind, outcome])).toEqual([
    ['load of 12,000 GenerateDataKey + 4,000 Decrypt a second', 'load', 'pass'],
    ['load of 20,000 s3:GetObject a second', 'load', 'fail'],
    ['load of 5 CreateKey a second', 'load', 'info'],
  ]);
  expect(done[1]?.message).toContain(
    `expected not throttled, but it came to throttled by ${symmetric} from second 1, 100,000 Decrypt refused: S3 makes`,
  );
  const lenses = await session.connection.sendRequest<{ command: { title: string } }[]>('textDocument/codeLens', {
    textDocument: { uri },
  });
  const titles = lenses.map(({ command: { title } }) => title);
  expect(titles).toContain('✓ throttled: explain');
  expect(titles).toContain('✗ expected not throttled, is throttled: explain');
  expect(titles).toContain('· not throttled: explain');
  // It rests on nothing but what changed the world before.
  expect(titles).not.toContain('Run to here');
});

test('a hover answers before anything is run, and has the parts after it', async () => {
  const { run, hoverOn } = await opened();
  const before = await hoverOn('"load":{"s3');
  expect(before).toContain('✗ throttled');
  expect(before).toContain('\n- with an S3 Bucket Key KMS would see 200 calls/s, and all would pass');
  await run();
  const after = await hoverOn('"load":{"s3');
  expect(after).toContain('not throttled is expected');
  expect(after).toContain(`✗ ${symmetric}\n    quota: 10,000/s\n    asked for: 20,000 Decrypt a second\n`);
});

test('a hover on a quota or a request to S3 says what it is', async () => {
  const { hoverOn } = await opened();
  expect(await hoverOn('s3:GetObject')).toContain('A download: S3 calls Decrypt.');
  const pairs = await hoverOn('GenerateDataKeyPair');
  expect(pairs).toContain('request quota');
  expect(pairs).toContain('20 a second in');
  expect(await hoverOn('CreateAlias')).toContain('5 a second in');
  expect(await hoverOn('CryptographicOperationsSymmetric')).toContain('10,000 a second in `eu-north-1`');
});

test('the explanation goes quota by quota', async () => {
  const { session, uri } = await opened();
  const { summary, report: at } = await session.connection.sendRequest<StepExplanation>(method.explainStep, {
    uri,
    step: 0,
  });
  const report = await session.content(at);
  expect(summary).toMatch(/^throttled by .*37\.5 %/);
  expect(report).toContain('Quota by quota');
  expect(report).toContain(`✗ 1. ${symmetric}`);
  expect(report).toMatch(/refused +60,000 of 160,000 \(37\.5 %\), from second 1/);
  expect(report).not.toContain('Who decides');
});

test('a light bulb writes down what happens, as precisely as it was', async () => {
  const { session, uri } = await opened();
  const made = async (line: number) => {
    const range = { start: { line, character: 8 }, end: { line, character: 8 } };
    const actions = await session.codeActions(uri, range, ['refactor.rewrite']);
    return actions.map(({ title, edit }) => {
      const edited = TextDocument.applyEdits(TextDocument.create(uri, 'json', 1, text), edit?.changes?.[uri] ?? []);
      return [title, JSON.parse(edited).steps[line - 1].expect];
    });
  };
  expect(await made(1)).toEqual([]);
  expect(await made(2)).toEqual([['Expect what happens: throttled', { throttled: true }]]);
  expect(await made(3)).toEqual([['Expect what happens: not throttled', { throttled: false }]]);
});
