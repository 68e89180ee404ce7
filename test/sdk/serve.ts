import { type ChildProcess, spawn } from 'node:child_process';
import { projectRoot } from '../cli/run.ts';

export interface Serving {
  readonly url: string;
  end(): Promise<void>;
}

/** `kms-lens serve` as a user starts it. */
export async function serve(...args: readonly string[]): Promise<Serving> {
  const child: ChildProcess = spawn(
    process.execPath,
    [`${projectRoot}dist/cli.js`, 'serve', '--port', '0', '--format', 'json', ...args],
    { cwd: projectRoot, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (data) => {
      text += data;
      if (text.includes('\n')) resolve(JSON.parse(text.split('\n')[0] ?? '').url);
    });
    ended.then(() => reject(new Error(`kms-lens serve ended: ${text}`)));
  });
  return {
    url,
    end() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
