import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type {
  ClientCapabilities,
  CodeAction,
  CreateFile,
  SnippetTextEdit,
  TextDocumentEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { clientCommand } from '../../server/protocol.ts';
import { folderWith } from '../cli/folder.ts';
import { projectRoot } from '../cli/run.ts';
import { LspSession, modernClient } from './lsp-session.ts';

const example = readFileSync(`${projectRoot}examples/orders.key-policy.json`, 'utf8');
const RESTRICT = 'Allow it through a service only (`kms:ViaService`)';

type EditSupport = NonNullable<NonNullable<ClientCapabilities['workspace']>['workspaceEdit']>;

async function opened(edits: EditSupport | undefined, { text = example, initializationOptions = {} } = {}) {
  const folder = folderWith({ 'orders.key-policy.json': text });
  const uri = pathToFileURL(`${folder}/orders.key-policy.json`).href;
  const capabilities = {
    ...modernClient,
    workspace: { ...modernClient.workspace, ...(edits ? { workspaceEdit: edits } : {}) },
  };
  const session = await LspSession.start({ capabilities, initializationOptions });
  await session.open(uri, text, 'kms-key-policy');
  const at = (line: number, only?: readonly string[]): Promise<CodeAction[]> => {
    const position = { line, character: 0 };
    return session.codeActions(uri, { start: position, end: position }, only);
  };
  const line = example.split('\n').findIndex((each) => each.includes('Encrypt and decrypt orders'));
  return { session, uri, folder: pathToFileURL(`${folder}/`).href, at, line };
}

async function titled(actions: Promise<CodeAction[]>, title: string): Promise<CodeAction> {
  const all = await actions;
  const found = all.find((each) => each.title === title);
  if (!found) throw new Error(`there is no ${title}: ${all.map((each) => each.title).join('; ')}`);
  return found;
}

describe('rewriting', () => {
  test('is shown before it is made, where the client can do that', async () => {
    const { at, line, uri } = await opened({ documentChanges: true, changeAnnotationSupport: {} });
    const { kind, edit } = await titled(at(line), RESTRICT);
    expect(kind).toBe('refactor.rewrite');
    const annotations = Object.entries(edit?.changeAnnotations ?? {});
    expect(annotations).toMatchObject([['kms-lens', { label: RESTRICT, needsConfirmation: true }]]);
    const [change] = (edit?.documentChanges ?? []) as TextDocumentEdit[];
    expect(change?.textDocument).toEqual({ uri, version: 1 });
    expect(change?.edits.map((each) => 'annotationId' in each && each.annotationId)).toEqual(['kms-lens']);
  });

  test('is shown by our own client when somebody asks for it', async () => {
    const initializationOptions = { clientCommands: Object.values(clientCommand) };
    const support = { documentChanges: true, changeAnnotationSupport: {} };
    const { at, line } = await opened(support, { initializationOptions });
    const { edit } = await titled(at(line), RESTRICT);
    expect(edit?.changeAnnotations).toMatchObject({ 'kms-lens': { label: RESTRICT, needsConfirmation: false } });
  });

  test('is a plain edit for other clients', async () => {
    const { at, line, uri } = await opened(undefined);
    const { edit } = await titled(at(line), RESTRICT);
    const changed = TextDocument.applyEdits(TextDocument.create(uri, 'json', 1, example), edit?.changes?.[uri] ?? []);
    expect(JSON.parse(changed).Statement[2].Condition.StringEquals).toEqual({
      'kms:EncryptionContext:service': 'orders',
      'kms:ViaService': 's3.us-east-1.amazonaws.com',
    });
  });

  test('leaves places to fill in, and lines that begin at the margin', async () => {
    const { at } = await opened({ documentChanges: true, snippetEditSupport: true, changeAnnotationSupport: {} });
    const { edit } = await titled(at(0, ['refactor']), 'Add a statement: users');
    const [change] = (edit?.documentChanges ?? []) as TextDocumentEdit[];
    const [only] = (change?.edits ?? []) as unknown as SnippetTextEdit[];
    expect(only?.range.start.character).toBe(0);
    expect(only?.snippet.value).toContain('arn:aws:iam::${1:111122223333}:role/${2:Application}');
    expect(only?.annotationId).toBe('kms-lens');
  });

  test('offers what is asked for by its kind', async () => {
    const { at, line } = await opened(undefined);
    const kinds = async (only?: string[]) => [...new Set((await at(line, only)).map(({ kind }) => kind))];
    expect(await kinds()).toEqual(['refactor.rewrite']);
    expect(await kinds(['quickfix'])).toEqual([]);
    expect(await kinds(['refactor.rewrite'])).toEqual(['refactor.rewrite']);
    expect(await kinds(['source'])).toEqual(['source.sort.kms-lens']);
    expect(await kinds(['source.sort.kms-lens'])).toEqual(['source.sort.kms-lens']);
    expect(await kinds(['source.fixAll'])).toEqual([]);
  });
});

describe('a grant', () => {
  const creating = { documentChanges: true, resourceOperations: ['create' as const], changeAnnotationSupport: {} };

  test('is a new document next to the policy', async () => {
    const { at, line, folder, uri } = await opened(creating);
    const { edit } = await titled(at(line), 'Move into a grant');
    const made = `${folder}orders-encrypt-and-decrypt-orders.kms-grant.json`;
    const [policy, created, written] = (edit?.documentChanges ?? []) as [
      TextDocumentEdit,
      CreateFile,
      TextDocumentEdit,
    ];
    expect(policy.textDocument.uri).toBe(uri);
    expect(created).toEqual({ kind: 'create', uri: made, annotationId: 'kms-lens' });
    expect(written.textDocument).toEqual({ uri: made, version: null });
    const [text] = written.edits as { newText: string }[];
    expect(JSON.parse(text?.newText ?? '')).toMatchObject({
      GranteePrincipal: 'arn:aws:iam::111122223333:role/OrdersApi',
      RetiringPrincipal: 'arn:aws:iam::111122223333:role/KeyAdmin',
    });
  });

  test('takes no name that a document has', async () => {
    const { session, at, line, folder } = await opened(creating);
    await session.open(`${folder}orders-encrypt-and-decrypt-orders.kms-grant.json`, '', 'kms-grant');
    const { edit } = await titled(at(line), 'Copy into a grant');
    const [created] = (edit?.documentChanges ?? []) as CreateFile[];
    expect(created?.uri).toBe(`${folder}orders-encrypt-and-decrypt-orders-2.kms-grant.json`);
  });

  test('is not offered to clients that create no files', async () => {
    const { at, line } = await opened({ documentChanges: true });
    expect((await at(line)).filter(({ title }) => title.includes('grant'))).toEqual([]);
  });
});
