import type { ScenarioRun, StepDoneJson } from '../protocol.ts';

/** What the steps of scenarios last came to, until their text or a policy that takes part changes. */
export class ScenarioResults {
  private readonly runs = new Map<string, Kept>();

  /** @param texts what took part, by URI, the scenario's own text included */
  add({ uri, steps }: ScenarioRun, texts: ReadonlyMap<string, string>): void {
    const kept = this.runs.get(uri) ?? { steps: new Map(), texts: new Map() };
    for (const step of steps) kept.steps.set(step.index, step);
    for (const [document, text] of texts) kept.texts.set(document, text);
    this.runs.set(uri, kept);
  }

  get(uri: string, step: number): StepDoneJson | undefined {
    return this.runs.get(uri)?.steps.get(step);
  }

  /**
   * Forgets what a change of a document makes doubtful; the scenarios that lost their results.
   *
   * @param text what the document says now: opening one that reads as it did when it ran changes nothing
   */
  forget(document: string, text?: string): readonly string[] {
    const doubtful = [...this.runs].filter(([, { texts }]) => texts.has(document) && texts.get(document) !== text);
    for (const [uri] of doubtful) this.runs.delete(uri);
    return doubtful.map(([uri]) => uri);
  }
}

interface Kept {
  readonly steps: Map<number, StepDoneJson>;
  readonly texts: Map<string, string>;
}
