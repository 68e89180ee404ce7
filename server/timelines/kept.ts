import type { Timeline } from './lanes.ts';

/** A timeline with the text of the scenario as it was played. */
export interface KeptTimeline {
  readonly timeline: Timeline;
  readonly text: string;
}

/** The timelines that were looked at since the scenarios last ran. */
export class Timelines {
  private readonly kept = new Map<string, KeptTimeline>();
  private readonly ran = new Set<string>();

  add(uri: string, timeline: KeptTimeline): void {
    this.kept.delete(uri);
    this.kept.set(uri, timeline);
    const [oldest] = this.kept.keys();
    if (oldest !== undefined && MOST_KEPT < this.kept.size) this.kept.delete(oldest);
  }

  get(uri: string): KeptTimeline | undefined {
    return this.kept.get(uri);
  }

  /** The scenario ran, by its text or policies of now: what is looked at next is that. */
  noteRun(uri: string): void {
    this.ran.add(uri);
    this.kept.delete(uri);
  }

  hasRun(uri: string): boolean {
    return this.ran.has(uri);
  }
}

/** Those that people look at. */
const MOST_KEPT = 10;
