import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { clientCommand, method, type ScenarioRun, type StepExplanation } from '../../../server/protocol.ts';
import { folderWith } from '../../cli/folder.ts';
import { LspSession } from '../lsp-session.ts';

const NAME = 'orders.kms-scenario.json';
const LINES = [
  '{ "keys": { "orders": {} },',
  '"steps": [',
  '{ "service": "s3", "do": "PutObject", "key": "orders", "bucket": "b", "expect": { "calls": ["GenerateDataKey"] } },',
  '{ "call": "DisableKey", "input": { "KeyId": "orders" } },',
  '{ "service": "s3", "do": "GetObject", "bucket": "b", "expect": "ok" },',
  '{ "service": "ec2", "do": "RunInstances", "volume": "disk", "instance": "web" }',
  '] }',
];

async function opened() {
  const text = LINES.join('\n');
  const folder = folderWith({ [NAME]: text });
  const session = await LspSession.start({
    workspaceFolders: [pathToFileURL(folder).href],
    initializationOptions: { clientCommands: Object.values(clientCommand) },
  });
  const uri = pathToFileURL(`${folder}/${NAME}`).href;
  await session.open(uri, text, 'kms-scenario');
  return { session, uri };
}

test('lenses say what came of a request to a service, and the explanation which calls it made', async () => {
  const { session, uri } = await opened();
  const { steps, summary }: ScenarioRun = await session.connection.sendRequest(method.runScenario, { uri });
  expect(summary).toBe('1 step passed, 1 failed, 2 only reported');
  expect(steps.map(({ message }) => message)).toEqual([
    'GenerateDataKey as root',
    expect.stringContaining('names the account, and the root user acts as the account'),
    expect.stringMatching(
      /^expected ok, but it came to DisabledException: it stops at Decrypt as root: .* is disabled/,
    ),
    expect.stringMatching(/^GenerateDataKeyWithoutPlaintext as root, CreateGrant as root, Decrypt as arn:aws:sts::/),
  ]);
  const lenses: { command: { title: string } }[] = await session.connection.sendRequest('textDocument/codeLens', {
    textDocument: { uri },
  });
  expect(lenses.map(({ command }) => command.title).filter((title) => title.endsWith('explain'))).toEqual([
    '✓ ok: explain',
    '· ok: explain',
    '✗ expected ok, is DisabledException: explain',
    '· ok: explain',
  ]);

  const explained = async (step: number): Promise<string> => {
    const answer: StepExplanation = await session.connection.sendRequest(method.explainStep, { uri, step });
    return session.content(answer.report);
  };
  const failed = await explained(2);
  expect(failed).toContain('✗ 1. Decrypt: stops with DisabledException');
  expect(failed).toMatch(/the caller of the service\s+gets to see `KMS\.DisabledException`/);
  const launched = await explained(3);
  expect(launched).toMatch(/kms:ViaService\s+ec2\.us-east-1\.amazonaws\.com/);
  expect(launched).toMatch(/constraint EncryptionContextSubset\s+aws:ebs:id = vol-/);
  expect(launched).toContain('Who decides about CreateGrant');
});

test('a code action writes down what came of it', async () => {
  const { session, uri } = await opened();
  await session.connection.sendRequest(method.runScenario, { uri });
  const actions: { title: string }[] = await session.connection.sendRequest('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: { line: 4, character: 5 }, end: { line: 4, character: 5 } },
    context: { diagnostics: [] },
  });
  expect(actions.map(({ title }) => title)).toEqual([
    'Expect what happens: DisabledException',
    'New step for this error',
  ]);
});
