import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, realpath, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { WRAPPING_KEY_BYTES } from '../../simulator/state/seal.ts';
import { CommandError } from '../failure.ts';
import { displayName, reasonOf } from '../files/read.ts';

const VARIABLE = 'KMS_LENS_STATE_KEY';

export interface KeyOptions {
  /** The folder of the state. */
  readonly folder: string;
  /** There is no state yet, so that a new key will do. */
  readonly isNew: boolean;
  /** `--state-key`. */
  readonly file: string | undefined;
}

/** The key that a state is sealed under. @throws {CommandError} */
export async function wrappingKeyFor({ folder, isNew, file }: KeyOptions): Promise<Uint8Array> {
  const text = process.env[VARIABLE];
  if (file === undefined && text !== undefined) {
    const key = keyFrom(text);
    if (key) return key;
    throw new CommandError(`${VARIABLE} is no key: it has to be ${WRAPPING_KEY_BYTES} bytes in base64; ${MAKE_ONE}`);
  }
  const path = file ?? defaultFile();
  await refuseInside(folder, path);
  const known = await readKey(path);
  if (known) return known;
  if (!isNew)
    throw new CommandError(
      `the key of \`${displayName(folder)}\` is missing: there is no \`${displayName(path)}\`; bring that file back from a backup, name it with \`--state-key FILE\`, or set ${VARIABLE}; without the key nothing in the folder can be read`,
    );
  return makeKey(path);
}

/** One for all states of a user, outside of them. */
export function defaultFile(): string {
  const { APPDATA, XDG_CONFIG_HOME } = process.env;
  const configuration =
    process.platform === 'win32' && APPDATA ? APPDATA : XDG_CONFIG_HOME || join(homedir(), '.config');
  return join(configuration, 'kms-lens', 'state.key');
}

const MAKE_ONE = `\`openssl rand -base64 ${WRAPPING_KEY_BYTES}\` makes one`;

function keyFrom(text: string): Uint8Array | undefined {
  const key = Buffer.from(text.trim(), 'base64');
  return key.length === WRAPPING_KEY_BYTES && key.toString('base64') === text.trim() ? key : undefined;
}

/** Undefined where there is no such file. */
async function readKey(path: string): Promise<Uint8Array | undefined> {
  const name = displayName(path);
  try {
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new CommandError(`others may read the key in \`${name}\`: \`chmod 600 ${name}\` mends it`);
    const key = keyFrom(await readFile(path, 'latin1'));
    if (key) return key;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CommandError(`cannot read \`${name}\`: ${reasonOf(error as NodeJS.ErrnoException)}`);
  }
  throw new CommandError(
    `\`${name}\` is no key of a state: it has to hold ${WRAPPING_KEY_BYTES} bytes in base64; name another file with \`--state-key\`, or a new one that will be made`,
  );
}

/** Makes the file whole or not at all; where another process was quicker, its key counts. */
async function makeKey(path: string): Promise<Uint8Array> {
  const key = randomBytes(WRAPPING_KEY_BYTES);
  const draft = `${path}.${process.pid}.new`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const handle = await open(draft, 'w', 0o600);
    await handle.writeFile(`${key.toString('base64')}\n`);
    await handle.sync();
    await handle.close();
    await chmod(draft, 0o600);
    await link(draft, path);
    return key;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const other = code === 'EEXIST' ? await readKey(path) : undefined;
    if (other) return other;
    throw new CommandError(
      `cannot make the key file \`${displayName(path)}\`: ${reasonOf(error as NodeJS.ErrnoException)}`,
    );
  } finally {
    await rm(draft, { force: true });
  }
}

/** Whoever copies the folder must not get the key with it. */
async function refuseInside(folder: string, path: string): Promise<void> {
  const real = async (each: string): Promise<string> => realpath(each).catch(() => resolve(each));
  const inside = relative(await real(folder), join(await real(dirname(path)), 'key'));
  if (!inside.startsWith('..') && resolve(inside) !== inside)
    throw new CommandError(
      `the key must not lie in the folder that it protects: name a file outside of \`${displayName(folder)}\` with \`--state-key\``,
    );
}
