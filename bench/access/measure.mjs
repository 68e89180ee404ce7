// Rates of several contestants, measured in turns, so that a slow moment of the machine hits all of them.

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 15);
const SLICE = 60;

/**
 * Calls of each in a second of CPU: the median of the rounds, after one that warms up. CPU rather than wall time, since a
 * busy machine takes the processor away from one contestant and not from the other.
 */
export async function rates(contestants) {
  const found = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, run] of Object.entries(contestants)) {
      const rate = await slice(run);
      if (round > 0) found[name].push(rate);
    }
  }
  return Object.fromEntries(Object.entries(found).map(([name, each]) => [name, median(each)]));
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

export function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
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
