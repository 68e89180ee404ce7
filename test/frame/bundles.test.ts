import { readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { documentedRules } from '../../server/rules/generated/documented.ts';
import { bundles, loadedAtOnceBy, loadedBy, programs, textOf } from './bundles.ts';
import { root } from './sources.ts';

test('the build makes the programs, what they load and nothing else', () => {
  expect(bundles()).toEqual(loadedBy(...programs));
});

describe('what is loaded when', () => {
  test('the entry of the extension is small, since every window loads it', () => {
    expect(statSync(`${root}dist/extension.js`).size).toBeLessThanOrEqual(15_000);
  });

  test('the entry loads the client only when it is needed', () => {
    const text = textOf('extension.js');
    expect(text).toContain('./client.js');
    expect(text).not.toContain('vscode-languageclient');
  });

  test.each([
    ['server.js', 'initialize'],
    ['cli.js', 'the verb'],
  ])('%s does not know the rules before it knows %s', (name) => {
    const sample = 'kms-policy-size-bytes';
    expect(loadedBy(name).some((each) => textOf(each).includes(sample))).toBe(true);
    expect(loadedAtOnceBy(name).some((each) => textOf(each).includes(sample))).toBe(false);
  });
});

test('the documentation of the rules is there for reading about them, once, and nowhere else', () => {
  const { what = '' } = documentedRules.find(({ id }) => id === 'version-missing')?.documentation ?? {};
  const [beginning = ''] = what.split(/["'`\\]/);
  expect(beginning.length).toBeGreaterThan(20);
  expect(bundles().filter((name) => textOf(name).includes(beginning))).toEqual(['cli/explain.js']);
});

test('client and server use one version of the library for the protocol, so that it is bundled once', () => {
  const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'));
  const copies = Object.keys(packages).filter((path) => path.endsWith('node_modules/vscode-languageserver-protocol'));
  expect(copies).toEqual(['node_modules/vscode-languageserver-protocol']);
});

/** Ways to open a connection. The libraries for the protocol bring `net`, for sockets that an editor asks for. */
const connections = [
  /\bfetch\s*\(/,
  /require\("(node:)?(https?|http2|tls|dgram|dns)"\)/,
  /\bXMLHttpRequest\b/,
  /\bWebSocket\b/,
];

test.each(bundles())('%s has no way to open a connection', (name) => {
  const text = textOf(name);
  for (const connection of connections) expect(connection.exec(text)?.[0]).toBeUndefined();
});

test.each(['cli.js', 'runner.js', 'extension.js'])('%s does not know sockets at all', (program) => {
  for (const name of program === 'extension.js' ? [program] : loadedBy(program))
    expect(/require\("(node:)?net"\)/.exec(textOf(name))?.[0], name).toBeUndefined();
});

test.each(bundles())('%s reads no credentials', (name) => {
  expect(
    /AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|PROFILE)|\.aws\/credentials/.exec(textOf(name)),
  ).toBeNull();
});
