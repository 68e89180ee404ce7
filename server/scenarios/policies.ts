import { scenarioFiles, unusableFiles } from '../config/scenario-files.ts';
import { folderOf, isPlaceless } from '../config/uris.ts';
import type { DocumentKind } from '../documents/kinds.ts';
import type { SourceDocument } from '../documents/source.ts';

export interface ScenarioPoliciesInit {
  /** Reads a file that a scenario names. */
  read(uri: string, kind: DocumentKind, scenario: string): Promise<SourceDocument | undefined>;
  /** The workspace folder around a folder. */
  rootOf(folder: string): string;
  log(error: unknown): void;
}

/**
 * What is known of the files that open scenarios name. Reading them runs behind, so that nobody waits for it: what was
 * found the last time is told at once, and when it turns out otherwise somebody is told to ask again.
 */
export class ScenarioPolicies {
  /** Called when an answer given earlier holds no longer. */
  onChange: () => void = () => undefined;
  private readonly init: ScenarioPoliciesInit;
  private readonly known = new Map<string, Known>();
  /** What is being read, with what is to be read next. */
  private readonly reading = new Map<string, SourceDocument | undefined>();

  constructor(init: ScenarioPoliciesInit) {
    this.init = init;
  }

  /** Why files that a scenario names cannot be used, as far as they have been read; undefined for other documents. */
  unusable(document: SourceDocument): ReadonlyMap<string, string> | undefined {
    const { uri, scenario } = document;
    if (!scenario || isPlaceless(uri)) return undefined;
    const known = this.known.get(uri);
    if (known?.files !== filesOf(document) || known.until < Date.now()) {
      if (this.reading.has(uri)) this.reading.set(uri, document);
      else void this.read(document);
    }
    return known?.unusable ?? NONE;
  }

  /** The same for those who can wait. */
  async readUnusable(document: SourceDocument): Promise<ReadonlyMap<string, string> | undefined> {
    return isPlaceless(document.uri) ? undefined : this.unusableOf(document);
  }

  /** A file has changed: what is known of it counts until it is read again. */
  expire(): void {
    for (const [uri, known] of this.known) this.known.set(uri, { ...known, until: 0 });
  }

  forget(uri: string): void {
    this.known.delete(uri);
  }

  private async read(first: SourceDocument): Promise<void> {
    const { uri } = first;
    for (let next: SourceDocument | undefined = first; next; next = this.reading.get(uri)) {
      this.reading.set(uri, undefined);
      const found = await this.unusableOf(next);
      const before = this.known.get(uri)?.unusable ?? NONE;
      if (found) this.known.set(uri, { unusable: found, files: filesOf(next), until: Date.now() + LASTS });
      if (found && !isSame(before, found)) this.onChange();
    }
    this.reading.delete(uri);
  }

  private async unusableOf({ uri, scenario }: SourceDocument): Promise<ReadonlyMap<string, string> | undefined> {
    if (!scenario) return undefined;
    try {
      const root = this.init.rootOf(folderOf(uri) ?? '');
      return await unusableFiles(
        scenario,
        scenarioFiles(uri, root, (file, kind) => this.init.read(file, kind, uri)),
      );
    } catch (error) {
      this.init.log(error);
      return undefined;
    }
  }
}

interface Known {
  readonly unusable: ReadonlyMap<string, string>;
  /** The files that it speaks of. */
  readonly files: string;
  readonly until: number;
}

/** Milliseconds: whoever types asks again and again, and files change behind the editor's back only now and then. */
const LASTS = 2000;

const filesOf = ({ scenario }: SourceDocument): string =>
  (scenario?.policies ?? []).map(({ file = '' }) => file).join('\n');

const NONE: ReadonlyMap<string, string> = new Map();

const isSame = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean =>
  one.size === other.size && [...one].every(([path, problem]) => other.get(path) === problem);
