import { mkdirSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { TestDocuments } from '../../cli/test/documents.ts';
import { method, type ScenarioRun } from '../../server/protocol.ts';
import { LspSession } from '../server/lsp-session.ts';
import { folderWith } from './folder.ts';
import { kmsLens, projectRoot } from './run.ts';

const policies = [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }] }];

const scenarioOf = (file: string, plaintext: string): string =>
  JSON.stringify({
    principals: { App: { arn: 'arn:aws:iam::111122223333:role/App', policies } },
    keys: { orders: {} },
    steps: [
      {
        call: 'Encrypt',
        as: 'App',
        input: { KeyId: 'orders', Plaintext: `file:${file}` },
        save: 'sealed',
        expect: 'ok',
      },
      {
        call: 'Decrypt',
        as: 'App',
        input: { CiphertextBlob: '$sealed.CiphertextBlob' },
        expect: { ok: { Plaintext: plaintext } },
      },
    ],
  });

const SECRET = Uint8Array.of(0, 255, 10, 13, 128);

/** A folder with a scenario in a folder below, and a file for it. */
function folder(file = '../data/secret.bin', plaintext = 'hex:00ff0a0d80'): string {
  const cwd = folderWith({ 'tests/a.kms-scenario.json': scenarioOf(file, plaintext) });
  mkdirSync(`${cwd}/data`, { recursive: true });
  writeFileSync(`${cwd}/data/secret.bin`, SECRET);
  writeFileSync(`${cwd}/data/huge.bin`, new Uint8Array(1024 * 1024 + 1));
  return cwd;
}

const MISTAKES = [
  ['../data/none.bin', '`../data/none.bin` cannot be read: mend the path or add the file'],
  ['../data', '`../data` cannot be read'],
  ['../data/huge.bin', '`../data/huge.bin` has more than 1 MiB, the most that a step reads: name a smaller file'],
  ['../../secret.bin', '`../../secret.bin` lies outside of the '],
  ['/etc/hostname', '`/etc/hostname` lies outside of the '],
] as const;

describe('the bytes of a file in a scenario', () => {
  test('on the command line', async () => {
    const { code, stdout } = await kmsLens(['test'], { cwd: folder() });
    expect(stdout).toContain('2 passed, 0 failed');
    expect(code).toBe(0);
  });

  test.each(MISTAKES)('%s is a mistake there', async (file, message) => {
    const { code, stdout } = await kmsLens(['test'], { cwd: folder(file) });
    expect(stdout).toContain(message);
    expect(code).toBe(1);
  });

  test('in the editor', async () => {
    const run = async (cwd: string): Promise<ScenarioRun> => {
      const session = await LspSession.start({ workspaceFolders: [pathToFileURL(cwd).href] });
      const uri = pathToFileURL(`${cwd}/tests/a.kms-scenario.json`).href;
      return session.connection.sendRequest<ScenarioRun>(method.runScenario, { uri });
    };
    expect((await run(folder())).steps.map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
    for (const [file, message] of MISTAKES.slice(0, 4)) {
      const { steps, errors } = await run(folder(file));
      expect(steps).toEqual([]);
      expect(errors[0]?.message).toContain(message);
      expect(errors[0]?.pointer).toBe('/steps/0/input/Plaintext');
    }
  });

  test('is watched', async () => {
    const cwd = folder();
    const documents = new TestDocuments();
    const uri = pathToFileURL(`${cwd}/data/secret.bin`).href;
    expect(await documents.bytes(uri, 10)).toEqual(SECRET);
    expect(await documents.changed()).toEqual([]);
    writeFileSync(
      `${cwd}/data/secret.bin`,
      SECRET.map((byte) => byte + 1),
    );
    expect(await documents.changed()).toEqual([{ uri, what: 'changed' }]);
    documents.forget([uri]);
    expect(await documents.bytes(uri, 10)).not.toEqual(SECRET);
    expect(await documents.changed()).toEqual([]);
  });
});

test('the examples pass', async () => {
  const { code, stdout } = await kmsLens(['test', 'examples'], { cwd: projectRoot });
  expect(stdout).toMatch(/\b0 failed/);
  expect(code).toBe(0);
});
