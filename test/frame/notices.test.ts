import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './sources.ts';

/** What the build bundles into what of the notices tells: package folders, of those of which anything is left. */
const bundled: Readonly<Record<string, readonly string[]>> = JSON.parse(
  execFileSync(
    process.execPath,
    [
      '-e',
      `import('./scripts/build.mjs').then(async ({ bundles, notices }) => {
        const { default: esbuild } = await import('esbuild');
        const told = {};
        for (const each of bundles) {
          const { metafile } = await esbuild.build({ ...each, write: false, metafile: true });
          const { file } = notices.find(({ isOf }) => isOf(each.outfile));
          for (const { inputs } of Object.values(metafile.outputs))
            told[file] = [...(told[file] ?? []), ...Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0)];
        }
        console.log(JSON.stringify(told));
      });`,
    ],
    { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 },
  ),
);

describe.each([
  // The Apache License alone has eleven thousand characters, and each of its packages names its own owner in it.
  ['dist/THIRD-PARTY-NOTICES.txt', 5, 45_000],
  ['dist/THIRD-PARTY-NOTICES-CLI.txt', 3, 35_000],
])('%s', (file, least, most) => {
  const notices = readFileSync(`${root}${file}`, 'utf8');

  test('names each bundled package with its version, its licence and whose it is', () => {
    const folders = (bundled[file] ?? []).flatMap(
      (path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [],
    );
    const packages = [...new Set(folders)];
    expect(packages.length).toBeGreaterThan(least);
    for (const folder of packages) {
      const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      expect(notices).toContain(`${name} ${version} (${license})\n`);
    }
    expect(notices.match(/^.* \d+\.\d+\.\d+ \(.*\)$/gm)).toHaveLength(packages.length + 1);
  });

  test('tells that the facts about actions and condition keys are those of a package, too', () => {
    expect(notices).toMatch(
      /^@cloud-copilot\/iam-data \S+ \(MIT\)\n\nMIT License\n\nCopyright \(c\) \d+ Act Security$/m,
    );
  });

  test('has each licence once', () => {
    expect(notices.match(/All rights reserved\.\n\nMIT License/g)?.length ?? 0).toBeLessThanOrEqual(1);
    expect(notices.length).toBeLessThan(most);
  });
});

test('what only the command line has, the extension does not tell', () => {
  const told = (file: string): string => readFileSync(`${root}dist/${file}`, 'utf8');
  expect(told('THIRD-PARTY-NOTICES.txt')).not.toMatch(/^commander /m);
  expect(told('THIRD-PARTY-NOTICES-CLI.txt')).toMatch(/^commander /m);
  expect(told('THIRD-PARTY-NOTICES.txt')).toContain('@smithy/signature-v4');
});
