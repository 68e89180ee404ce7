import { type ChildProcess, spawn } from 'node:child_process';
import { projectRoot } from '../run.ts';

export interface Serving {
  readonly url: string;
  readonly child: ChildProcess;
  /** What it wrote to standard error so far. */
  readonly error: () => string;
  kill(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/** The built `kms-lens serve`, on a port of its own. */
export async function serving(cwd: string, ...args: readonly string[]): Promise<Serving> {
  const child = spawn(
    process.execPath,
    [`${projectRoot}dist/cli.js`, 'serve', '--port', '0', '--format', 'json', ...args],
    { cwd, env: { PATH: process.env['PATH'], HOME: cwd }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let error = '';
  child.stderr.on('data', (data) => {
    error += data;
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let text: string | undefined = '';
    child.stdout.on('data', (data) => {
      // What follows is read, so that the pipe does not fill up.
      if (text === undefined) return;
      text += data;
      const [line, rest] = text.split('\n', 2);
      if (rest === undefined) return;
      text = undefined;
      resolve(JSON.parse(line ?? '').url);
    });
    ended.then(() => reject(new Error(`kms-lens serve ended: ${error}`)));
  });
  return {
    url,
    child,
    error: () => error,
    kill(signal = 'SIGKILL') {
      child.kill(signal);
      return ended;
    },
  };
}
