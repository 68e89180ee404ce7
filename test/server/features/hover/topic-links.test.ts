import { expect, test } from 'vitest';
import type { Hover, MarkupContent } from 'vscode-languageserver/node';
import { clientCommand } from '../../../../server/protocol.ts';
import { LspSession, modernClient, type SessionOptions } from '../../lsp-session.ts';
import { statement } from './harness.ts';

const uri = 'file:///folder/orders.key-policy.json';
const text = statement('"Action": "kms:GenerateDataKey"');

async function hoverIn(options: SessionOptions): Promise<string> {
  const session = await LspSession.start({ settings: { hover: { examTips: 'full' } }, ...options });
  await session.open(uri, text);
  const answer = await session.connection.sendRequest<Hover | null>('textDocument/hover', {
    textDocument: { uri },
    position: { line: 0, character: text.indexOf('GenerateDataKey') },
  });
  return (answer?.contents as MarkupContent | undefined)?.value ?? '';
}

const markdown = {
  ...modernClient,
  textDocument: { ...modernClient.textDocument, hover: { contentFormat: ['markdown' as const] } },
};
const page = 'https://github.com/kms-lens/kms-lens/blob/main/docs/knowledge/topics/envelope-encryption.md';

test('a hover leads to the page of its topic where the client can open it', async () => {
  const value = await hoverIn({
    capabilities: markdown,
    initializationOptions: { clientCommands: [clientCommand.openTopic] },
  });
  const [, url = ''] = /\[More: Envelope encryption\]\((\S+)\)/.exec(value) ?? [];
  const [command, argument = ''] = url.split('?');
  expect(command).toBe('command:kms-lens.openTopic');
  expect(JSON.parse(decodeURIComponent(argument))).toEqual([{ topic: 'envelope-encryption' }]);
});

test('elsewhere to its page on the web', async () => {
  expect(await hoverIn({ capabilities: markdown })).toContain(`[More: Envelope encryption](${page})`);
});

test('and without Markdown the link is text', async () => {
  const plain = {
    ...markdown,
    textDocument: { ...markdown.textDocument, hover: { contentFormat: ['plaintext' as const] } },
  };
  expect(await hoverIn({ capabilities: plain })).toContain(`More: Envelope encryption (${page})`);
});
