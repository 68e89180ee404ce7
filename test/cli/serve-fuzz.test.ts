import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { requestFor } from '../simulator/endpoint/world.ts';
import { folderWith } from './folder.ts';
import { type Attack, attacks } from './hostile.ts';
import { start } from './serving.ts';

/** Whatever comes over the wire: there is an answer of AWS's shape or a clean end, no fault of ours, and it goes on. */

const SEED = Number(process.env['KMS_LENS_SEED'] ?? 20261128);
const REQUESTS = 600;
/** It goes on for so long. */
const SECONDS = Number(process.env['KMS_LENS_FUZZ_SECONDS'] ?? 0);
const ROUND = 300;
const AT_ONCE = 16;

const credentials = { id: 'AKIAKMSLENSADMIN', secret: 'kms-lens-admin-secret' };
const scenario = {
  region: 'eu-central-1',
  principals: {
    Admin: {
      arn: 'arn:aws:iam::111122223333:user/Admin',
      accessKeyId: credentials.id,
      secretAccessKey: credentials.secret,
      policies: [{ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } }],
    },
  },
  keys: {
    a: { aliases: ['alias/a'] },
    sign: { aliases: ['alias/sign'], spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY' },
    mac: { aliases: ['alias/mac'], spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' },
    agree: { aliases: ['alias/agree'], spec: 'ECC_NIST_P256', usage: 'KEY_AGREEMENT' },
    external: { aliases: ['alias/external'], origin: 'EXTERNAL', state: 'PendingImport' },
  },
};
const aliases = Object.values(scenario.keys).flatMap((key) => key.aliases);

test(`hostile connections, ${SECONDS > 0 ? `for ${SECONDS} seconds` : REQUESTS}`, { timeout: 600_000 }, async () => {
  const folder = folderWith({ 'world.kms-scenario.json': JSON.stringify(scenario) });
  const { url, child, written } = await start('--scenario', join(folder, 'world.kms-scenario.json'));
  const port = Number(new URL(url).port);
  const call = async (operation: string, input: object) => {
    const { headers, body } = requestFor({ operation, input, credentials });
    const { host: _, ...others } = headers;
    // The host is signed.
    const [status, text] = await exchange(port, valid({ ...others, host: headers['host'] ?? '' }, body));
    expect([operation, status, text]).toEqual([operation, 200, expect.stringContaining('{')]);
    return JSON.parse(text);
  };
  const secret = Buffer.from('kept through all of it').toString('base64');
  const { CiphertextBlob } = await call('Encrypt', { KeyId: 'alias/a', Plaintext: secret });

  const memory: number[] = [];
  const end = performance.now() + SECONDS * 1000;
  for (let done = 0; done < REQUESTS || performance.now() < end; done += ROUND) {
    const seed = SEED + done;
    const round = fc.sample(attacks(credentials, aliases), { seed, numRuns: ROUND });
    await several(round, async (attack) => {
      const problem = await problemOf(port, attack);
      expect(
        [attack.what, attack.pieces.map((each) => Buffer.from(each.subarray(0, 3000)).toString('latin1')), problem],
        `KMS_LENS_SEED=${seed}`,
      ).toEqual([attack.what, expect.anything(), undefined]);
    });
    memory.push(residentMegabytes(child.pid));
  }

  expect(written.error).toBe('');
  expect(child.exitCode).toBe(null);
  expect((await fetch(`${url}/_kms-lens/health`)).status).toBe(200);
  expect((await fetch(`${url}/_kms-lens/reset`, { method: 'POST' })).status).toBe(200);
  expect((await call('Decrypt', { CiphertextBlob })).Plaintext).toBe(secret);
  expect(Math.max(...memory), `memory ${memory}`).toBeLessThan(500);
});

/** Resident memory; 0 where the system does not tell. */
function residentMegabytes(pid: number | undefined): number {
  if (process.platform !== 'linux') return 0;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

function valid(headers: Readonly<Record<string, string>>, body: Uint8Array): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST / HTTP/1.1\r\n${lines.join('')}content-length: ${body.length}\r\nconnection: close\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

async function several<T>(all: readonly T[], act: (each: T) => Promise<void>): Promise<void> {
  const rest = all.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const each of rest) await act(each);
    }),
  );
}

