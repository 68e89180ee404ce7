import { commands, Disposable, EventEmitter, type Tab, TabInputTextDiff, Uri, window, workspace } from 'vscode';
import { PREVIEW_SCHEME } from './languages.ts';

/** A document with the text that it would have. */
export interface PreviewedChange {
  readonly uri: Uri;
  readonly text: string;
}

const APPLY = 'Apply the change';
const DISCARD = 'Leave everything as it is';

/** Shows changes as diffs before they are made. */
export class Previews implements Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration = Disposable.from(
    this.#changed,
    workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
    }),
  );

  dispose(): void {
    this.#registration.dispose();
  }

  /** Opens a diff for each document and asks; the diffs are gone when the question is answered. */
  async confirm(title: string, changes: readonly PreviewedChange[]): Promise<boolean> {
    const shown = changes.map(({ uri, text }) => ({ uri, preview: this.#put(uri, text) }));
    try {
      for (const { uri, preview } of shown)
        await commands.executeCommand('vscode.diff', uri, preview, `${workspace.asRelativePath(uri)} (${title})`, {
          preview: false,
        });
      // A notification would hide itself while somebody reads the diff.
      const placeHolder = 'the diff shows what would change';
      return (await window.showQuickPick([APPLY, DISCARD], { title, placeHolder, ignoreFocusOut: true })) === APPLY;
    } finally {
      await window.tabGroups.close(window.tabGroups.all.flatMap(({ tabs }) => tabs.filter(isPreview)));
      for (const { preview } of shown) this.#texts.delete(preview.toString());
    }
  }

  #put(uri: Uri, text: string): Uri {
    const preview = Uri.from({ scheme: PREVIEW_SCHEME, path: uri.path });
    this.#texts.set(preview.toString(), text);
    this.#changed.fire(preview);
    return preview;
  }
}

const isPreview = ({ input }: Tab): boolean =>
  input instanceof TabInputTextDiff && input.modified.scheme === PREVIEW_SCHEME;
