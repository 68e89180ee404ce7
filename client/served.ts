import type { TextDocument } from 'vscode';
import { REPORT_SCHEME } from '../server/protocol.ts';
import { isConfigFile, isKmsLanguage, JSON_LANGUAGES, PREVIEW_SCHEME } from './languages.ts';
import { looksLikeKmsPolicy } from './sniff.ts';

/**
 * Which documents the server gets to see: ours always, plain JSON only from the moment it looks like a policy with KMS
 * actions, and then until it is closed, however it is edited.
 */
export class ServedDocuments {
  readonly #served = new Set<string>();
  readonly #looks = new Map<string, NodeJS.Timeout>();
  readonly #open: (document: TextDocument) => void;
  readonly #onChange: () => void;

  /**
   * @param open sends a document, with the text it has now, to the server; it asks {@link opens} on its way
   * @param onChange told whenever more or fewer documents are served
   */
  constructor(open: (document: TextDocument) => void, onChange: () => void) {
    this.#open = open;
    this.#onChange = onChange;
  }

  has(uri: string): boolean {
    return this.#served.has(uri);
  }

  /** Whether the server may be asked about a document. It knows its own reports without being told of them. */
  answersFor(uri: string): boolean {
    return this.has(uri) || uri.startsWith(`${REPORT_SCHEME}:`);
  }

  /** Whether a document that is opened goes to the server; from then on it is served. */
  opens(document: TextDocument): boolean {
    const uri = document.uri.toString();
    const wanted = this.has(uri) || isServed(document);
    if (wanted) this.#add(uri);
    return wanted;
  }

  /** Whether a change goes to the server. A document that is not served is looked at again once typing pauses. */
  changes(document: TextDocument): boolean {
    const uri = document.uri.toString();
    if (this.has(uri)) return true;
    if (!isJson(document)) return false;
    clearTimeout(this.#looks.get(uri));
    this.#looks.set(
      uri,
      setTimeout(() => this.#lookAgain(document), PAUSE),
    );
    return false;
  }

  /** Serves a document whatever it looks like, because a person asked about it. */
  insist(document: TextDocument): void {
    const uri = document.uri.toString();
    if (this.has(uri)) return;
    this.#add(uri);
    this.#open(document);
  }

  /** Whether the closing of a document goes to the server. */
  closes(document: TextDocument): boolean {
    const uri = document.uri.toString();
    this.#forgetLook(uri);
    const served = this.#served.delete(uri);
    if (served) this.#onChange();
    return served;
  }

  /** Forgets everything: the server is about to start anew and is told of all open documents again. */
  clear(): void {
    for (const uri of [...this.#looks.keys()]) this.#forgetLook(uri);
    this.#served.clear();
    this.#onChange();
  }

  #add(uri: string): void {
    this.#forgetLook(uri);
    if (this.#served.has(uri)) return;
    this.#served.add(uri);
    this.#onChange();
  }

  #lookAgain(document: TextDocument): void {
    this.#looks.delete(document.uri.toString());
    if (!document.isClosed && isServed(document)) this.insist(document);
  }

  #forgetLook(uri: string): void {
    clearTimeout(this.#looks.get(uri));
    this.#looks.delete(uri);
  }
}

function isJson(document: TextDocument): boolean {
  return JSON_LANGUAGES.includes(document.languageId);
}

/** In milliseconds. */
const PAUSE = 200;

function isServed(document: TextDocument): boolean {
  // What the server writes is no document to be checked.
  if ([PREVIEW_SCHEME, REPORT_SCHEME].includes(document.uri.scheme)) return false;
  if (isKmsLanguage(document.languageId) || isConfigFile(document.uri.toString())) return true;
  return isJson(document) && looksLikeKmsPolicy(document.getText());
}
