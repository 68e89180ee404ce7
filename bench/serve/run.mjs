/**
 * `npm run bench:serve`: requests that `kms-lens serve` answers, with full authorization, beside a bare node:http server that does
 * the same cryptography and JSON and nothing else, signatures included; each in a process of its own, in turns. Prints rates for each second of CPU
 * of the server and by the clock, ratios, and whether the target holds. BENCH_ROUNDS, BENCH_SLICE (milliseconds) and
 * BENCH_WARM_UP say how much; BENCH_PROFILE=folder writes a profile of the server.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bodiesOf, load, requestsFor } from './load.mjs';
import { KEY_ARN, NAMED, scenario, VERIFIED } from './world.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
const SLICE = Number(process.env.BENCH_SLICE ?? 1000);
const PROFILE = process.env.BENCH_PROFILE;
const REQUESTS = 256;
/** So many requests of each kind come first, until the compiler has done its work. */
const WARM_UP = Number(process.env.BENCH_WARM_UP ?? 20_000);

if (!process.env.BENCH_BUILT && spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root }).status !== 0)
  throw new Error('the build failed');
const folder = mkdtempSync(join(tmpdir(), 'kms-lens-bench-'));
const file = join(folder, 'world.kms-scenario.json');
writeFileSync(file, JSON.stringify(scenario));
const log = openSync(join(folder, 'serve.log'), 'w');

// It shares the signatures with ours, which are TypeScript.
const program = join(folder, 'bare.cjs');
await build({
  entryPoints: [join(root, 'bench/serve/bare.mjs')],
  outfile: program,
  bundle: true,
  platform: 'node',
  mainFields: ['module', 'main'],
});
const bare = await start([program], 'pipe');
const verifying = await start([program, '--verify'], 'pipe');
const ours = await start(
  [
    ...(PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${PROFILE}`] : []),
    join(root, 'dist/cli.js'),
    ...['serve', '--port', '0', '--scenario', file, '--root', folder, '--allow-unsigned'],
  ],
  log,
);

const contestants = [
  { name: 'bare node:http', server: bare, credentials: VERIFIED, of: 0 },
  { name: 'bare, signature verified', server: verifying, credentials: VERIFIED, of: 1 },
  // Of each of ours the cryptography is that of one of these.
  { name: 'signature verified', server: ours, credentials: VERIFIED, of: 1, atLeast: 0.6 },
  { name: 'principal without a secret', server: ours, credentials: NAMED, of: 0 },
  { name: 'not signed: the root user', server: ours, credentials: undefined, of: 0 },
];
const missed = [];
try {
  const busy = loadavg()[0].toFixed(1);
  console.log(`Node ${process.versions.node}, ${ROUNDS} slices of ${SLICE} ms each, 16 connections, load ${busy}`);
  for (const operation of ['GenerateDataKey', 'Decrypt']) await compare(operation);
} finally {
  bare.end();
  verifying.end();
  await ours.end();
  rmSync(folder, { recursive: true, force: true });
}
console.log(missed.length === 0 ? '\nAll targets hold.' : `\nMissed: ${missed.join('; ')}.`);
process.exitCode = missed.length === 0 ? 0 : 1;

async function compare(operation) {
  const slices = contestants.map(() => []);
  for (const contestant of contestants) {
    let warm = 0;
    while (warm < WARM_UP) warm += (await slice(contestant, operation)).answered;
  }
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, contestant] of contestants.entries()) {
      const { answered, used, seconds } = await slice(contestant, operation);
      slices[index].push({ cpu: answered / used, clock: answered / seconds });
    }
  console.log(`\n${operation}`);
  row('', 'per s of CPU', 'of bare', 'by the clock', 'of bare');
  for (const [index, { name, of, atLeast = 0 }] of contestants.entries()) {
    const own = slices[index];
    const beside = slices[of];
    const rate = (what) => median(own.map((each) => each[what]));
    const ratio = (what) => median(own.map((each, round) => each[what] / beside[round][what]));
    row(name, count(rate('cpu')), percent(ratio('cpu')), count(rate('clock')), percent(ratio('clock')));
    if (ratio('cpu') < atLeast)
      missed.push(`${operation} ${percent(ratio('cpu'))} of bare, at least ${percent(atLeast)}`);
  }
}

async function slice({ server, credentials }, operation) {
  const { url, cpu } = server;
  // Signatures hold for five minutes.
  const requests = await requestsFor({ url, operation, inputs: await inputsOf(server, operation), credentials });
  const before = cpu();
  const { answered, seconds } = await load(url, requests, SLICE);
  return { answered, seconds, used: cpu() - before };
}

/** Inputs that differ, and for Decrypt ciphertexts of that server. */
async function inputsOf(server, operation) {
  const contexts = Array.from({ length: REQUESTS }, (_, index) => ({ service: 'orders', order: `o-${index}` }));
  const generating = contexts.map((EncryptionContext) => ({ KeyId: KEY_ARN, NumberOfBytes: 32, EncryptionContext }));
  if (operation === 'GenerateDataKey') return generating;
  server.decrypting ??= await (async () => {
    const asked = { url: server.url, operation: 'GenerateDataKey', inputs: generating, credentials: VERIFIED };
    const made = await bodiesOf(server.url, await requestsFor(asked));
    return made.map(({ CiphertextBlob }, index) => ({
      CiphertextBlob,
      EncryptionContext: contexts[index],
      KeyId: KEY_ARN,
    }));
  })();
  return server.decrypting;
}

/** A server in a process of its own, once it tells its URL. */
async function start(args, output) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', output, 'inherit'] });
  const ended = new Promise((resolve) => child.on('close', resolve));
  let told = '';
  child.stdout?.on('data', (data) => {
    told += data;
  });
  const read = () => (output === 'pipe' ? told : readFileSync(join(folder, 'serve.log'), 'utf8'));
  let url;
  while (!url) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (child.exitCode !== null) throw new Error(`${args[0]} ended`);
    [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(read()) ?? [];
  }
  return {
    url,
    /** Seconds of CPU so far; Linux alone tells them. */
    cpu() {
      const [user, system] = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')
        .slice(11);
      return (Number(user) + Number(system)) / 100;
    },
    end() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

function row(name, ...cells) {
  console.log(`  ${name.padEnd(28)}${cells.map((cell) => cell.padStart(14)).join('')}`);
}

function count(value) {
  return Math.round(value).toLocaleString('en-US');
}

function percent(value) {
  return `${Math.round(value * 100)} %`;
}
