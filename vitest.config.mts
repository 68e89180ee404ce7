import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These run inside a real VS Code (test/editor/run.mjs), and beside the AWS Encryption SDK (test/sdk/run.mjs).
    exclude: ['test/editor/**', 'test/sdk/**'],
    globalSetup: 'test/build-bundles.ts',
    // Generous, since properties and spawned programs share few cores; no test measures time, but for proportions.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Vitest leaves one core to itself, which is half of a small machine; most tests wait for programs that they spawn.
    maxWorkers: '100%',
  },
});
