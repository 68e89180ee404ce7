import { expect, test } from 'vitest';
import type { CompletionItem, CompletionList } from 'vscode-languageserver';
import { LspSession } from '../../lsp-session.ts';

const uri = 'file:///orders.key-policy.json';
const at = (text: string): { line: number; character: number } => ({ line: 0, character: text.indexOf('$0') });
const text = '{"Statement": [{"Action": "$0"}]}';

async function ask(session: LspSession, marked: string): Promise<CompletionList | null> {
  await session.change(uri, marked.replace('$0', ''));
  return session.ask('textDocument/completion', uri, { position: at(marked) });
}

test('completes over the protocol, and documents an item when it is looked at', async () => {
  const session = await LspSession.start({
    capabilities: { textDocument: { completion: { completionItem: { documentationFormat: ['markdown'] } } } },
  });
  expect(session.initialized.capabilities.completionProvider).toEqual({
    triggerCharacters: ['"', ':'],
    resolveProvider: true,
  });
  await session.open(uri, '', 'kms-key-policy');
  const list = await ask(session, text);
  const item = list?.items.find(({ label }) => label === 'kms:ReEncrypt*');
  expect(item?.documentation).toBeUndefined();
  const resolved = await session.connection.sendRequest<CompletionItem>('completionItem/resolve', item);
  expect(resolved.label).toBe('kms:ReEncrypt*');
  expect(resolved.documentation).toMatchObject({ kind: 'markdown' });
  expect(JSON.stringify(resolved.documentation)).toContain('ReEncryptFrom');
  expect(await ask(session, '{"Statement": []} $0')).toBeNull();
});

test('documents in plain text where the client shows no Markdown', async () => {
  const session = await LspSession.start({ capabilities: {} });
  await session.open(uri, '', 'kms-key-policy');
  const item = (await ask(session, text))?.items[0];
  const { documentation } = await session.connection.sendRequest<CompletionItem>('completionItem/resolve', item);
  expect(documentation).toContain('kms:Decrypt');
  expect(documentation).not.toContain('`');
});

test('names of other open documents and the settings come in', async () => {
  const session = await LspSession.start({ settings: { region: 'eu-west-1', account: '999999999999' } });
  await session.open(
    'file:///b.key-policy.json',
    '{"Statement":[{"Principal":{"AWS":"arn:aws:iam::111122223333:role/App"}}]}',
  );
  await session.open(uri, '', 'kms-key-policy');
  const labels = (await ask(session, '{"Statement": [{"Principal": {"AWS": "$0"}}]}'))?.items.map(({ label }) => label);
  expect(labels?.slice(0, 2)).toEqual(['arn:aws:iam::111122223333:role/App', 'arn:aws:iam::999999999999:root']);
});

test('an editor with a JSON service gets each thing once', async () => {
  const session = await LspSession.start({ initializationOptions: { jsonService: true } });
  const plain = 'file:///policy.json';
  await session.open(plain, '{"Statement": [{"Effect": "Allow", "Action": "kms:Decrypt"}, {""}]}');
  const position = { line: 0, character: '{"Statement": [{"Effect": "Allow", "Action": "kms:Decrypt"}, {"'.length };
  const list = await session.ask<CompletionList>('textDocument/completion', plain, { position });
  expect(list.items.map(({ label }) => label)).not.toContain('Effect');
  expect(list.items.map(({ label }) => label)).toContain('Resource');
});
