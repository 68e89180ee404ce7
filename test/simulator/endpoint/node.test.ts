import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { EndpointOptions } from '../../../simulator/endpoint/endpoint.ts';
import { MOST_BODY } from '../../../simulator/endpoint/http.ts';
import { type ListenOptions, listen } from '../../../simulator/endpoint/node.ts';
import { requestFor, served } from './world.ts';

async function start(options: Partial<ListenOptions> = {}, world: Partial<EndpointOptions> = {}) {
  const { endpoint, faults } = await served({}, world);
  const listening = await listen(endpoint, { host: '127.0.0.1', port: 0, ...options });
  onTestFinished(() => listening.close());
  return { ...listening, endpoint, faults, url: `http://127.0.0.1:${listening.port}` };
}

/** What comes back for these bytes until the connection ends. */
function exchange(port: number, pieces: readonly (string | Uint8Array)[], more?: () => void): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => {
      for (const piece of pieces) socket.write(piece);
      more?.();
    });
    socket.on('data', (data) => {
      text += data;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
  });
}

function rawRequest(operation: string, input: unknown = {}): string {
  const { headers, body } = requestFor({ operation, input, headers: { connection: 'close' } });
  const lines = Object.entries({ ...headers, 'content-length': String(body.length) }).map(([k, v]) => `${k}: ${v}`);
  return `POST / HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${Buffer.from(body)}`;
}

test('calls are answered over HTTP', async () => {
  const { port } = await start();
  const answer = await exchange(port, [rawRequest('GenerateRandom', { NumberOfBytes: 3 })]);
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(answer).toMatch(/x-amzn-requestid: [0-9a-f-]{36}\r\n/i);
  expect(answer).toMatch(/\{"Plaintext":"[^"]{4}"\}$/);
});

test('a body may come in pieces', async () => {
  const { port } = await start();
  const text = rawRequest('GenerateRandom', { NumberOfBytes: 3 });
  const pieces = text.match(/[\s\S]{1,100}/g) ?? [];
  expect(await exchange(port, pieces)).toContain('200 OK');
});

describe('what is too long', () => {
  test.each([
    ['by what it says', `content-length: ${MOST_BODY + 1}\r\n\r\n`, ''],
    [
      'by what comes',
      'transfer-encoding: chunked\r\n\r\n',
      `${(MOST_BODY + 1).toString(16)}\r\n${'x'.repeat(MOST_BODY + 1)}\r\n`,
    ],
  ])('%s', async (_, header, body) => {
    const { port } = await start();
    const answer = await exchange(port, [`POST / HTTP/1.1\r\nhost: localhost\r\n${header}`, body]);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('RequestEntityTooLargeException');
    expect(await exchange(port, [rawRequest('ListKeys')])).toContain('200 OK');
  });

  test('headers', async () => {
    const { port } = await start();
    const answer = await exchange(port, [`POST / HTTP/1.1\r\nhost: localhost\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`]);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe('who takes too long', () => {
  test.each([
    ['for the headers', 'POST / HTTP/1.1\r\nhost: localhost\r\n'],
    ['for the body', 'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\n\r\nab'],
  ])('%s is let go', async (_, text) => {
    const { port } = await start({ patience: { headers: 150, request: 300 } });
    expect(await exchange(port, [text])).toMatch(/^HTTP\/1\.1 408 /);
  });
});

test.each(['nonsense\r\n\r\n', 'GET\r\n\r\n', '\0\0\0\0\r\n\r\n', 'POST / HTTP/9.9\r\n\r\n'])(
  'what is no HTTP is refused: %j',
  async (text) => {
    const { port } = await start();
    expect(await exchange(port, [text])).toMatch(/^HTTP\/1\.1 400 /);
  },
);

test('a request without a host is refused', async () => {
  const { port } = await start();
  const answer = await exchange(port, ['GET /_kms-lens/health HTTP/1.0\r\n\r\n']);
  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
});

test('who breaks off disturbs nobody', async () => {
  const { port, faults } = await start();
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 50\r\n\r\nab', () => socket.destroy());
    });
    socket.on('close', () => resolve());
  });
  expect(await exchange(port, [rawRequest('ListKeys')])).toContain('200 OK');
  expect(faults).toEqual([]);
});

test('the trail comes as it happens, and ends with the service', async () => {
  const { port, close } = await start();
  const lines: string[] = [];
  let first: () => void = () => undefined;
  const came = new Promise<void>((resolve) => {
    first = resolve;
  });
  const reading = new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write('GET /_kms-lens/trail HTTP/1.1\r\nhost: localhost\r\n\r\n'),
    );
    socket.on('data', (data) => {
      lines.push(String(data));
      first();
    });
    socket.on('close', () => resolve());
  });
  await came;
  await exchange(port, [rawRequest('CreateKey')]);
  await expect.poll(() => lines.join('')).toContain('"eventName":"CreateKey"');
  await close();
  await reading;
});

test('what is due happens, also where nobody calls', async () => {
  let now = Date.parse('2026-11-28T12:00:00Z');
  const { port, endpoint } = await start({}, { realClock: { now: () => now } });
  const [KeyId] = /[0-9a-f-]{36}(?=","Arn)/.exec(await exchange(port, [rawRequest('CreateKey')])) ?? [];
  await exchange(port, [rawRequest('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })]);
  now += 8 * 24 * 60 * 60 * 1000;
  await expect.poll(() => endpoint.trail.at(-1)?.eventName, { timeout: 5_000 }).toBe('DeleteKey');
});

test('closing waits for what is being worked on', async () => {
  const { port, close } = await start();
  const [KeyId] = /[0-9a-f-]{36}(?=","Arn)/.exec(await exchange(port, [rawRequest('CreateKey')])) ?? [];
  const text = rawRequest('GenerateDataKeyPairWithoutPlaintext', { KeyId, KeyPairSpec: 'RSA_2048' });
  let closing: Promise<void> | undefined;
  const answer = await exchange(port, [text], () =>
    setTimeout(() => {
      closing = close();
    }, 20),
  );
  expect(answer).toContain('200 OK');
  await closing;
});
