import { describe, expect, test } from 'vitest';
import { sourcesOf } from './sources.ts';

/** From the ground up: a floor may import itself and those before it. */
const floors = [
  'simulator/text',
  'simulator/json',
  'simulator/facts',
  'simulator/policy',
  'simulator/access',
  'simulator/trail',
  'simulator/scenario',
  'simulator/kms',
  'simulator/state',
  'simulator/envelope',
  'simulator/services',
  'simulator/endpoint',
  'server/protocol',
  'server/documents',
  'server/rules',
  'server/knowledge',
  'server/config',
  'server/answers',
  'server/actions',
  'server/scenarios',
  'server',
  'cli',
] as const;

/** The one door to `server/protocol`, which holds types and names alone: every floor of the server may speak them. */
const SHARED = 'server/protocol.ts';

const files = ['simulator', 'server', 'cli', 'client'].flatMap(sourcesOf);

/** The longest floor that a path lies on, since `server` holds floors of its own. */
function floorOf(path: string): number {
  const candidates = floors.flatMap((floor, index) => (path.startsWith(`${floor}/`) ? [{ floor, index }] : []));
  return candidates.sort((a, b) => b.floor.length - a.floor.length)[0]?.index ?? -1;
}

describe('an import points down', () => {
  test('every file stands on a floor', () => {
    const homeless = files.filter(({ path }) => !path.startsWith('client/') && floorOf(path) < 0);
    expect(homeless.map(({ path }) => path)).toEqual([]);
  });

  test('no file imports from a floor above its own', () => {
    const upward = files
      .filter(({ path }) => !path.startsWith('client/'))
      .flatMap(({ path, imports }) =>
        imports
          .filter((target) => target !== SHARED && floorOf(target) > floorOf(path))
          .map((target) => `${path} imports ${target}`),
      );
    expect(upward).toEqual([]);
  });

  test('what the protocol needs it holds itself', () => {
    const parts = files.filter(({ path }) => path === SHARED || path.startsWith('server/protocol/'));
    expect(parts.length).toBeGreaterThan(10);
    expect(parts.flatMap(({ imports }) => imports).filter((target) => !target.startsWith('server/protocol/'))).toEqual(
      [],
    );
  });

  test('the client imports the protocol and nothing else of the floors below it', () => {
    const strange = files
      .filter(({ path }) => path.startsWith('client/'))
      .flatMap(({ path, imports }) =>
        imports
          .filter((target) => /^(simulator|server|cli)\//.test(target) && target !== SHARED)
          .map((target) => `${path} imports ${target}`),
      );
    expect(strange).toEqual([]);
  });

  test('nobody imports from the client', () => {
    const strange = files.filter(
      ({ path, imports }) => !path.startsWith('client/') && imports.some((target) => target.startsWith('client/')),
    );
    expect(strange.map(({ path }) => path)).toEqual([]);
  });
});

describe('what may touch the outside', () => {
  test('only the client knows VS Code', () => {
    expect(importers('vscode').filter((path) => !path.startsWith('client/'))).toEqual([]);
  });

  test('the simulator knows nothing of the Language Server Protocol', () => {
    expect(importers(/^vscode-/).filter((path) => path.startsWith('simulator/'))).toEqual([]);
  });

  test('Node is used where it is allowed', () => {
    const allowed =
      /^(simulator\/(kms|state|envelope|services|endpoint)|server\/node|cli|client)\/|^server\/(node|runner)\.ts$/;
    expect(importers(/^node:/).filter((path) => !allowed.test(path))).toEqual([]);
  });

  test('of Node the simulator uses cryptography alone, and at its entries what opens a port or a connection', () => {
    const entries = ['simulator/endpoint/client.ts', 'simulator/endpoint/node.ts'];
    const used = sourcesOf('simulator').flatMap(({ path, imports }) =>
      entries.includes(path) ? [] : imports.filter((target) => target.startsWith('node:')),
    );
    expect([...new Set(used)]).toEqual(['node:crypto']);
    expect(importers(/^node:(https?|http2|net|tls|dgram|dns)$/)).toEqual(entries);
  });
});

function importers(target: string | RegExp): string[] {
  const matches = (each: string): boolean => (typeof target === 'string' ? each === target : target.test(each));
  return files.filter(({ imports }) => imports.some(matches)).map(({ path }) => path);
}
