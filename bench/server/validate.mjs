/**
 * All rules on a key policy beside vscode-json-languageservice validating the same text with a schema of IAM policies:
 * when a document is opened, and after a keystroke in the middle of it. Then the time from a keystroke to its diagnostics
 * over stdio, with the server in a process of its own. Prints medians and ratios; nothing here is a test.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { wholeKeyPolicy } from './documents.mjs';

const require = createRequire(import.meta.url);
const { getLanguageService } = require('vscode-json-languageservice');
const { TextDocument } = require('vscode-languageserver-textdocument');
const schema = require('./iam.schema.json');

/** How many times faster than the JSON service, at least; undefined: no target. */
const SIZES = [
  { name: '1 KB', bytes: 1024, rounds: 400, target: undefined },
  { name: '32 KB', bytes: 32_000, rounds: 150, target: 5 },
  { name: '1 MB', bytes: 1024 * 1024, rounds: 12, target: 3 },
  { name: '10 MB', bytes: 10 * 1024 * 1024, rounds: 2, target: undefined },
];
const MOST_MS = 3;
const uri = 'file:///orders.key-policy.json';

/** @param {typeof import('./ours.ts')} ours */
export async function benchValidation(ours) {
  let holds = true;
  console.log('\nAll rules                  size    KMS Lens   JSON service   times faster   at least');
  for (const { name, bytes, rounds, target } of SIZES) {
    const policy = wholeKeyPolicy(bytes);
    const sides = [ours.validator(uri, policy.text), jsonService(policy.text)];
    for (const what of ['opened', 'keystroke']) {
      const [mine, theirs] = await measure(sides, what, policy.offsets.edit, rounds);
      const ratio = theirs / mine;
      const wanted = what === 'keystroke' ? target : undefined;
      if (wanted !== undefined) holds &&= wanted <= ratio;
      console.log(
        `${what.padEnd(24)}${name.padStart(7)}${ms(mine)}${ms(theirs).padStart(15)}${ratio.toFixed(1).padStart(15)}${wanted === undefined ? '' : `${String(wanted).padStart(11)}  ${wanted <= ratio ? 'holds' : 'MISSED'}`}`,
      );
    }
  }
  const { p50, p95 } = await overStdio();
  const isFast = p50 < MOST_MS;
  console.log(
    `\nKeystroke to diagnostics over stdio, 32 KB: p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms; p50 under ${MOST_MS} ms ${isFast ? 'holds' : 'MISSED'}`,
  );
  return holds && isFast;
}

/** Keystrokes come in words: a side takes this many before it is the other's turn. */
const IN_A_ROW = 12;

/**
 * Medians in milliseconds. The sides take turns, so that what else the machine does meets both. A turn is several rounds:
 * editors run each server in a process of its own, where it finds its own caches as it left them.
 */
async function measure(sides, what, offset, rounds) {
  const turns = Math.ceil(rounds / IN_A_ROW);
  const times = sides.map(() => []);
  for (let turn = -Math.ceil(turns / 3); turn < turns; turn++)
    for (const [index, side] of sides.entries())
      for (let round = 0; round < IN_A_ROW; round++) {
        side.prepare(what, offset, round % 2 === 0);
        const start = process.hrtime.bigint();
        await side.validate();
        const end = process.hrtime.bigint();
        if (0 <= turn) times[index].push(Number(end - start) / 1e6);
      }
  return times.map((each) => quantile(each, 0.5));
}

/** The document is updated before the clock runs; both sides parse it while it does. */
function jsonService(text) {
  const service = getLanguageService({});
  service.configure({ validate: true, schemas: [{ uri: 'bench:///iam.json', fileMatch: ['*.json'], schema }] });
  const document = TextDocument.create(uri, 'json', 1, text);
  return {
    prepare(_what, offset, adds) {
      const start = document.positionAt(offset);
      const end = document.positionAt(offset + (adds ? 0 : 1));
      TextDocument.update(document, [{ range: { start, end }, text: adds ? 'x' : '' }], document.version + 1);
    },
    validate: () => service.doValidation(document, service.parseJSONDocument(document)),
  };
}

/** The packed server in a process of its own, and a client that types and waits. */
async function overStdio(rounds = 200) {
  const server = spawn(process.execPath, ['dist/server.js', '--stdio'], {
    cwd: new URL('../..', import.meta.url),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { createMessageConnection, StreamMessageReader, StreamMessageWriter } = require('vscode-jsonrpc/node');
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const waiting = [];
  connection.onNotification('textDocument/publishDiagnostics', ({ version }) => {
    if (version === undefined || waiting[0]?.version === version) waiting.shift()?.done();
  });
  connection.listen();
  const policy = wholeKeyPolicy(32_000);
  const at = TextDocument.create(uri, 'json', 1, policy.text).positionAt(policy.offsets.edit);
  try {
    await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
    await connection.sendNotification('initialized', {});
    const published = (version) => new Promise((done) => waiting.push({ version, done }));
    const opened = published(1);
    const textDocument = { uri, languageId: 'kms-key-policy', version: 1, text: policy.text };
    await connection.sendNotification('textDocument/didOpen', { textDocument });
    await opened;
    const times = [];
    for (let round = 0; round < rounds; round++) {
      const version = round + 2;
      const adds = round % 2 === 0;
      const end = { line: at.line, character: at.character + (adds ? 0 : 1) };
      const answer = published(version);
      const start = process.hrtime.bigint();
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ range: { start: at, end }, text: adds ? 'x' : '' }],
      });
      await answer;
      if (20 < round) times.push(Number(process.hrtime.bigint() - start) / 1e6);
    }
    return { p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
  } finally {
    connection.dispose();
    server.kill();
  }
}

const ms = (value) => `${value.toFixed(2)} ms`.padStart(12);

function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * part)];
}
