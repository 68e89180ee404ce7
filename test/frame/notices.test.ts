import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './sources.ts';

const notices = readFileSync(`${root}dist/THIRD-PARTY-NOTICES.txt`, 'utf8');

/** The folders of all packages of which anything is bundled; of those that only hold types nothing is. */
const folders = (): string[] => {
  const script = `
    import('./scripts/build.mjs').then(async ({ bundles }) => {
      const { default: esbuild } = await import('esbuild');
      const built = await Promise.all(bundles.map((each) => esbuild.build({ ...each, write: false, metafile: true })));
      console.log(JSON.stringify(built.flatMap(({ metafile }) => Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0)))));
    });`;
  const output = execFileSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' });
  const inputs: readonly string[] = JSON.parse(output);
  return [...new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []))];
};

test('the notices name each bundled package with its version, its licence and whose it is', () => {
  const packages = folders();
  expect(packages.length).toBeGreaterThan(10);
  for (const folder of packages) {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    expect(notices).toContain(`${name} ${version} (${license})\n`);
  }
  expect(notices.match(/^.* \d+\.\d+\.\d+ \(.*\)$/gm)).toHaveLength(packages.length + 1);
});

test('the facts about actions and condition keys are those of a package, too', () => {
  expect(notices).toMatch(/^@cloud-copilot\/iam-data \S+ \(MIT\)\n\nMIT License\n\nCopyright \(c\) \d+ Act Security$/m);
});

test('packages with the same licence share its text', () => {
  expect(notices.match(/All rights reserved\.\n\nMIT License/g)).toHaveLength(1);
  // The Apache License alone has eleven thousand characters, and each of its packages names its own owner in it.
  expect(notices.length).toBeLessThan(45_000);
});
