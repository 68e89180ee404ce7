import type { PolicyUse } from '../../simulator/scenario/outline.ts';
import { folderOf, resolveUri, rootOf } from '../config/uris.ts';
import type { SourceDocument } from '../documents/source.ts';

/** A place where a scenario names a document. */
export interface ScenarioUse {
  readonly scenario: SourceDocument;
  readonly use: PolicyUse;
}

/** How scenarios are found and read: handed in, as all files are. */
export interface ScenarioSource {
  /** The workspace folders. */
  roots(): readonly string[];
  /** The scenarios that are stored in them. */
  find(): Promise<readonly string[]>;
  /** Those that are open, stored or not. */
  open(): readonly string[];
  /** As it is edited now, else as it is stored. */
  read(uri: string): Promise<SourceDocument | undefined>;
}

/** Which scenarios use a policy. Stored scenarios are read once, until somebody says that they changed. */
export class ScenarioIndex {
  private readonly source: ScenarioSource;
  private found: Promise<readonly string[]> | undefined;
  private readonly stored = new Map<string, Promise<SourceDocument | undefined>>();
  /** What {@link usesOf} last found, for as long as the scenarios are the same. */
  private uses: Uses | undefined;

  constructor(source: ScenarioSource) {
    this.source = source;
  }

  /** The places where scenarios name a document, in the order of the scenarios and their text. */
  async usesOf(uri: string): Promise<readonly ScenarioUse[]> {
    const scenarios = await this.all();
    const roots = this.source.roots();
    const known = this.uses;
    if (known && known.roots === roots && isSame(known.scenarios, scenarios)) return known.byPolicy.get(uri) ?? [];
    const byPolicy = usesIn(scenarios, roots);
    this.uses = { scenarios, roots, byPolicy };
    return byPolicy.get(uri) ?? [];
  }

  /** Scenarios may have come or gone. */
  forgetAll(): void {
    this.found = undefined;
    this.stored.clear();
  }

  /** A scenario reads otherwise by now. */
  forget(uri: string): void {
    this.stored.delete(uri);
  }

  private async all(): Promise<SourceDocument[]> {
    this.found ??= this.source.find();
    const uris = new Set([...(await this.found), ...this.source.open()]);
    const documents = await Promise.all([...uris].sort().map((uri) => this.document(uri)));
    return documents.filter((document) => document !== undefined);
  }

  private document(uri: string): Promise<SourceDocument | undefined> {
    let document = this.stored.get(uri);
    if (!document) {
      document = this.source.read(uri);
      this.stored.set(uri, document);
    }
    return document;
  }
}

interface Uses {
  readonly scenarios: readonly SourceDocument[];
  readonly roots: readonly string[];
  readonly byPolicy: ReadonlyMap<string, readonly ScenarioUse[]>;
}

function usesIn(scenarios: readonly SourceDocument[], roots: readonly string[]): Uses['byPolicy'] {
  const byPolicy = new Map<string, ScenarioUse[]>();
  for (const scenario of scenarios) {
    for (const { uri, use } of policiesOfScenario(scenario, roots)) {
      const uses = byPolicy.get(uri);
      if (uses) uses.push({ scenario, use });
      else byPolicy.set(uri, [{ scenario, use }]);
    }
  }
  return byPolicy;
}

/** The files that a scenario names, with where it does. */
export function policiesOfScenario(
  { uri, scenario }: SourceDocument,
  roots: readonly string[],
): readonly { readonly uri: string; readonly use: PolicyUse }[] {
  const folder = folderOf(uri) ?? '';
  const root = rootOf(folder, roots);
  return (scenario?.policies ?? []).flatMap((use) => {
    const named = use.file === undefined ? undefined : resolveUri(folder, use.file, root);
    return named === undefined ? [] : [{ uri: named, use }];
  });
}

const isSame = (some: readonly SourceDocument[], others: readonly SourceDocument[]): boolean =>
  some.length === others.length && some.every((each, index) => each === others[index]);
