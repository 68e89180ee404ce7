import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LspSession } from './lsp-session.ts';

/**
 * Documents written as people write them, in the built server: character by character, with random edits, undone, closed
 * and opened again. Whatever was written, the server answers what one answers that reads the text for the first time.
 */
const example = (name: string): string => readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');

/** Names no files: what they hold is known only a moment later, and the client is then asked to ask again. */
const scenario = `// Who may read orders?
{
  "principals": {
    "App": { "arn": "arn:aws:iam::111122223333:role/App", "tags": { "team": "orders" } },
    "Ana": {
      "arn": "arn:aws:iam::111122223333:user/Ana",
      "policies": [{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "kms:Decypt", "Resource": "*" } }]
    }
  },
  "keys": { "orders": { "aliases": ["alias/orders"], "spec": "SYMMETRIC_DEFAULT" } },
  "steps": [
    { "can": "Decrypt", "as": "App", "on": "order", "expect": "denied" },
    { "can": "Encrypt", "as": "Ana", "on": "alias/orders", "encryptionContext": { "env": "prod" }, "expect": "allowed" },
  ]
}
`;
const documents: readonly (readonly [name: string, text: string])[] = [
  ['mistakes.key-policy.json', example('mistakes.key-policy.json')],
  ['orders-backup.iam-policy.json', example('orders-backup.iam-policy.json')],
  ['keep-keys.scp.json', example('keep-keys.scp.json')],
  ['orders-worker.kms-grant.json', example('orders-worker.kms-grant.json')],
  ['who.kms-scenario.json', scenario],
];

/** One change of the text, as an editor sends it. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A document in an editor, and what it was before each edit. */
class Typing {
  readonly uri: string;
  private readonly session: LspSession;
  private document: TextDocument;
  private readonly undo: Edit[] = [];

  constructor(session: LspSession, uri: string) {
    this.session = session;
    this.uri = uri;
    this.document = TextDocument.create(uri, 'json', 0, '');
  }

  get text(): string {
    return this.document.getText();
  }

  async open(): Promise<void> {
    await this.session.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: this.uri, languageId: 'json', version: this.document.version, text: this.text },
    });
  }

  async reopen(): Promise<void> {
    await this.session.connection.sendNotification('textDocument/didClose', { textDocument: { uri: this.uri } });
    await this.open();
  }

  async edit(edit: Edit): Promise<void> {
    const { start, end, text } = edit;
    this.undo.push({ start, end: start + text.length, text: this.text.slice(start, end) });
    await this.send(edit);
  }

  async undoLast(): Promise<void> {
    const edit = this.undo.pop();
    if (edit) await this.send(edit);
  }

  private async send({ start, end, text }: Edit): Promise<void> {
    const range = { start: this.document.positionAt(start), end: this.document.positionAt(end) };
    const contentChanges = [{ range, text }];
    this.document = TextDocument.update(this.document, contentChanges, this.document.version + 1);
    await this.session.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.uri, version: this.document.version },
      contentChanges,
    });
  }

  /** Whatever is asked of it at a place. */
  async answers(offset: number): Promise<object> {
    const { session, uri } = this;
    const position = this.document.positionAt(offset);
    const range = { start: { line: 0, character: 0 }, end: this.document.positionAt(this.text.length) };
    const [diagnostics, hover, completion, lenses, symbols, folding, hints, actions] = await Promise.all([
      session.diagnostics(uri),
      session.ask('textDocument/hover', uri, { position }),
      session.ask('textDocument/completion', uri, { position }),
      session.codeLenses(uri),
      session.ask('textDocument/documentSymbol', uri),
      session.ask('textDocument/foldingRange', uri),
      session.ask('textDocument/inlayHint', uri, { range }),
      session.codeActions(uri, { start: position, end: position }),
    ]);
    return { diagnostics, hover, completion, lenses, symbols, folding, hints, actions };
  }
}

/** The same from a server that knows this text alone. */
class Fresh {
  private readonly session: LspSession;
  private readonly uri: string;

  constructor(session: LspSession, uri: string) {
    this.session = session;
    this.uri = uri;
  }

  async answers(text: string, offset: number): Promise<object> {
    const typing = new Typing(this.session, this.uri);
    await typing.open();
    await typing.edit({ start: 0, end: 0, text });
    await typing.reopen();
    const answers = await typing.answers(offset);
    await this.session.connection.sendNotification('textDocument/didClose', { textDocument: { uri: this.uri } });
    return answers;
  }
}

/** Numbers from 0 to 1, the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const FRAGMENTS = [
  '',
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  '\n',
  '"kms:*"',
  '"Sid": ',
  '// x\n',
  '\u{1f511}',
  '\u0000',
  'é',
];

async function sessions(name: string) {
  const uri = `file:///folder/${name}`;
  const [session, other] = await Promise.all([LspSession.start(), LspSession.start()]);
  const typing = new Typing(session, uri);
  await typing.open();
  const fresh = new Fresh(other, uri);
  const compare = async (offset: number, what: string) =>
    expect(await typing.answers(offset), what).toEqual(await fresh.answers(typing.text, offset));
  const nothingWrong = () => {
    expect([...session.log, ...other.log].filter((line) => /error|fail/i.test(line))).toEqual([]);
    expect([session.process.exitCode, other.process.exitCode]).toEqual([null, null]);
  };
  return { typing, compare, nothingWrong };
}

describe.each(documents)('%s', (name, text) => {
  test('written character by character is understood as the same text read at once', async () => {
    const { typing, compare, nothingWrong } = await sessions(name);
    for (const [index, character] of [...text].entries()) {
      const at = typing.text.length;
      await typing.edit({ start: at, end: at, text: character });
      // Blanks change little; after them and now and then everything is asked.
      if (index % 5 === 0 || /["{}[\],:]/.test(character)) await compare(typing.text.length, `after ${index}`);
    }
    await compare(text.indexOf('kms:') + 5, 'the whole');
    nothingWrong();
  }, 120_000);

  test('edited at random, undone and opened again is understood, too', async () => {
    const { typing, compare, nothingWrong } = await sessions(name);
    const random = randomFrom(name.length);
    const below = (limit: number): number => Math.floor(random() * limit);
    await typing.edit({ start: 0, end: 0, text });
    for (let round = 0; round < 150; round++) {
      const kind = random();
      const start = below(typing.text.length + 1);
      if (kind < 0.25) await typing.undoLast();
      else if (kind < 0.3) await typing.reopen();
      else {
        const end = Math.min(typing.text.length, start + below(kind < 0.9 ? 4 : 200));
        const copied = below(text.length);
        const inserted =
          kind < 0.6 ? (FRAGMENTS[below(FRAGMENTS.length)] ?? '') : text.slice(copied, copied + below(60));
        await typing.edit({ start, end, text: inserted });
      }
      await compare(Math.min(start, typing.text.length), `round ${round}: ${JSON.stringify(typing.text)}`);
    }
    nothingWrong();
  }, 120_000);
});
