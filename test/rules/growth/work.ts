import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';

/** How often the busiest block of each function ran, by `server/rules/findings.ts settle` and where it begins. */
export type Work = ReadonlyMap<string, number>;

/**
 * Counts what runs instead of timing it: the same on every machine, and blind to what else runs there. Blocks are
 * counted in functions that were not called before `start`, and nothing of what is native.
 */
export class WorkCounter {
  private readonly session = new Session();

  async start(): Promise<void> {
    // Optimized code leaves out the counters of functions that it takes in.
    setFlagsFromString('--no-opt');
    setFlagsFromString('--no-maglev');
    this.session.connect();
    await this.session.post('Profiler.enable');
    await this.session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  async of(run: () => void): Promise<Work> {
    await this.take();
    run();
    return this.take();
  }

  /** What ran since the last time. */
  private async take(): Promise<Work> {
    const { result } = await this.session.post('Profiler.takePreciseCoverage');
    const work = new Map<string, number>();
    for (const { url, functions } of result) {
      const [, file] = /\/((?:server|simulator)\/[^?]*)/.exec(url) ?? [];
      if (file === undefined) continue;
      for (const { functionName, ranges } of functions) {
        const name = `${file} ${functionName || 'function'} at ${ranges[0]?.startOffset}`;
        // Blocks that run as often as the one around them are not told apart from it, so a sum would jump.
        work.set(name, Math.max(...ranges.map(({ count }) => count)));
      }
    }
    return work;
  }
}
