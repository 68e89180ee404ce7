import { execFileSync } from 'node:child_process';

/** The bundles that tests spawn are those of the sources beside them: built once before all tests. */
export default function buildBundles(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], {
    cwd: new URL('..', import.meta.url),
    stdio: 'inherit',
  });
}
