import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { questions } from '../../server/knowledge/generated/questions.ts';
import { topics } from '../../server/knowledge/generated/topics.ts';
import { rulePages } from '../../server/rules/pages.ts';
import { root } from './sources.ts';

const bundles = [
  'call.js',
  'cli.js',
  'client.js',
  'core.js',
  'cryptography.js',
  'examples.js',
  'extension.js',
  'library.js',
  'local-kms.js',
  'pages.js',
  'questions.js',
  'runner.js',
  'serve.js',
  'server.js',
];

test('the build makes these bundles, the notices about them and nothing else', () => {
  expect(readdirSync(`${root}dist`).sort()).toEqual([
    'THIRD-PARTY-NOTICES-CLI.txt',
    'THIRD-PARTY-NOTICES.txt',
    ...bundles,
  ]);
});

test.each([
  [
    'pages.js',
    300,
    [
      ...rulePages.flatMap(({ what, why, spares = '', bad, good }) => [what, why, spares, bad.text, good.text]),
      ...topics.flatMap(({ exam, trap = '', today = '' }) => [exam, trap, today]),
    ],
  ],
  [
    'questions.js',
    100,
    questions.flatMap(({ question, options }) => [question, ...options.map(({ reason }) => reason)]),
  ],
])('what there is to read lies in a bundle of its own, once: %s', (own, least, read) => {
  const beginnings = read.map((text) => text.split(/["'`\\\n]|[^ -~]/)[0] ?? '').filter(({ length }) => 40 < length);
  expect(beginnings.length).toBeGreaterThan(least);
  const holding = (name: string): string[] => beginnings.filter((beginning) => bundle(name).includes(beginning));
  expect(holding(own)).toEqual(beginnings);
  // Examples say things in words of their own, some of which begin alike.
  for (const name of bundles.filter((each) => each !== own && each !== 'examples.js'))
    expect(holding(name), name).toEqual([]);
});

test.each([
  ['the server', "require('./dist/core.js').loadServer()", ['core.js', 'library.js']],
  ['the worker', "require('./dist/core.js').loadJobs()", ['core.js']],
  [
    'a local KMS, until it is told what to begin with',
    "require('./dist/local-kms.js')",
    ['core.js', 'local-kms.js', 'serve.js'],
  ],
  ['a check', "process.argv.push('check', 'examples/orders.key-policy.json'); require('./dist/cli.js')", ['cli.js']],
  ['an explanation', "process.argv.push('explain', 'sid-empty'); require('./dist/cli.js')", ['cli.js', 'pages.js']],
  [
    'a scenario',
    "process.argv.push('test', 'examples/lifecycle.kms-scenario.json'); require('./dist/cli.js')",
    ['cli.js'],
  ],
  [
    'a scenario with post-quantum keys',
    "process.argv.push('test', 'test/frame/post-quantum.kms-scenario.json'); require('./dist/cli.js')",
    ['cli.js', 'cryptography.js'],
  ],
])('%s loads no more than it needs', (_, code, needed) => {
  const print = `process.on('exit', () => console.log('\\n' + Object.keys(require.cache).join('\\n')))`;
  const output = execFileSync(process.execPath, ['-e', `${print}; ${code}`], { cwd: root, encoding: 'utf8' });
  const loaded = bundles.filter((name) =>
    output.split(/\r?\n/).some((line) => /dist[\\/]/.test(line) && line.endsWith(name)),
  );
  expect(loaded).toEqual(needed);
});

test('client and server use one version of the library for the protocol', () => {
  const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'));
  const copies = Object.keys(packages).filter((path) => path.endsWith('node_modules/vscode-languageserver-protocol'));
  expect(copies).toEqual(['node_modules/vscode-languageserver-protocol']);
});

test('the entry of the extension is small, since every window loads it', () => {
  expect(statSync(`${root}dist/extension.js`).size).toBeLessThanOrEqual(15_000);
});

test('the entry loads the client only when it is needed', () => {
  const text = bundle('extension.js');
  expect(text).toContain('./client.js');
  expect(text).not.toContain('vscode-languageclient');
});

test('the entry of the server is small, since an editor waits for its first answer', () => {
  expect(statSync(`${root}dist/server.js`).size).toBeLessThanOrEqual(10_000);
});

test('what client, server and worker share is in the package once', () => {
  const holding = (text: string): string[] => bundles.filter((name) => bundle(name).includes(text));
  expect(holding('textDocument/willSaveWaitUntil')).toEqual(['library.js']);
  expect(holding('there is no job')).toEqual(['runner.js']);
  expect(holding('the key of the policy is not known')).toEqual(['core.js']);
  expect(holding('is no spec of ML-DSA or ML-KEM')).toEqual(['cryptography.js']);
});

/** Ways to open a connection. The libraries for the protocol bring `net`, for sockets that an editor asks for. */
const connections = [
  /\bfetch\s*\(/,
  /require\("(node:)?(https?|http2|tls|dgram|dns)"\)/,
  /\bXMLHttpRequest\b/,
  /\bWebSocket\b/,
];

/** What opens a port, for `kms-lens serve` and the process of a local KMS alone. */
const listening = 'serve.js';
/** What calls it, for `kms-lens envelope --endpoint` alone. */
const calling = 'call.js';

test.each(bundles.filter((name) => name !== listening && name !== calling))(
  '%s has no way to open a connection',
  (name) => {
    const text = bundle(name);
    for (const connection of connections) expect(connection.exec(text)?.[0]).toBeUndefined();
  },
);

test('what opens a port opens no connection', () => {
  const text = bundle(listening);
  expect(/\.(createConnection|connect|request|get)\(\{|\bfetch\s*\(|new WebSocket/.exec(text)?.[0]).toBeUndefined();
  expect(modulesOf(text)).toEqual(['node:crypto', 'node:http']);
});

test('what opens a port is loaded by nobody else', () => {
  const loading = bundles.filter((name) => /require\("\.\/serve\.js"\)/.test(bundle(name)));
  expect(loading).toEqual(['cli.js', 'local-kms.js']);
});

test('what calls an endpoint opens no port, and connections at one place', () => {
  const text = bundle(calling);
  expect(
    /\.(createServer|listen|createConnection|connect)\)?\(|\bfetch\s*\(|new WebSocket/.exec(text)?.[0],
  ).toBeUndefined();
  expect(modulesOf(text)).toEqual(['node:crypto', 'node:http']);
  // What is imported of Node is called as `(0,http.request)(`.
  expect(text.match(/\(0,\s*\w+\.(request|get)\)\(/g)).toHaveLength(1);
});

const modulesOf = (text: string): (string | undefined)[] =>
  [...new Set([...text.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name))].sort();

test.each(['cli.js', 'core.js', 'cryptography.js', 'pages.js', 'runner.js', 'extension.js'])(
  '%s does not know sockets at all',
  (name) => {
    expect(/require\("(node:)?net"\)/.exec(bundle(name))?.[0]).toBeUndefined();
  },
);

test.each(bundles)('%s reads no credentials', (name) => {
  expect(
    /AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|PROFILE)|\.aws\/credentials/.exec(bundle(name)),
  ).toBeNull();
});

function bundle(name: string): string {
  return readFileSync(`${root}dist/${name}`, 'utf8');
}
