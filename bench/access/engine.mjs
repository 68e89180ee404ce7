// The product's evaluator, bundled from the sources as the product bundles it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import { cases, identityPolicies, KEY, keyPolicy, REGION, serviceControlPolicy } from './policies.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

const ENTRY = `
export { parseCaller } from './simulator/access/caller.ts';
export { decide, verdictOf } from './simulator/access/decide.ts';
export { parseKeyArn } from './simulator/access/request.ts';
export { parseJson } from './simulator/json/parse.ts';
export { CompiledPolicy } from './simulator/policy/compile.ts';
export { readPolicy } from './simulator/policy/document.ts';
`;

export async function loadEngine() {
  const folder = mkdtempSync(join(tmpdir(), 'kms-lens-bench-'));
  try {
    const outfile = join(folder, 'engine.mjs');
    await esbuild.build({
      absWorkingDir: root,
      stdin: { contents: ENTRY, resolveDir: root, loader: 'ts' },
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      mainFields: ['module', 'main'],
      logLevel: 'warning',
      outfile,
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function documentOf(engine, policy) {
  return engine.readPolicy(engine.parseJson(JSON.stringify(policy)).root);
}

export function worldOf(engine, size) {
  const compile = (policy) => new engine.CompiledPolicy(documentOf(engine, policy));
  return {
    keyPolicy: compile(keyPolicy(size)),
    identityPolicies: identityPolicies.map(compile),
    serviceControlPolicies: [{ target: 'r-ab12', policies: [compile(serviceControlPolicy)] }],
  };
}

/** One verdict, or one explained decision, after another, each on a request of its own. */
export function verdictsOf(engine, size) {
  return ask(engine, size, (request, world) => engine.verdictOf(request, world));
}

export function decisionsOf(engine, size) {
  return ask(engine, size, (request, world) => engine.decide(request, world).verdict);
}

function ask(engine, size, answer) {
  const world = worldOf(engine, size);
  const key = { ...engine.parseKeyArn(KEY), spec: 'SYMMETRIC_DEFAULT' };
  const organization = { id: 'o-exampleorg1', path: 'o-exampleorg1/r-ab12/' };
  const asked = cases.map(({ principal, app, allowed }) => ({
    caller: engine.parseCaller(principal, {}).caller,
    app,
    expected: allowed ? 'allowed' : 'denied',
  }));
  let turn = 0;
  return () => {
    const { caller, app, expected } = asked[turn++ % asked.length];
    const verdict = answer(
      {
        caller,
        action: 'Decrypt',
        key,
        region: REGION,
        encryptionContext: { app },
        principalOrganization: organization,
      },
      world,
    );
    if (verdict !== expected) throw new Error(`${caller.arn}: ${verdict}, expected ${expected}`);
  };
}
