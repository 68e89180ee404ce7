import esbuild from 'esbuild';
import { expect, test } from 'vitest';
import { root, sourcesOf } from './sources.ts';

/** What must also run where there is no Node: in a web extension. */
const folders = [
  'simulator/json',
  'simulator/facts',
  'simulator/policy',
  'simulator/access',
  'simulator/scenario',
  'server/documents',
  'server/rules',
  'server/config',
  'server/answers',
  'server/actions',
  'server/scenarios',
  'server/features',
];

test.each(folders)('%s bundles for the browser', async (folder) => {
  const files = sourcesOf(folder).map(({ path }) => path);
  expect(files.length).toBeGreaterThan(0);
  const { errors, outputFiles } = await esbuild.build({
    stdin: { contents: files.map((path) => `import './${path}';`).join('\n'), resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    mainFields: ['browser', 'module', 'main'],
    loader: { '.md': 'text' },
    logLevel: 'silent',
  });
  expect(errors).toEqual([]);
  expect(outputFiles).toHaveLength(1);
});
