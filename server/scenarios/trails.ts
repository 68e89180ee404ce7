import type { TrailEvent } from '../../simulator/trail/event.ts';

/** An event with the step that caused it, by index. */
export interface TrailEntry {
  readonly step: number;
  readonly event: TrailEvent;
}

/** What CloudTrail recorded when a scenario last ran. */
export interface KeptTrail {
  readonly entries: readonly TrailEntry[];
  /** Of the scenario as it ran. */
  readonly text: string;
}

/** The trails of the scenarios that ran. What happened stays what happened, however the scenario is edited since. */
export class ScenarioTrails {
  private readonly kept = new Map<string, KeptTrail>();

  /** A run without a call leaves the trail of the last one that had some. */
  add(uri: string, trail: KeptTrail): void {
    if (trail.entries.length === 0) return;
    this.kept.delete(uri);
    this.kept.set(uri, trail);
    const [oldest] = this.kept.keys();
    if (oldest !== undefined && MOST_KEPT < this.kept.size) this.kept.delete(oldest);
  }

  get(uri: string): KeptTrail | undefined {
    return this.kept.get(uri);
  }
}

/** Those that people look at. */
const MOST_KEPT = 10;
