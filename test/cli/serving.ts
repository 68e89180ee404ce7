import { type ChildProcess, spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { projectRoot } from './run.ts';

export interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  /** What it wrote so far. */
  readonly written: { out: string; error: string };
  readonly ended: Promise<number | null>;
}

/** `kms-lens serve` as a user starts it, on a port that is free. */
export async function launch(...args: readonly string[]): Promise<Running> {
  const child = spawn(process.execPath, [`${projectRoot}dist/cli.js`, 'serve', '--port', '0', ...args], {
    cwd: projectRoot,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { out: '', error: '' };
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.stdout.on('data', (data) => {
    written.out += data;
  });
  child.stderr.on('data', (data) => {
    written.error += data;
  });
  const url = await new Promise<string>((resolve, reject) => {
    const look = (): void => {
      const found = /http:\/\/(127\.0\.0\.1|\[::1\]):\d+/.exec(written.out)?.[0];
      if (found) resolve(found);
    };
    child.stdout.on('data', look);
    ended.then((code) => reject(new Error(`ended with ${code}: ${written.error}`)));
  });
  return { child, url, written, ended };
}

/** The same, until the test is over. */
export async function start(...args: readonly string[]): Promise<Running> {
  const one = await launch(...args);
  onTestFinished(() => void one.child.kill('SIGKILL'));
  return one;
}
