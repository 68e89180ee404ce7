import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { LocalKms, type Started } from '../../../client/localKms/localKms.ts';
import type { LocalKmsRow, LocalKmsWorld } from '../../../server/protocol.ts';
import { projectRoot } from '../../cli/run.ts';
import { requestFor } from '../../simulator/endpoint/world.ts';

const local = `${projectRoot}dist/local-kms.js`;
const app = { id: 'AKIAKMSLENSAPP', secret: 'kms-lens-app-secret' };
const admin = { id: 'AKIAKMSLENSADMIN', secret: 'kms-lens-admin-secret' };
const URI = 'file:///folder/local-kms.kms-scenario.json';
const EXAMPLE = readFileSync(`${projectRoot}examples/local-kms.kms-scenario.json`, 'utf8');

/** As the server sends it. */
function worldOf(text: string): LocalKmsWorld {
  const job = {
    scenario: { uri: URI, text, configured: 'scenario' },
    root: 'file:///folder/',
    documents: [],
    files: [],
  };
  return { job, uris: [URI] };
}

const subject = { name: 'local-kms.kms-scenario.json', uri: URI };
const all: LocalKms[] = [];

afterEach(async () => {
  for (const kms of all.splice(0)) await kms.stop();
});

function localKms(module = local): LocalKms & { readonly troubles: string[]; readonly ends: string[] } {
  const troubles: string[] = [];
  const ends: string[] = [];
  const kms = new LocalKms(module, { log: (text) => troubles.push(text), ended: (why) => ends.push(why) });
  all.push(kms);
  return Object.assign(kms, { troubles, ends });
}

async function running(text = EXAMPLE) {
  const kms = localKms();
  const started = await kms.start(subject, worldOf(text), 0);
  return { kms, url: urlOf(started) };
}

function urlOf(started: Started): string {
  if (started.kind !== 'running') throw new Error(JSON.stringify(started));
  return started.url;
}

type Asked = Parameters<typeof requestFor>[0];

function call(url: string, asked: Asked): Promise<number | undefined> {
  const { method, headers, body } = requestFor(asked);
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method, headers, agent: false }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const dataKey = {
  operation: 'GenerateDataKey',
  credentials: app,
  input: { KeyId: 'alias/orders', KeySpec: 'AES_256' },
};

async function rowsOf(kms: LocalKms, count: number): Promise<readonly LocalKmsRow[]> {
  await expect.poll(() => kms.view.rows.length, { timeout: 10_000 }).toBe(count);
  return kms.view.rows;
}

