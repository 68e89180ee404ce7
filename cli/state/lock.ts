import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync, unlinkSync } from 'node:fs';
import { readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { CommandError } from '../failure.ts';
import { displayName } from '../files/read.ts';

/**
 * One process for a folder. Each puts a file there that is named by who it is, and looks then who else is there: of two, at
 * least the later one sees the other, and goes. Files of processes that ended are removed; nobody waits for them.
 */
export interface Lock {
  release(): void;
}

const NAME = /^lock\.([0-9a-f]{16})\.(\d+)\.(\w+)$/;

export const isLock = (name: string): boolean => NAME.test(name);

/** How often a process says that it is there, for those that cannot see it, and how long that counts; in milliseconds. */
const SIGN = 5_000;
const SIGN_COUNTS = 20_000;
/** Of two that start at once both may go; they try again at other times. */
const ATTEMPTS = 4;

/** @throws {CommandError} where another process has it */
export async function lockFolder(folder: string): Promise<Lock> {
  const own = nameOf(process.pid);
  const file = join(folder, own);
  for (let attempt = 1; ; attempt++) {
    await writeFile(file, '', { mode: 0o600 });
    const other = await othersIn(folder, own);
    if (other === undefined) break;
    await rm(file, { force: true });
    if (attempt === ATTEMPTS) throw new CommandError(taken(folder, other));
    await setTimeout(20 + Math.random() * 60);
  }
  const sign = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => undefined), SIGN).unref();
  const remove = (): void => {
    try {
      unlinkSync(file);
    } catch {
      // Somebody did so already.
    }
  };
  process.once('exit', remove);
  return {
    release() {
      clearInterval(sign);
      process.off('exit', remove);
      remove();
    },
  };
}

/** The lock of somebody else who is there. */
async function othersIn(folder: string, own: string): Promise<string | undefined> {
  for (const name of await readdir(folder)) {
    if (name === own || !isLock(name)) continue;
    if (await isThere(folder, name)) return name;
    await rm(join(folder, name), { force: true });
  }
  return undefined;
}

async function isThere(folder: string, name: string): Promise<boolean> {
  const [, host = '', pid = '', start = ''] = NAME.exec(name) ?? [];
  // Of another machine or container only the sign is seen.
  if (host !== hostId) {
    const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: 0 }));
    return Date.now() - mtimeMs < SIGN_COUNTS;
  }
  if (!isRunning(Number(pid))) return false;
  const now = startOf(Number(pid));
  return now === start || now === UNKNOWN;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const nameOf = (pid: number): string => `lock.${hostId}.${pid}.${startOf(pid)}`;

/** Where the system does not say when a process started. */
const UNKNOWN = 'x';
/** One that ended, and whose parent has not looked yet. */
const ENDED = 'z';

/** When a process started, which tells it from a later one with the same number. */
function startOf(pid: number): string {
  try {
    // The fields behind the name, which may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    return /^[ZX]/.test(fields[0] ?? '') ? ENDED : (fields[19] ?? UNKNOWN);
  } catch {
    return UNKNOWN;
  }
}

/** The same for all processes that see each other, until the machine starts again. */
const hostId = createHash('sha256')
  .update([hostname(), tell(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1'))].join('\n'))
  .update(tell(() => readlinkSync('/proc/self/ns/pid')))
  .digest('hex')
  .slice(0, 16);

function tell(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

function taken(folder: string, name: string): string {
  const [, host, pid] = NAME.exec(name) ?? [];
  const who = host === hostId ? `process ${pid}` : `a process of another machine or container`;
  const file = displayName(join(folder, name));
  return `\`${displayName(folder)}\` is in use by ${who}: end it first, or choose another folder; if it is no \`kms-lens\`, remove \`${file}\``;
}
