// How fast access is decided, beside @cloud-copilot/iam-simulate in the same run. Prints rates, ratios and whether each
// target holds. The peer is installed on first use, into this folder alone.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compiling } from './compiling.mjs';
import { decisionsOf, loadEngine, verdictsOf } from './engine.mjs';
import { longPattern } from './long-pattern.mjs';
import { rates } from './measure.mjs';
import { number, row, target, verdicts } from './print.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));
if (!existsSync(`${folder}node_modules/@cloud-copilot/iam-simulate`)) {
  const { status } = spawnSync('npm', ['ci'], { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error('npm ci failed in bench/access');
}

const peer = await import('./peer.mjs');
const engine = await loadEngine();

console.log(
  `Node ${process.version}: kms:Decrypt by a key policy, 2 identity policies and an SCP, per second of CPU\n`,
);
row('statements', 'verdicts', 'explained', 'runSimulation', 'ratio', 'preloaded core', 'ratio');
for (const { size, simulation, core } of [
  { size: 4, simulation: 300, core: 100 },
  { size: 100, simulation: 3_000, core: 300 },
]) {
  const found = await rates({
    verdicts: verdictsOf(engine, size),
    explained: decisionsOf(engine, size),
    simulation: peer.simulations(size),
    core: peer.preloaded(size),
  });
  const { verdicts, explained } = found;
  row(
    size,
    number(verdicts),
    number(explained),
    number(found.simulation),
    `${number(verdicts / found.simulation)} / ${number(explained / found.simulation)}`,
    number(found.core),
    `${number(verdicts / found.core)} / ${number(explained / found.core)}`,
  );
  target(
    `${size} statements: at least ${number(simulation)} times runSimulation`,
    verdicts >= simulation * found.simulation,
  );
  target(`${size} statements: at least ${number(core)} times its preloaded core`, verdicts >= core * found.core);
  if (size === 100) target('100 statements: over 100,000 fully explained decisions a second', explained > 100_000);
}

console.log('\nStatements that cannot match must not cost');
const growing = await rates(Object.fromEntries([4, 100, 1_000].map((size) => [size, verdictsOf(engine, size)])));
for (const [size, rate] of Object.entries(growing)) row(`${number(size)} statements`, `${(1e6 / rate).toFixed(2)} µs`);
target('1,000 statements cost at most 1.5 times as much as 4', growing[4] / growing[1_000] <= 1.5);

console.log('\nCompiling a policy of 4 statements, used once');
const { microseconds, bytes } = compiling(engine);
row('time', `${microseconds.toFixed(1)} µs`);
row('memory', `${(bytes / 1000).toFixed(1)} kB`);
target('under 200 µs', microseconds < 200);
target('under 10 kB', bytes < 10_000);

console.log('\n`*a*a*a*a*b` against a long value');
const lengths = [50_000, 100_000, 200_000];
const times = lengths.map((length) => longPattern(engine, length));
for (const [index, time] of times.entries()) row(`${number(lengths[index])} characters`, `${time.toFixed(2)} ms`);
target('4 times the length takes at most 8 times as long', times[2] / times[0] <= 8);

verdicts();