describe('a local KMS with a scenario', () => {
  test('tells where it is, how to call it, and who calls', async () => {
    const { kms, url } = await running();
    const { pointers, world, ...view } = kms.view;
    expect(view).toEqual({
      title: 'Local KMS',
      state: 'running',
      of: subject,
      isOld: false,
      url,
      ahead: 0,
      rows: [],
      calls: 0,
      denied: 0,
    });
    expect(url).toBe(`http://127.0.0.1:${kms.port}`);
    expect(pointers.map(([what]) => what)).toEqual(['Address', 'AWS CLI', 'JavaScript', 'Python', 'Environment']);
    expect(pointers.every(([, text]) => text.includes(url))).toBe(true);
    expect(world).toEqual({
      account: '111122223333',
      region: 'eu-central-1',
      isStrict: true,
      accessKeys: [
        { id: admin.id, principal: 'Admin', isVerified: true },
        { id: app.id, principal: 'App', isVerified: true },
      ],
    });
    expect(JSON.stringify(kms.view)).not.toContain('secret');
  });

  test('tells of each request, and explains the denied', async () => {
    const { kms, url } = await running();
    expect(await call(url, dataKey)).toBe(400);
    const allowed = { ...dataKey, input: { ...dataKey.input, EncryptionContext: { service: 'orders' } } };
    expect(await call(url, allowed)).toBe(200);
    expect(await call(url, { operation: 'ListKeys' })).toBe(400);
    const [denied, fine, unknown] = await rowsOf(kms, 3);
    expect(denied).toMatchObject({
      number: 1,
      operation: 'GenerateDataKey',
      principal: 'App',
      region: 'eu-central-1',
      keys: ['alias/orders'],
      outcome: 'denied',
      error: 'AccessDeniedException',
      isDecided: true,
      records: [{ eventName: 'GenerateDataKey', errorCode: 'AccessDenied' }],
    });
    expect(denied?.because).toContain('no identity policy of 111122223333 allows');
    expect(fine).toMatchObject({ outcome: 'ok', isDecided: false, records: [{ eventName: 'GenerateDataKey' }] });
    expect(fine).not.toHaveProperty('error');
    expect(unknown).toMatchObject({
      outcome: 'error',
      error: 'UnrecognizedClientException',
      principal: '',
      isDecided: false,
      records: [],
    });
    expect(kms.view).toMatchObject({ calls: 3, denied: 1 });
    const { view, text, title, links } = await kms.explain(denied?.requestId ?? '');
    expect(title).toBe('denied GenerateDataKey');
    expect(view).toMatchObject({ title: 'GenerateDataKey: denied', verdict: 'denied' });
    const [first] = view.steps.flatMap(({ statements }) => statements).filter(({ at }) => at);
    const line = EXAMPLE.split('\n').findIndex((each) => each.includes('Let IAM decide')) - 1;
    expect(first?.at).toMatchObject({ uri: URI, range: { start: { line } } });
    expect(text).toContain('call: GenerateDataKey, by App, ');
    expect(text).toContain('DENIED: kms:GenerateDataKey');
    expect(links.some(({ target }) => target === `${URI}#L${line + 1},11`)).toBe(true);
    await expect(kms.explain(fine?.requestId ?? '')).rejects.toThrow(/too long ago/);
    expect(kms.troubles).toEqual([]);
  });

  test('moves its clock, and shows what KMS does by itself', async () => {
    const { kms, url } = await running();
    const input = { KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab', PendingWindowInDays: 7 };
    expect(await call(url, { operation: 'ScheduleKeyDeletion', credentials: admin, input })).toBe(200);
    kms.advance(8 * 86_400_000);
    const rows = await rowsOf(kms, 2);
    expect(rows[1]).toMatchObject({ operation: 'DeleteKey', isOfKms: true, principal: '', outcome: 'ok' });
    await expect.poll(() => Math.round(kms.view.ahead / 86_400_000)).toBe(8);
    kms.reset();
    await expect.poll(() => Math.round(kms.view.ahead / 86_400_000)).toBe(0);
    expect(await call(url, { operation: 'ScheduleKeyDeletion', credentials: admin, input })).toBe(200);
  });

  test('notices when a request moves its clock', async () => {
    const { kms, url } = await running();
    const body = '{"advance":"P2D"}';
    await new Promise<void>((resolve, reject) => {
      const sent = httpRequest(`${url}/_kms-lens/clock`, { method: 'POST' }, (response) => {
        response.resume();
        response.on('end', resolve);
      });
      sent.on('error', reject);
      sent.end(body);
    });
    await expect.poll(() => Math.round(kms.view.ahead / 86_400_000), { timeout: 5_000 }).toBe(2);
  });

  test('keeps its requests when it ends, and forgets them when asked to', async () => {
    const { kms, url } = await running();
    await call(url, dataKey);
    const [denied] = await rowsOf(kms, 1);
    await kms.stop();
    expect(kms.view).toMatchObject({ state: 'stopped', pointers: [], calls: 1, rows: [{ number: 1 }] });
    expect(kms.view).not.toHaveProperty('url');
    await expect(kms.explain(denied?.requestId ?? '')).rejects.toThrow(/has ended/);
    kms.clear();
    expect(kms.view).toMatchObject({ rows: [], calls: 1 });
    expect(kms.ends).toEqual([]);
  });

  test('starts anew in its place, at its address, with what the files say by then', async () => {
    const { kms, url } = await running();
    await call(url, dataKey);
    await rowsOf(kms, 1);
    kms.edited('file:///other.json');
    expect(kms.view.isOld).toBe(false);
    kms.edited(URI);
    expect(kms.view.isOld).toBe(true);
    const changed = EXAMPLE.replace(
      '"StringEquals": { "kms:EncryptionContext:service"',
      '"StringNotEquals": { "kms:EncryptionContext:service"',
    );
    expect(changed).not.toBe(EXAMPLE);
    const again = await kms.start(subject, worldOf(changed), kms.port ?? 0);
    expect(urlOf(again)).toBe(url);
    expect(kms.view).toMatchObject({ isOld: false, rows: [], calls: 0 });
    expect(await call(url, dataKey)).toBe(200);
    // Numbers are given once, so that pages can tell requests apart.
    const [row] = await rowsOf(kms, 1);
    expect(row).toMatchObject({ number: 2, outcome: 'ok' });
  });
});

describe('what cannot be started', () => {
  test('a scenario with mistakes, while the one before goes on', async () => {
    const { kms, url } = await running();
    const refused = await kms.start(subject, worldOf('{ "principals": { "App": {} } }'), 0);
    expect(refused).toMatchObject({ kind: 'refused', errors: [{ message: expect.stringContaining('arn') }] });
    expect(kms.view).toMatchObject({ state: 'running', url });
    expect(await call(url, dataKey)).toBe(400);
  });

  test('one whose principals share an access key', async () => {
    const kms = localKms();
    const refused = await kms.start(subject, worldOf(EXAMPLE.replace('AKIAKMSLENSADMIN', 'AKIAKMSLENSAPP')), 0);
    expect(refused).toMatchObject({
      kind: 'refused',
      errors: [{ message: expect.stringContaining('have the same `accessKeyId`'), range: { start: { line: 6 } } }],
    });
    expect(kms.view).toMatchObject({ state: 'failed', problem: expect.stringContaining('has a mistake: `Admin`') });
  });

  test('a port that is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const kms = localKms();
    expect(await kms.start(subject, worldOf('{}'), port)).toMatchObject({ kind: 'failed', isTaken: true });
    expect(kms.view).toMatchObject({ state: 'failed', problem: `port ${port} is taken` });
    const url = urlOf(await kms.start(subject, worldOf('{}'), 0));
    expect(kms.view.world).toMatchObject({ isStrict: false, accessKeys: [] });
    expect(await call(url, { operation: 'CreateKey' })).toBe(200);
    expect((await rowsOf(kms, 1))[0]).toMatchObject({
      isFallback: true,
      keys: [expect.stringMatching(/^[0-9a-f-]{36}$/)],
    });
  });
});

