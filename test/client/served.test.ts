import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TextDocument } from 'vscode';
import { ServedDocuments } from '../../client/served.ts';

const policy = '{ "Statement": [{ "Action": "kms:Decrypt" }] }';

/** The part of a document that matters here; a test changes its text. */
class FakeDocument {
  text: string;
  readonly languageId: string;
  readonly uri: { readonly scheme: string; toString(): string };
  isClosed = false;

  constructor(text: string, languageId = 'json', uri = 'untitled:a') {
    this.text = text;
    this.languageId = languageId;
    this.uri = { scheme: uri.slice(0, uri.indexOf(':')), toString: () => uri };
  }

  getText(): string {
    return this.text;
  }
}

function documentWith(text: string, languageId?: string, uri?: string): FakeDocument & TextDocument {
  // Typed as what VS Code gives, of which only the members above are read.
  return new FakeDocument(text, languageId, uri) as FakeDocument & TextDocument;
}

function served() {
  const opened: string[] = [];
  let changes = 0;
  const documents = new ServedDocuments(
    (document) => opened.push(document.getText()),
    () => {
      changes += 1;
    },
  );
  return { documents, opened, changes: () => changes };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('opening', () => {
  test('a policy goes to the server, ordinary JSON does not', () => {
    const { documents } = served();
    expect(documents.opens(documentWith(policy, 'jsonc'))).toBe(true);
    expect(documents.opens(documentWith('{}', 'json', 'untitled:b'))).toBe(false);
    expect(documents.has('untitled:a')).toBe(true);
    expect(documents.has('untitled:b')).toBe(false);
  });

  test('the configuration goes there, whatever it holds', () => {
    const { documents } = served();
    expect(documents.opens(documentWith('{}', 'jsonc', 'file:///w/.kms-lens.json'))).toBe(true);
    expect(documents.opens(documentWith('{}', 'jsonc', 'file:///w/my.kms-lens.json'))).toBe(false);
  });

  test('a document of ours goes there even if it is empty', () => {
    expect(served().documents.opens(documentWith('', 'kms-scenario'))).toBe(true);
  });

  test('the server is asked about its reports, but not told of them', () => {
    const { documents } = served();
    const uri = 'kms-lens:/1/Decrypt.kms-lens.txt';
    expect(documents.opens(documentWith(policy, 'kms-lens-report', uri))).toBe(false);
    expect(documents.answersFor(uri)).toBe(true);
    expect(documents.answersFor('untitled:a')).toBe(false);
  });
});

describe('changing', () => {
  test('JSON that becomes a policy is opened with the text it has by then', () => {
    const { documents, opened } = served();
    const document = documentWith('{}');
    documents.opens(document);
    document.text = policy;
    expect(documents.changes(document)).toBe(false);
    document.text = `${policy}\n`;
    expect(documents.changes(document)).toBe(false);
    vi.runAllTimers();
    expect(opened).toEqual([`${policy}\n`]);
    expect(documents.opens(document)).toBe(true);
    expect(documents.changes(document)).toBe(true);
  });

  test('a policy stays served when it no longer looks like one', () => {
    const { documents } = served();
    const document = documentWith(policy);
    documents.opens(document);
    document.text = '';
    expect(documents.changes(document)).toBe(true);
  });

  test('what is closed meanwhile is not opened', () => {
    const { documents, opened } = served();
    const document = documentWith('{}');
    document.text = policy;
    documents.changes(document);
    expect(documents.closes(document)).toBe(false);
    vi.runAllTimers();
    expect(opened).toEqual([]);
  });
});

test('a person may insist', () => {
  const { documents, opened } = served();
  const document = documentWith('{ "Statement": [] }');
  documents.insist(document);
  documents.insist(document);
  expect(opened).toEqual(['{ "Statement": [] }']);
  expect(documents.opens(document)).toBe(true);
});

test('closing and a restart are told of', () => {
  const { documents, changes } = served();
  const document = documentWith(policy);
  documents.opens(document);
  documents.opens(document);
  expect(changes()).toBe(1);
  expect(documents.closes(document)).toBe(true);
  expect(documents.has('untitled:a')).toBe(false);
  expect(changes()).toBe(2);
  documents.opens(document);
  documents.clear();
  expect(documents.has('untitled:a')).toBe(false);
  expect(changes()).toBe(4);
});