/** What is wrong with what came back. */
async function problemOf(port: number, attack: Attack): Promise<string | undefined> {
  const { expects, answers } = attack;
  const back = await talk(port, attack);
  if (expects === 'leave') return undefined;
  if (back === undefined) return 'the connection was left open without an end';
  if (/TypeError|RangeError|ReferenceError|\n\s+at |node:internal|dist\/|KMSInternalException/.test(back))
    return `it tells of itself: ${back.slice(0, 600)}`;
  const { found, rest } = responsesIn(back);
  if (rest !== '') return `that is no answer: ${rest.slice(0, 300)}`;
  if (found.length < answers) return `${found.length} answers: ${back.slice(0, 300)}`;
  return found.map(problemOfAnswer).find((each) => each !== undefined);
}

function problemOfAnswer({ status, type, body }: Answer): string | undefined {
  const what = `${status} ${type}: ${body.slice(0, 300)}`;
  if (![100, 200, 400, 403, 404, 405, 408, 413, 417, 431].includes(status)) return `another status, ${what}`;
  // What is no HTTP has no answer of KMS.
  if (body === '') return undefined;
  if (type === 'application/x-ndjson') return undefined;
  const value = parsed(body);
  if (typeof value !== 'object' || value === null) return `no JSON, ${what}`;
  if (status === 200) return undefined;
  const name = '__type' in value ? value.__type : undefined;
  const isNamed = typeof name === 'string' && /^[A-Z]\w+Exception$/.test(name);
  return isNamed || ('error' in value && typeof value.error === 'string') ? undefined : `not of AWS's shape, ${what}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: string;
}

/** The answers in what came back, in bytes as Latin-1. */
function responsesIn(text: string): { readonly found: readonly Answer[]; readonly rest: string } {
  const found: Answer[] = [];
  let rest = text;
  for (;;) {
    const [head = '', status = ''] = /^HTTP\/1\.1 (\d{3}) [^\r]*\r\n(?:[^\r]+\r\n)*\r\n/.exec(rest) ?? [];
    if (head === '') return { found, rest };
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
    const isChunked = /\r\ntransfer-encoding: chunked/i.test(head);
    const body = isChunked ? '' : rest.slice(head.length, head.length + length);
    found.push({ status: Number(status), type: /\r\ncontent-type: ([^\r]*)/i.exec(head)?.[1], body });
    rest = isChunked ? '' : rest.slice(head.length + length);
  }
}

async function exchange(port: number, bytes: Uint8Array): Promise<readonly [number, string]> {
  const back = await talk(port, { what: '', pieces: [bytes], expects: 'answer', answers: 1 });
  const [answer] = responsesIn(back ?? '').found;
  return [answer?.status ?? 0, answer?.body ?? ''];
}

/** What comes back until the connection ends; undefined where it does not. */
function talk(port: number, { pieces, expects, pause = 0 }: Attack): Promise<string | undefined> {
  return new Promise((resolve) => {
    const back: Buffer[] = [];
    const patience = setTimeout(() => {
      resolve(undefined);
      socket.destroy();
    }, 60_000);
    const socket = connect(port, '127.0.0.1', async () => {
      for (const piece of pieces) {
        socket.write(piece);
        if (pause > 0) await new Promise((done) => setTimeout(done, pause));
      }
      if (expects === 'leave') setTimeout(() => socket.destroy(), 20);
      else if (expects === 'any') socket.end();
    });
    socket.on('data', (data) => back.push(data));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(patience);
      resolve(Buffer.concat(back).toString('latin1'));
    });
  });
}
