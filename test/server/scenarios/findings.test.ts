import { rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { folderWith, keyPolicy } from '../../cli/folder.ts';
import { LspSession, modernClient, until } from '../lsp-session.ts';

const SCENARIO = 'p/orders.kms-scenario.json';
const POLICY = 'p/orders.key-policy.json';
const scenario = (policy: string, more: object = {}): string =>
  JSON.stringify({ keys: { orders: { policy } }, ...more });

async function workspace(files: Readonly<Record<string, string>>, capabilities = modernClient) {
  const folder = folderWith(files);
  const uriOf = (name: string): string => pathToFileURL(`${folder}/${name}`).href;
  const session = await LspSession.start({ capabilities, workspaceFolders: [pathToFileURL(folder).href] });
  const messages = async () =>
    (await session.diagnostics(uriOf(SCENARIO))).map(({ code, message }) => `${code}: ${message}`);
  /** Asks as an editor does: again when it is told to. */
  const settled = async (): Promise<string[]> => {
    const before = session.diagnosticRefreshes;
    await messages();
    await until(() => before < session.diagnosticRefreshes);
    return messages();
  };
  return {
    folder,
    uriOf,
    session,
    messages,
    settled,
    open: () => session.open(uriOf(SCENARIO), files[SCENARIO] ?? ''),
  };
}

const UNREADABLE = 'cannot be read: mend the path or add the file';

test('what the text gets wrong is told at once, what its files get wrong follows', async () => {
  const { messages, settled, open } = await workspace({ [SCENARIO]: scenario('gone.json', { account: 1 }) });
  await open();
  const malformed = 'scenario-malformed: `account` is a text: write it in double quotes';
  expect(await messages()).toEqual([malformed]);
  expect(await settled()).toEqual([`scenario-unusable-policy: \`gone.json\` ${UNREADABLE}`, malformed]);
});

test('a file that is mended in the editor is none of the findings any more, until it is closed unsaved', async () => {
  const { session, uriOf, messages, settled, open } = await workspace({
    [SCENARIO]: scenario('orders.key-policy.json'),
    [POLICY]: '{}',
  });
  await open();
  expect(await settled()).toEqual([
    'scenario-unusable-policy: `orders.key-policy.json` has no statements: give a policy with a `Statement`',
  ]);
  let before = session.diagnosticRefreshes;
  await session.open(uriOf(POLICY), keyPolicy('kms:Decrypt'));
  await until(() => before < session.diagnosticRefreshes);
  await messages();
  await until(() => before + 1 < session.diagnosticRefreshes);
  expect(await messages()).toEqual([]);
  before = session.diagnosticRefreshes;
  await session.connection.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf(POLICY) } });
  await until(() => before < session.diagnosticRefreshes);
  await messages();
  await until(() => before + 1 < session.diagnosticRefreshes);
  expect(await messages()).toHaveLength(1);
});

test('a file that is stored or removed behind the editor counts once the client tells of it', async () => {
  const { folder, session, uriOf, messages, settled, open } = await workspace({
    [SCENARIO]: scenario('orders.key-policy.json'),
  });
  await open();
  expect(await settled()).toEqual([`scenario-unusable-policy: \`orders.key-policy.json\` ${UNREADABLE}`]);
  const change = async (type: number): Promise<string[]> => {
    const before = session.diagnosticRefreshes;
    await session.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf(POLICY), type }],
    });
    await until(() => before < session.diagnosticRefreshes);
    await messages();
    await until(() => before + 1 < session.diagnosticRefreshes);
    return messages();
  };
  writeFileSync(`${folder}/${POLICY}`, keyPolicy('kms:Decrypt'));
  expect(await change(1)).toEqual([]);
  rmSync(`${folder}/${POLICY}`);
  expect(await change(3)).toHaveLength(1);
});

test('nothing outside of the workspace folder is read', async () => {
  const { settled, open } = await workspace({ [SCENARIO]: scenario('../../x.json') });
  await open();
  expect(await settled()).toEqual([
    'scenario-unusable-policy: `../../x.json` lies outside of the workspace folder: keep the file inside',
  ]);
});

test('a scenario without a folder names nothing', async () => {
  const { session } = await workspace({});
  const uri = 'untitled:Untitled-1';
  await session.open(uri, scenario('gone.json'), 'kms-scenario');
  for (let times = 0; times < 3; times++) expect(await session.diagnostics(uri)).toEqual([]);
  expect(session.diagnosticRefreshes).toBe(0);
});

test('a client that is told of findings is told when they change', async () => {
  const { session, uriOf, open } = await workspace({ [SCENARIO]: scenario('gone.json') }, {});
  await open();
  const told = () => session.published.filter(({ uri }) => uri === uriOf(SCENARIO));
  await until(() => told().some(({ diagnostics }) => diagnostics.length === 1));
  expect(told()[0]?.diagnostics).toEqual([]);
});

test('a policy that stands in a scenario has its findings and its quick fixes there', async () => {
  const policy = JSON.parse(keyPolicy('kms:Decypt'));
  const text = JSON.stringify({ keys: { orders: { policy } } });
  const { session, uriOf, open } = await workspace({ [SCENARIO]: text });
  await open();
  const [finding] = await session.diagnostics(uriOf(SCENARIO));
  expect(finding?.code).toBe('action-unknown');
  const start = text.indexOf('kms:Decypt');
  expect(finding?.range.start.character).toBeGreaterThanOrEqual(start);
  const actions = finding ? await session.codeActions(uriOf(SCENARIO), finding.range, ['quickfix']) : [];
  expect(actions.map(({ title }) => title)).toContain('Change to `kms:Decrypt`');
});
