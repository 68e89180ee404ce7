import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, with a slash at the end. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceFile {
  /** From the project's root, with `/`. */
  readonly path: string;
  readonly imports: readonly string[];
}

/** Every TypeScript file of the product below a folder, with what it imports: project files by path, packages by name. */
export function sourcesOf(folder: string): SourceFile[] {
  return readdirSync(new URL(`../../${folder}`, import.meta.url), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => ({ path, imports: importsOf(path) }));
}

function importsOf(path: string): string[] {
  const text = readFileSync(`${root}${path}`, 'utf8');
  const found = text.matchAll(
    /^(?:import|export)\s(?:[^'"]*?\sfrom\s)?\s*'([^']+)'|\bimport\('([^']+)'\)|\brequire\('([^']+)'\)/gm,
  );
  return [...found].map(([, first, second, third]) => {
    const specifier = first ?? second ?? third ?? '';
    return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier;
  });
}
