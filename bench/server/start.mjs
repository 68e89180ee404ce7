/**
 * `npm run bench:start`: from starting the built language server to its reply to `initialize`, beside a server of the
 * same library that does nothing else. Prints medians and their ratio; nothing here is a test.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { commandTime, diagnosticsTime, replyTime } from './spawned.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const empty = `${here}node_modules/.empty-server.cjs`;
const server = `${root}dist/server.js`;
const cli = `${root}dist/cli.js`;
const policy = `${root}examples/orders.key-policy.json`;

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 30);
const TARGET = 1.2;

if (spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' }).status !== 0) process.exit(1);
await esbuild.build({
  entryPoints: [`${here}empty.ts`],
  outfile: empty,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
});

const rows = [
  { name: 'reply of KMS Lens', once: () => replyTime(server), times: [] },
  { name: 'reply of an empty server', once: () => replyTime(empty), times: [] },
  { name: 'first diagnostics', once: () => diagnosticsTime(server), times: [] },
  { name: 'kms-lens --version', once: () => commandTime(cli, '--version'), times: [] },
  { name: 'kms-lens check', once: () => commandTime(cli, 'check', policy), times: [] },
];
// They take turns, so that what else the machine does meets all of them.
for (let round = -3; round < ROUNDS; round++) {
  for (const { once, times } of rows) {
    const time = await once();
    if (0 <= round) times.push(time);
  }
}
console.log(`Medians of ${ROUNDS} starts on Node.js ${process.versions.node}.\n`);
for (const { name, times } of rows) console.log(`${name.padEnd(28)}${median(times).toFixed(1).padStart(8)} ms`);
const ratio = median(rows[0].times) / median(rows[1].times);
const holds = ratio <= TARGET;
console.log(`\nKMS Lens / empty: ${ratio.toFixed(2)}, at most ${TARGET} ${holds ? 'holds' : 'MISSED'}`);
process.exitCode = holds ? 0 : 1;

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