describe('its process', () => {
  test('is missed when it ends by itself', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kms-lens-local-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const fake = join(folder, 'fake.cjs');
    writeFileSync(
      fake,
      `process.on('message', ({ type }) => {
        if (type === 'open') process.send({ type: 'opened', world: { accessKeys: [] } });
        if (type === 'listen') process.send({ type: 'listening', port: 1, url: 'http://127.0.0.1:1', pointers: [] });
        if (type === 'explain') { console.error('it hurts'); process.exit(3); }
      });`,
    );
    const kms = localKms(fake);
    urlOf(await kms.start(subject, worldOf('{}'), 0));
    await expect(kms.explain('1')).rejects.toThrow('cannot answer: it ended with code 3');
    expect(kms.ends).toEqual(['it ended with code 3']);
    expect(kms.view).toMatchObject({ state: 'failed', problem: 'it ended with code 3' });
    await expect.poll(() => kms.troubles).toEqual(['it hurts']);
  });

  test('that cannot be had is told of', async () => {
    const kms = localKms(`${projectRoot}dist/none.js`);
    await expect(kms.start(subject, worldOf('{}'), 0)).rejects.toThrow('it ended with code 1');
    expect(kms.view.state).toBe('failed');
  });

  test('ends with whoever started it', async () => {
    const code = `
      const { fork } = require('node:child_process');
      const child = fork(${JSON.stringify(local)});
      child.on('message', (news) => {
        if (news.type === 'opened') child.send({ type: 'listen', options: { port: 0 } });
        if (news.type === 'listening') process.send(news.url);
      });
      child.send({ type: 'open', job: ${JSON.stringify(worldOf('{}').job)} });`;
    const editor = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const url = await new Promise<string>((resolve) => editor.once('message', (given) => resolve(String(given))));
    expect(await call(url, { operation: 'CreateKey' })).toBe(200);
    editor.kill('SIGKILL');
    await expect
      .poll(() => call(url, { operation: 'ListKeys' }).catch((error) => error.code), { timeout: 10_000 })
      .toBe('ECONNREFUSED');
  });
});
