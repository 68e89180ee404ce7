import { spawn } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { type Message, StreamMessageReader } from 'vscode-languageserver/node';
import { keyPolicy } from '../cli/folder.ts';
import { projectRoot } from '../cli/run.ts';
import { until } from './lsp-session.ts';

const textDocument = { uri: 'untitled:Untitled-1' };
const opened = { ...textDocument, languageId: 'kms-key-policy', version: 1, text: keyPolicy('kms:Decypt') };
const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const initialize = { id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } };

test('what a client sends without waiting is answered, in its order', async () => {
  const server = start();
  server.send(
    initialize,
    { method: 'initialized', params: {} },
    { method: 'textDocument/didOpen', params: { textDocument: opened } },
    {
      method: 'textDocument/didChange',
      params: { textDocument: { ...textDocument, version: 2 }, contentChanges: [{ range, text: '\n' }] },
    },
    { id: 2, method: 'textDocument/diagnostic', params: { textDocument } },
    { id: 3, method: 'shutdown' },
    { method: 'exit' },
  );
  expect(await server.ended).toBe(0);
  const answers = server.messages.filter(({ id }) => id !== undefined);
  expect(answers.map(({ id }) => id)).toEqual([1, 2, 3]);
  expect(answers[1]).toMatchObject({ result: { items: [{ code: 'action-unknown' }] } });
});

test('a request before `initialize` is refused and harms nothing', async () => {
  const server = start();
  server.send({ id: 0, method: 'textDocument/diagnostic', params: { textDocument } }, initialize);
  await until(() => server.messages.length === 2);
  expect(server.messages).toMatchObject([
    { id: 0, error: {} },
    { id: 1, result: { serverInfo: { name: 'KMS Lens' } } },
  ]);
});

interface Answer {
  readonly id?: number;
}

/** A server and what goes in and out. */
function start() {
  const child = spawn(process.execPath, [`${projectRoot}dist/server.js`, '--stdio']);
  onTestFinished(() => void child.kill());
  const messages: (Message & Answer)[] = [];
  new StreamMessageReader(child.stdout).listen((message) => void messages.push(message));
  let errors = '';
  child.stderr.on('data', (data) => {
    errors += data;
  });
  return {
    messages,
    errors: () => errors,
    ended: new Promise<number | null>((resolve) => child.once('close', resolve)),
    send: (...sent: readonly object[]): void => {
      const bodies = sent.map((message) => JSON.stringify({ jsonrpc: '2.0', ...message }));
      child.stdin.write(bodies.map((body) => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`).join(''));
    },
  };
}
