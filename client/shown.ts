import { type Disposable, type Event, EventEmitter, type TextDocument, Uri, workspace } from 'vscode';
import type { VisibleDocuments } from 'vscode-languageclient/node';
import type { ServedDocuments } from './served.ts';

/**
 * What the client library takes for visible. It asks for findings in documents that have a tab, and drops those of a
 * document whose tab is closed; the server leaves out what is open when it reports the workspace. So what an extension
 * holds open without a tab would have no findings for as long. Where those of the workspace are shown, it counts as visible.
 */
export class ShownDocuments implements VisibleDocuments {
  readonly #tabs: VisibleDocuments;
  readonly #served: ServedDocuments;
  readonly #closed = new EventEmitter<Set<Uri>>();
  readonly #listener: Disposable;

  constructor(tabs: VisibleDocuments, served: ServedDocuments) {
    this.#tabs = tabs;
    this.#served = served;
    this.#listener = tabs.onClose((closed) => {
      const gone = [...closed].filter((uri) => !this.#isHeld(uri));
      if (gone.length > 0) this.#closed.fire(new Set(gone));
    });
  }

  get onOpen(): Event<Set<Uri>> {
    return this.#tabs.onOpen;
  }

  get onClose(): Event<Set<Uri>> {
    return this.#closed.event;
  }

  isActive(document: TextDocument | Uri): boolean {
    return this.#tabs.isActive(document);
  }

  isVisible(document: TextDocument | Uri): boolean {
    return this.#tabs.isVisible(document) || this.#isHeld(document instanceof Uri ? document : document.uri);
  }

  getResources(): Set<Uri> {
    return this.#tabs.getResources();
  }

  dispose(): void {
    this.#listener.dispose();
    this.#closed.dispose();
  }

  /** When it is closed at last, the server is told, and reports it with the workspace again. */
  #isHeld(uri: Uri): boolean {
    if (!this.#served.has(uri.toString()) || workspace.getWorkspaceFolder(uri) === undefined) return false;
    return workspace.getConfiguration('kms-lens.workspaceDiagnostics', uri).get('enabled') === true;
  }
}
