// Rates of several contestants, measured in turns, so that a slow moment of the machine hits all of them.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 40);
/** Until the compiler has done its work. */
const WARM_UP = 5;
const SLICE = 50;

// The flag gives contexts made after it a collector to call.
setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc');

/** Nobody pays for what another left behind. */
export function collectGarbage() {
  gc();
  gc();
}

/**
 * Calls of each in a second of CPU, in the best tenth of its rounds. A busy machine makes rounds slower by a factor that
 * has nothing to do with what runs in them; those it leaves alone can be compared.
 */
export async function rates(contestants) {
  const found = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(contestants)) {
      const rate = await slice(run);
      if (round >= 0) found[name].push(rate);
    }
  }
  return Object.fromEntries(Object.entries(found).map(([name, each]) => [name, bestTenth(each)]));
}

function bestTenth(values) {
  return values.toSorted((a, b) => b - a)[Math.floor(values.length / 10)];
}

async function slice(run) {
  let calls = 0;
  let batch = 1;
  const began = performance.now();
  const before = process.cpuUsage();
  let now = began;
  while (now - began < SLICE) {
    for (let index = 0; index < batch; index++) {
      const result = run();
      if (result instanceof Promise) await result;
    }
    calls += batch;
    now = performance.now();
    // Reading the clock must not be what is measured.
    if (now - began < SLICE / 20) batch *= 2;
  }
  const { user, system } = process.cpuUsage(before);
  return (calls * 1e6) / (user + system);
}

/** Milliseconds of one call: the best of several, since nothing makes a call faster than it is. */
export function fastest(run, times = 15) {
  let best = Number.POSITIVE_INFINITY;
  for (let index = 0; index < times; index++) {
    const began = performance.now();
    run();
    best = Math.min(best, performance.now() - began);
  }
  return best;
}
