import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { type InspectResult, method, serverCommand } from '../../server/protocol.ts';
import { encrypt } from '../../simulator/envelope/encrypt.ts';
import { rawAesKeyring } from '../../simulator/envelope/keyrings/raw-aes.ts';
import { seededRandom } from '../../simulator/kms/environment.ts';
import { folderWith } from '../cli/folder.ts';
import { kmsLens } from '../cli/run.ts';
import { LspSession } from './lsp-session.ts';

const PAYLOAD = 'Nobody but you must read this.';
const random = seededRandom('inspect message');
const message = Buffer.from(
  await encrypt({
    plaintext: Buffer.from(PAYLOAD),
    keyring: rawAesKeyring({ namespace: 'kms-lens', name: 'mine', wrappingKey: Buffer.alloc(32, 7), random }),
    random,
    encryptionContext: { tenant: 'blue' },
  }),
);

function stored(name: string, content: Uint8Array | string) {
  const folder = folderWith({});
  writeFileSync(join(folder, name), content);
  return { folder, uri: pathToFileURL(join(folder, name)).href };
}

test('a stored message is shown as the command line shows it, and then what its fields are for', async () => {
  const { folder, uri } = stored('letter one.enc', message);
  const session = await LspSession.start();
  const result = await session.connection.sendRequest<InspectResult>(method.inspectMessage, { uri });
  expect(result).toEqual({
    summary: 'letter one.enc: a message of 1 frame with 30 bytes of payload',
    report: expect.stringMatching(/^kms-lens:/),
  });
  const text = await session.content(result.report);
  const { stdout } = await kmsLens(['envelope', 'inspect', 'letter one.enc'], { cwd: folder });
  expect(text.startsWith(stdout)).toBe(true);
  expect(text.slice(stdout.length)).toMatch(/^\nWhat the fields are for\n {2}version +version of the message format\n/);
  expect(text).not.toContain('Nobody');
});

test('the command of the server does the same for other editors, and shows it', async () => {
  const { uri } = stored('letter.txt', message.toString('base64'));
  const session = await LspSession.start();
  const result = await session.execute<InspectResult>(serverCommand.inspectEncryptedMessage, { uri });
  expect(session.shownDocuments).toEqual([result.report]);
  expect(await session.content(result.report)).toContain('written in base64');
});

test('what is not stored is sent along', async () => {
  const session = await LspSession.start();
  const params = { uri: 'untitled:Untitled-1', content: message.toString('base64') };
  const { report } = await session.connection.sendRequest<InspectResult>(method.inspectMessage, params);
  expect(await session.content(report)).toContain('context    tenant = blue');
});

test('a message that is cut short is shown as far as it goes', async () => {
  const { uri } = stored('letter.enc', message.subarray(0, -1));
  const session = await LspSession.start();
  const { summary, report, problem } = await session.connection.sendRequest<InspectResult>(method.inspectMessage, {
    uri,
  });
  expect(problem).toContain(`the message ends after ${message.length - 1} bytes, in frame 1`);
  expect(summary).toBe(`letter.enc: ${problem}`);
  expect(await session.content(report)).toMatch(
    /frame 1 +30 bytes of content, the last one\n\nproblem: the message ends/,
  );
});

test.each([
  ['letter.txt', PAYLOAD, '`letter.txt` is no message of the AWS Encryption SDK: field `version` at byte 0 is `78`'],
  ['empty', '', '`empty` is no message of the AWS Encryption SDK: the message ends after 0 bytes'],
])('something else is refused: %s', async (name, content, text) => {
  const { uri } = stored(name, content);
  const session = await LspSession.start();
  await expect(session.connection.sendRequest(method.inspectMessage, { uri })).rejects.toThrow(text);
});

test.each(['file:///nowhere/letter.enc', pathToFileURL(tmpdir()).href, 'untitled:Untitled-1'])(
  'and what cannot be read: %s',
  async (uri) => {
    const session = await LspSession.start();
    const asked = session.connection.sendRequest(method.inspectMessage, { uri });
    await expect(asked).rejects.toThrow('cannot be read: it is no file on this machine');
  },
);
