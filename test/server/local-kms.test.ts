import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { clientCommand, type LocalKmsWorld, method } from '../../server/protocol.ts';
import type { ScenarioJob } from '../../server/scenarios/run-job.ts';
import { folderWith } from '../cli/folder.ts';
import { projectRoot } from '../cli/run.ts';
import { LspSession } from './lsp-session.ts';

const example = readFileSync(`${projectRoot}examples/local-kms.kms-scenario.json`, 'utf8');
const everything = { clientCommands: Object.values(clientCommand) };
const title = 'Start local KMS';

const jobOf = ({ job }: LocalKmsWorld): ScenarioJob => job as ScenarioJob;

test('a scenario with access keys can be served, from a lens above it', async () => {
  const session = await LspSession.start({ initializationOptions: everything });
  const uri = 'file:///folder/local-kms.kms-scenario.json';
  await session.open(uri, example, 'kms-scenario');
  const lenses = await session.codeLenses(uri);
  const [lens, ...more] = lenses.filter(({ command }) => command?.title === title);
  expect(lens).toMatchObject({
    range: { start: { line: 0 } },
    command: { command: 'kms-lens.startLocalKms', arguments: [{ uri }] },
  });
  expect(more).toEqual([]);
  // Also one that only prepares.
  await session.change(uri, '{\n"principals": { "App": { "accessKeyId": "AKIAKMSLENSAPP" } } }');
  expect((await session.codeLenses(uri)).map(({ command }) => command?.title)).toEqual([title]);
  await session.change(uri, example.replaceAll('"accessKeyId"', '"accessKey"'));
  expect((await session.codeLenses(uri)).map(({ command }) => command?.title)).not.toContain(title);
});

test('other editors have no such lens: nothing of theirs could start it', async () => {
  const session = await LspSession.start();
  const uri = 'file:///folder/local-kms.kms-scenario.json';
  await session.open(uri, example, 'kms-scenario');
  expect((await session.codeLenses(uri)).map(({ command }) => command?.title)).not.toContain(title);
});

test('it begins with texts as they are edited, and with all files that a scenario names', async () => {
  const scenario = '{ "keys": { "orders": { "policy": "orders.key-policy.json" } } }';
  const folder = folderWith({
    'a.kms-scenario.json': scenario,
    'orders.key-policy.json': '{ "Version": "2012-10-17", "Statement": [] }',
  });
  const root = `${pathToFileURL(folder).href}/`;
  const session = await LspSession.start({ workspaceFolders: [root] });
  const uri = `${root}a.kms-scenario.json`;
  const edited = scenario.replace('{ "keys"', '{ "account": "444455556666", "keys"');
  await session.open(uri, edited, 'kms-scenario');
  const world = await session.connection.sendRequest<LocalKmsWorld>(method.localKmsWorld, { uri });
  expect(world.uris).toEqual([uri, `${root}orders.key-policy.json`]);
  expect(jobOf(world).scenario.text).toBe(edited);
  expect(jobOf(world).documents.map(({ text }) => text)).toEqual(['{ "Version": "2012-10-17", "Statement": [] }']);
  const policy = session.connection.sendRequest(method.localKmsWorld, { uri: `${root}orders.key-policy.json` });
  await expect(policy).rejects.toThrow(/is no scenario/);
});

test('an empty one is in the account and the Region of the settings', async () => {
  const session = await LspSession.start({ settings: { account: '444455556666', region: 'eu-north-1' } });
  const world = await session.connection.sendRequest<LocalKmsWorld>(method.localKmsWorld, {});
  expect(world.uris).toEqual([]);
  expect(JSON.parse(jobOf(world).scenario.text)).toEqual({ account: '444455556666', region: 'eu-north-1' });
});

test('texts that the client writes are kept as its own reports are', async () => {
  const session = await LspSession.start();
  const text = 'Local KMS: an empty account\n';
  const uri = await session.connection.sendRequest<string>(method.keepReport, { title: 'Local KMS', text });
  expect(uri).toMatch(/^kms-lens:\/\d+\/Local%20KMS\.kms-lens\.txt$/);
  expect(await session.content(uri)).toBe(text);
  const json = await session.connection.sendRequest<string>(method.keepReport, { title: 'T', text, ending: '.json' });
  expect(json).toMatch(/\/T\.json$/);
});
