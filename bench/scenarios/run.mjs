/**
 * `npm run bench:scenarios`: how much CPU `kms-lens test` takes for 500 steps over 50 policies, beside starting Node.js and
 * beside a `kms-lens simulate` for each step. Prints medians and their ratios; nothing here is a test.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { iamPolicyName, KEYS, keyPolicyName, roleArn, writePolicies, writeScenarios } from './world.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'dist/cli.js');
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 15);
const STEPS = 500;

const folder = mkdtempSync(join(tmpdir(), 'kms-lens-bench-'));
const hook = fileURLToPath(new URL('cpu.cjs', import.meta.url));
const measured = join(folder, 'cpu.txt');
run(['scripts/build.mjs'], root);
const apart = { one: join(folder, 'one'), ten: join(folder, 'ten'), none: join(folder, 'none') };
for (const each of Object.values(apart)) writePolicies(each);
writeScenarios(apart.one, { files: 1, steps: STEPS });
writeScenarios(apart.ten, { files: 10, steps: STEPS });
writeScenarios(apart.none, { files: 1, steps: 0 });

let asked = 0;
const rows = {
  node: { name: 'node -e 0', once: () => timed(['-e', '0'], folder) },
  version: { name: 'kms-lens --version', once: () => timed([cli, '--version'], folder) },
  none: { name: 'kms-lens test, 50 policies, no steps', once: () => timed([cli, 'test'], apart.none) },
  one: { name: `kms-lens test, ${STEPS} steps in 1 scenario`, once: () => timed([cli, 'test'], apart.one) },
  ten: { name: `kms-lens test, ${STEPS} steps in 10 scenarios`, once: () => timed([cli, 'test'], apart.ten) },
  coverage: {
    name: 'the same with --coverage and JUnit XML',
    once: () => timed([cli, 'test', '--coverage', '--format', 'junit'], apart.ten),
  },
  simulate: { name: 'kms-lens simulate, one step', once: () => timed([cli, ...simulation(asked++ % KEYS)], apart.one) },
};
for (const row of Object.values(rows)) row.times = [];
try {
  // They take turns, so that what else the machine does meets all of them.
  for (let round = -2; round < ROUNDS; round++)
    for (const { once, times } of Object.values(rows)) {
      const time = once();
      if (0 <= round) times.push(time);
    }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

console.log(`CPU, medians of ${ROUNDS} runs on Node.js ${process.versions.node}.\n`);
for (const { name, times } of Object.values(rows))
  console.log(`${name.padEnd(44)}${median(times).toFixed(1).padStart(8)} ms`);
const own = (row) => median(row.times) - median(rows.node.times);
console.log('\nOwn time, the start of Node.js taken off, and how often that would start:');
for (const row of [rows.one, rows.ten, rows.coverage])
  console.log(
    `${row.name.padEnd(44)}${own(row).toFixed(1).padStart(8)} ms${(own(row) / median(rows.node.times)).toFixed(1).padStart(8)}`,
  );
const peer = (median(rows.simulate.times) * STEPS) / median(rows.one.times);
const slowest = Math.max(own(rows.one), own(rows.ten), own(rows.coverage));
console.log();
judge(`own time: ${slowest.toFixed(0)} ms at most, less than 1000`, slowest < 1000);
judge(
  `own time: ${(slowest / median(rows.node.times)).toFixed(1)} starts of Node.js, at most 10`,
  slowest <= 10 * median(rows.node.times),
);
judge(`${STEPS} times kms-lens simulate takes ${peer.toFixed(0)} times as long, at least 100`, peer >= 100);

function judge(words, holds) {
  console.log(`${words}: ${holds ? 'holds' : 'MISSED'}`);
  if (!holds) process.exitCode = 1;
}

function simulation(index) {
  return [
    'simulate',
    ...['--key-policy', keyPolicyName(index), '--identity-policy', iamPolicyName(index)],
    ...[
      '--principal',
      roleArn(index),
      '--action',
      'kms:Decrypt',
      '--key-account',
      '111122223333',
      '--region',
      'us-east-1',
    ],
    ...['--expect', 'allowed'],
  ];
}

/** Milliseconds of CPU, which tell more than the clock where a machine has other things to do. */
function timed(args, cwd) {
  run(['--require', hook, ...args], cwd);
  return Number(readFileSync(measured, 'utf8'));
}

function run(args, cwd) {
  const env = { ...process.env, BENCH_CPU: measured };
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
