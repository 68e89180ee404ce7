/**
 * `npm run bench:envelope`: envelope encryption beside the AWS Encryption SDK for JavaScript and beside bare node:crypto, in
 * the same run and by turns. Prints rates for each second of CPU, ratios, and whether the targets hold. An argument
 * measures a part: `memory`, `files` or `messages`. BENCH_MB, BENCH_ROUNDS and BENCH_CHUNK (in KiB) set how much.
 */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { BUNDLE, loadOurs, loadPeer, loadRaw } from './contestants.mjs';
import { loadSdk } from './sdk.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const SIZE = Number(process.env.BENCH_MB ?? 256) * 2 ** 20;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const FRAMES = [4096, 2 ** 20];
const major = Number(process.versions.node.split('.')[0]);
const only = process.argv[2];

const { version } = loadSdk();
await esbuild.build({
  entryPoints: [`${here}ours.ts`],
  outfile: `${here}${BUNDLE}`,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  mainFields: ['module', 'main'],
  logLevel: 'error',
});
const ours = loadOurs();
const peer = loadPeer();
const raw = loadRaw();
const missed = [];

const load = loadavg().map((each) => each.toFixed(1));
console.log(`Node ${process.versions.node}, beside @aws-crypto/client-node ${version}, load ${load.join(' ')}`);
if (!only || only === 'memory') await memory();
if (!only || only === 'files') files();
if (!only || only === 'messages') await messages();
console.log(missed.length === 0 ? '\nAll targets hold.' : `\nMissed: ${missed.join('; ')}.`);
process.exitCode = missed.length === 0 ? 0 : 1;

/** A large payload that is in memory, streamed; what comes out is dropped. */
async function memory() {
  console.log(`\n${SIZE / 2 ** 20} MiB in memory, streamed, MB in a second of CPU`);
  row('frames', 'direction', 'KMS Lens', 'SDK', 'ratio', 'raw', 'ratio');
  const payload = randomBytes(SIZE);
  for (const frameLength of FRAMES) {
    const small = frameLength === 4096;
    const encrypting = await rates({
      ours: () => ours.encryptStream(payload, frameLength),
      peer: () => peer.encryptStream(payload, frameLength),
      raw: () => raw.encryptStream(payload, frameLength),
    });
    const atLeast = small ? 2.5 : major < 24 ? 1.5 : 3;
    report('encrypt', frameLength, encrypting, { peer: atLeast, ...(small ? { raw: 0.85 } : {}) });
    const message = await ours.encrypt(payload, frameLength);
    const prepared = raw.prepare(payload, frameLength);
    const decrypting = await rates({
      ours: () => ours.decryptStream(message),
      peer: () => peer.decryptStream(message),
      raw: () => raw.decryptStream(prepared, frameLength),
    });
    const enough = small ? 2.5 : major < 24 ? 1.5 : 2;
    report('decrypt', frameLength, decrypting, { peer: enough, ...(small ? { raw: 0.75 } : {}) });
  }
}

function report(direction, frameLength, found, targets) {
  const rate = (cpu) => SIZE / 1e6 / cpu;
  const what = `${direction} in frames of ${bytes(frameLength)}`;
  const [beside, bare] = [found.peer / found.ours, found.raw / found.ours];
  row(
    bytes(frameLength),
    direction,
    ...[found.ours, found.peer].map((cpu) => rate(cpu).toFixed(0)),
    beside.toFixed(2),
    rate(found.raw).toFixed(0),
    bare.toFixed(2),
  );
  expect(beside, targets.peer, `${what}: times the SDK`);
  if (targets.raw) expect(bare, targets.raw, `${what}: of raw`);
}

/** From file to file, each in a process of its own. */
function files() {
  console.log(`\n${SIZE / 2 ** 20} MiB from file to file, MB/s by the clock (in a second of CPU), and peak of memory`);
  row('frames', 'direction', 'KMS Lens', 'SDK', 'ratio', 'memory', 'SDK');
  const folder = mkdtempSync(join(tmpdir(), 'kms-lens-bench-'));
  try {
    const [payload, message, back] = ['payload', 'message', 'back'].map((name) => join(folder, name));
    writeFileSync(payload, randomBytes(SIZE));
    for (const frameLength of FRAMES) {
      for (const [direction, from, to] of [
        ['encrypt', payload, message],
        ['decrypt', message, back],
      ]) {
        const results = { ours: [], peer: [] };
        // The SDK goes first, so that both decrypt what KMS Lens wrote.
        for (let round = 0; round < ROUNDS; round++)
          for (const who of ['peer', 'ours']) {
            const args = [`${here}file.mjs`, who, `${direction}File`, frameLength, from, to].map(String);
            results[who].push(JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })));
          }
        const [mine, theirs] = [results.ours, results.peer].map((each) => ({
          seconds: Math.min(...each.map(({ seconds }) => seconds)),
          cpu: Math.min(...each.map(({ cpu }) => cpu)),
          peak: Math.max(...each.map(({ peak }) => peak)) / 1e6,
        }));
        const rate = ({ seconds, cpu }) => `${(SIZE / 1e6 / seconds).toFixed(0)} (${(SIZE / 1e6 / cpu).toFixed(0)})`;
        const ratio = (theirs.seconds / mine.seconds).toFixed(2);
        row(
          bytes(frameLength),
          direction,
          rate(mine),
          rate(theirs),
          ratio,
          ...[mine, theirs].map(({ peak }) => `${peak.toFixed(0)} MB`),
        );
        expect(120 / mine.peak, 1, `${direction} of a file in frames of ${bytes(frameLength)}: at most 120 MB`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whole messages, from buffer to buffer. */
async function messages() {
  console.log('\nwhole messages in a second of CPU');
  row('size', 'direction', 'KMS Lens', 'SDK', 'ratio');
  for (const [size, signed, batch, target] of [
    [1024, false, 200, 10],
    [1024, true, 50, undefined],
    [2 ** 20, false, 4, undefined],
  ]) {
    const payload = randomBytes(size);
    const message = Buffer.from(await ours.encrypt(payload, 4096, signed));
    for (const direction of ['encrypt', 'decrypt']) {
      const input = direction === 'encrypt' ? payload : message;
      const many = (side) => async () => {
        for (let count = 0; count < batch; count++) await side[direction](input, 4096, signed);
      };
      const found = await rates({ ours: many(ours), peer: many(peer) }, 4 * ROUNDS);
      const ratio = found.peer / found.ours;
      const name = `${bytes(size)}${signed ? ', signed' : ''}`;
      row(name, direction, ...[found.ours, found.peer].map((cpu) => (batch / cpu).toFixed(0)), ratio.toFixed(1));
      if (target) expect(ratio, target, `${direction} of ${name}: times the SDK`);
    }
  }
}

/** Seconds of CPU of each, by turns: the best of the rounds, since other programs only ever make one slower. */
async function rates(contestants, rounds = ROUNDS) {
  const best = {};
  for (let round = -1; round < rounds; round++) {
    for (const [name, act] of Object.entries(contestants)) {
      const before = process.cpuUsage();
      await act();
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, (user + system) / 1e6);
    }
  }
  return best;
}

function expect(found, atLeast, what) {
  if (found < atLeast) missed.push(`${what} ${found.toFixed(2)}, at least ${atLeast}`);
}

function bytes(size) {
  return size < 2 ** 20 ? `${size / 1024} KiB` : `${size / 2 ** 20} MiB`;
}

function row(...cells) {
  console.log(cells.map((cell, index) => (index < 2 ? String(cell).padEnd(15) : String(cell).padStart(13))).join(''));
}
