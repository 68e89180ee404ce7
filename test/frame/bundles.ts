import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { root } from './sources.ts';

/** What people and other programs start, from `dist/`. */
export const programs = ['cli.js', 'client.js', 'extension.js', 'runner.js', 'server.js'];

/** Every file that the build makes. */
export function bundles(): string[] {
  return readdirSync(`${root}dist`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => posix.relative(`${root}dist`, posix.join(parentPath.replaceAll('\\', '/'), name)))
    .sort();
}

/** Programs with the files that they load, at once or later. */
export function loadedBy(...names: readonly string[]): string[] {
  return closure(names, /\brequire\("(\.{1,2}\/[^"]+)"\)/g);
}

/** A program with the files that it loads before it does anything. The build writes `import()` as a function that requires. */
export function loadedAtOnceBy(name: string): string[] {
  return closure([name], /(?<!=>)\brequire\("(\.{1,2}\/[^"]+)"\)/g);
}

function closure(names: readonly string[], requires: RegExp): string[] {
  const loaded = new Set(names);
  for (const name of loaded) {
    for (const [, path = ''] of textOf(name).matchAll(requires)) loaded.add(posix.join(posix.dirname(name), path));
  }
  return [...loaded].sort();
}

export function textOf(name: string): string {
  return readFileSync(`${root}dist/${name}`, 'utf8');
}
