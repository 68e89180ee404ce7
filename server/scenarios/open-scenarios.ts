import type { OpenScenario } from './open.ts';

/** Scenarios with their policies read, until one of the documents changes. */
export class OpenScenarios {
  private readonly open: (uri: string) => Promise<OpenScenario>;
  private readonly kept = new Map<string, Kept>();

  constructor(open: (uri: string) => Promise<OpenScenario>) {
    this.open = open;
  }

  get(uri: string): Promise<OpenScenario> {
    const known = this.kept.get(uri);
    if (known) return known.scenario;
    const scenario = this.open(uri);
    const kept: Kept = { scenario, documents: undefined };
    if (MOST_KEPT <= this.kept.size) this.kept.clear();
    this.kept.set(uri, kept);
    scenario.then(
      ({ looked }) => {
        kept.documents = looked;
      },
      () => this.kept.delete(uri),
    );
    return scenario;
  }

  /** What was read of a document counts no longer. */
  forget(document: string): void {
    // What is still being read may have read the old text already.
    for (const [uri, { documents }] of this.kept)
      if (uri === document || !documents || documents.has(document)) this.kept.delete(uri);
  }

  forgetAll(): void {
    this.kept.clear();
  }
}

interface Kept {
  readonly scenario: Promise<OpenScenario>;
  documents: ReadonlySet<string> | undefined;
}

/** Those that people look at; the others are read again. */
const MOST_KEPT = 20;
