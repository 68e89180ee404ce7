import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { text as readStream } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type DocumentKind, languageIdOf } from '../../server/documents/kinds.ts';
import { SourceDocument } from '../../server/documents/source.ts';
import { portable } from '../../server/node/ignored.ts';
import { CommandError } from '../failure.ts';

/** The name that stands for standard input. */
export const STANDARD_INPUT = '-';

/** Reads a document. @throws {CommandError} naming the file and what is wrong with it. */
export async function readDocument(path: string, known: KnownKind = {}): Promise<SourceDocument> {
  return documentOf(path, await readText(path), known);
}

/** @throws {CommandError} naming the file and what is wrong with it. */
export async function readText(path: string): Promise<string> {
  if (path === STANDARD_INPUT) return readStream(process.stdin);
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`cannot read \`${path}\`: ${reasonOf(error)}`);
  });
  return decode(bytes, path);
}

/** What is known of a document before it is read. */
export interface KnownKind {
  /** Stated by an option; outweighs the name. */
  readonly as?: DocumentKind | undefined;
  /** By `.kms-lens.json`; the name outweighs it. */
  readonly configured?: DocumentKind | undefined;
}

/** Reads a document that a configuration names; undefined where it is not there. */
export async function readAs(uri: string, as: DocumentKind): Promise<SourceDocument | undefined> {
  const text = await readFile(fileURLToPath(uri), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : new SourceDocument({ uri, text, languageId: languageIdOf(as) });
}

/** The document that a file with this text would be. */
export function documentOf(path: string, text: string, { as, configured }: KnownKind = {}): SourceDocument {
  const uri = uriOf(path);
  return new SourceDocument({
    uri,
    text,
    ...(as ? { languageId: languageIdOf(as) } : {}),
    ...(configured ? { configured } : {}),
  });
}

export function uriOf(path: string): string {
  return path === STANDARD_INPUT ? 'stdin:/stdin' : pathToFileURL(resolve(path)).href;
}

/** The name of a file for people and programs: relative to the current folder where it lies in there. */
export function displayName(path: string): string {
  if (path === STANDARD_INPUT) return 'stdin';
  const name = relative('', path);
  return name === '' || name.startsWith('..') ? portable(path) : portable(name);
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CommandError(`cannot read \`${path}\`: it is not UTF-8 text; save it as UTF-8`);
  }
}

/** What the system said, in words. */
export function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file or folder',
    EACCES: 'permission is denied',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is no folder',
    ELOOP: 'its links lead in a circle',
  };
  return reasons[code ?? ''] ?? message;
}
