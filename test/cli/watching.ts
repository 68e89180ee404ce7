import { type ChildProcess, spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { projectRoot } from './run.ts';

const WATCHING = 'watching for changes; Ctrl-C ends\n';
/** In milliseconds. */
const PATIENCE = 20_000;

/** A `kms-lens test --watch` that runs, and what it writes. */
export class Watching {
  private readonly child: ChildProcess;
  private output = '';
  private read = 0;
  private told: () => void = () => {};

  constructor(cwd: string, ...args: readonly string[]) {
    this.child = spawn(process.execPath, [`${projectRoot}dist/cli.js`, 'test', '--watch', ...args], {
      cwd,
      env: { PATH: process.env['PATH'] },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (data) => {
        this.output += data;
        this.told();
      });
    onTestFinished(() => void this.child.kill('SIGKILL'));
  }

  /** What it wrote since it was last asked, up to where it waits for changes again. */
  async next(): Promise<string> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const at = this.output.indexOf(WATCHING, this.read);
      if (at >= 0) {
        const text = this.output.slice(this.read, at);
        this.read = at + WATCHING.length;
        return text;
      }
      if (Date.now() > end) throw new Error(`it does not come: ${JSON.stringify(this.output.slice(this.read))}`);
      await this.news(500);
    }
  }

  /** What it wrote while nothing was expected of it. */
  async quiet(milliseconds: number): Promise<string> {
    await new Promise((done) => setTimeout(done, milliseconds));
    return this.output.slice(this.read);
  }

  /** Ends it as Ctrl-C does; its exit code. */
  end(): Promise<number | null> {
    const ended = new Promise<number | null>((done) => this.child.on('exit', done));
    this.child.kill('SIGINT');
    return ended;
  }

  private news(milliseconds: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, milliseconds);
      this.told = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
}
