/**
 * Hover and completion of the language server beside vscode-json-languageservice with a schema of IAM policies, after
 * an edit each: both update the document, parse it and answer. Prints medians and their ratio; nothing here is a test.
 */
import { createRequire } from 'node:module';
import { keyPolicy } from './documents.mjs';

const require = createRequire(import.meta.url);
const { getLanguageService } = require('vscode-json-languageservice');
const { TextDocument } = require('vscode-languageserver-textdocument');
const schema = require('./iam.schema.json');

const TARGET = 3;
const SIZES = [
  { name: '32 KB', bytes: 32 * 1024, rounds: 200 },
  { name: '1 MB', bytes: 1024 * 1024, rounds: 12 },
];
const REQUESTS = ['hover', 'action', 'element', 'key', 'value'];
const uri = 'file:///orders.key-policy.json';

/** @param {new () => import('./ours.ts').Server} Server */
export async function bench(Server) {
  const { version } = require('vscode-json-languageservice/package.json');
  console.log(
    `Medians after an edit, beside vscode-json-languageservice ${version}, on Node.js ${process.versions.node}.\n`,
  );
  let holds = true;
  console.log('request                    size    KMS Lens   JSON service   times faster   at least');
  for (const { name, bytes, rounds } of SIZES) {
    const policy = keyPolicy(bytes);
    const sides = [ours(new Server(), policy.text), peer(policy.text)];
    for (const request of REQUESTS) {
      const position = sides[1].positionAt(policy.offsets[request]);
      const edit = sides[1].positionAt(policy.offsets.edit);
      const [mine, theirs] = await measure(sides, { request, position, edit, rounds });
      const ratio = theirs / mine;
      holds &&= TARGET <= ratio;
      const what = request === 'hover' ? 'hover' : `completion (${request})`;
      console.log(
        `${what.padEnd(24)}${name.padStart(7)}${ms(mine)}${ms(theirs).padStart(15)}${ratio.toFixed(1).padStart(15)}${String(TARGET).padStart(11)}  ${TARGET <= ratio ? 'holds' : 'MISSED'}`,
      );
    }
  }
  console.log(holds ? 'All targets hold.' : 'A target was missed.');
  return holds;
}

/** Medians in milliseconds. The sides take turns, so that what else the machine does meets both. */
async function measure(sides, { request, position, edit, rounds }) {
  const times = sides.map(() => []);
  const warmUp = 2 * Math.ceil(rounds / 6);
  for (let round = -warmUp; round < rounds; round++) {
    // Two rounds leave the text as it was: the first of them adds a letter, the second takes it away.
    const adds = round % 2 === 0;
    for (const [index, side] of sides.entries()) {
      const start = process.hrtime.bigint();
      side.edit(edit, adds);
      const answer = await (request === 'hover' ? side.hover(position) : side.complete(position));
      const end = process.hrtime.bigint();
      if (!answer || answer.items?.length === 0) throw new Error(`no answer to ${request}`);
      if (0 <= round) times[index].push(Number(end - start) / 1e6);
    }
  }
  return times.map(median);
}

function ours(server, text) {
  let version = 1;
  const textDocument = { uri };
  server.call('onDidOpenTextDocument', { textDocument: { uri, languageId: 'kms-key-policy', version, text } });
  // An editor asks for diagnostics at once; those of what is written since it does not wait for.
  server.call('languages.diagnostics.on', { textDocument });
  return {
    edit: (at, add) => {
      version += 1;
      server.call('onDidChangeTextDocument', { textDocument: { uri, version }, contentChanges: [change(at, add)] });
    },
    hover: (position) => server.call('onHover', { textDocument, position }),
    complete: (position) => server.call('onCompletion', { textDocument, position }),
  };
}

function peer(text) {
  const service = getLanguageService({});
  service.configure({ validate: true, schemas: [{ uri: 'bench:///iam.json', fileMatch: ['*.json'], schema }] });
  const document = TextDocument.create(uri, 'json', 1, text);
  return {
    positionAt: (offset) => document.positionAt(offset),
    edit: (at, add) => TextDocument.update(document, [change(at, add)], document.version + 1),
    hover: (position) => service.doHover(document, position, service.parseJSONDocument(document)),
    complete: (position) => service.doComplete(document, position, service.parseJSONDocument(document)),
  };
}

/** Adds a letter, or takes it away again. */
const change = ({ line, character }, add) => ({
  range: { start: { line, character }, end: { line, character: character + (add ? 0 : 1) } },
  text: add ? 'x' : '',
});

const ms = (value) => `${value.toFixed(2)} ms`.padStart(12);

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
