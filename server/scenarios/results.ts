import type { ScenarioRun, StepDoneJson } from '../protocol.ts';

/** What the steps of scenarios last came to, until their text or a policy that takes part changes. */
export class ScenarioResults {
  private readonly runs = new Map<string, Kept>();

  /** @param documents the URIs of the policies that took part */
  add({ uri, steps }: ScenarioRun, documents: Iterable<string>): void {
    const kept = this.runs.get(uri) ?? { steps: new Map(), documents: new Set() };
    for (const step of steps) kept.steps.set(step.index, step);
    for (const document of documents) kept.documents.add(document);
    this.runs.set(uri, kept);
  }

  get(uri: string, step: number): StepDoneJson | undefined {
    return this.runs.get(uri)?.steps.get(step);
  }

  /** Forgets what a change of a document makes doubtful; the scenarios that lost their results. */
  forget(document: string): readonly string[] {
    const doubtful = [...this.runs].filter(([uri, { documents }]) => uri === document || documents.has(document));
    for (const [uri] of doubtful) this.runs.delete(uri);
    return doubtful.map(([uri]) => uri);
  }
}

interface Kept {
  readonly steps: Map<number, StepDoneJson>;
  readonly documents: Set<string>;
}
