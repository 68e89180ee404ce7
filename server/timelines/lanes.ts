import type { RecordedKey, Recording } from '../../simulator/kms/steps/recording.ts';
import type { ScenarioOutline } from '../../simulator/scenario/outline.ts';
import type { TimelineLane, TimelineMark, TimelineMoment, TimelineSpan, TimelineView } from '../protocol.ts';
import { TrailNames, trailTime } from '../scenarios/trail-view.ts';
import { marksOf } from './marks.ts';

/** The part of a timeline that hangs on nothing but the play. */
export type Timeline = Pick<TimelineView, 'moments' | 'lanes' | 'isCut'>;

/** What was recorded, as lanes with the names of the scenario. */
export function timelineOf({ start, end, keys, moments, isCut }: Recording, outline: ScenarioOutline): Timeline {
  const entries = moments.flatMap(({ step, events }) => events.map((event) => ({ step, event })));
  const names = new TrailNames(outline, entries);
  const lanes = new Map<string | undefined, Lane>(keys.map((key) => [key.arn, new Lane(key)]));
  for (const [index, moment] of moments.entries()) {
    // The start stands before all of them.
    const place = index + 1;
    for (const { arn, what, after } of moment.changes) if (what === 'state') lanes.get(arn)?.change(place, after);
    const step = { index: moment.step, name: outline.steps[moment.step]?.title ?? '' };
    for (const { arn, mark } of marksOf(moment, (event) => names.principalOf(event).principal)) {
      // A key of an event that never was has no lane.
      const lane = lanes.get(arn) ?? lanes.get(undefined) ?? new Lane(undefined);
      if (!lanes.has(arn) && !lanes.has(undefined)) lanes.set(undefined, lane);
      lane.marks.push({ ...mark, moment: place, step });
    }
  }
  const times = [start, ...moments.map(({ at }) => at), end];
  const last = times.length - 1;
  return { moments: times.map(momentAt), lanes: [...lanes.values()].map((lane) => lane.done(last)), isCut };
}

const momentAt = (at: number): TimelineMoment => ({ at, time: trailTime(new Date(at).toISOString()) });

class Lane {
  readonly marks: TimelineMark[] = [];
  private readonly key: RecordedKey | undefined;
  private readonly spans: TimelineSpan[] = [];
  private state: string | undefined;
  private since = 0;

  /** @param key undefined: for what is about none */
  constructor(key: RecordedKey | undefined) {
    this.key = key;
    this.state = key?.state;
  }

  change(place: number, state: string | undefined): void {
    this.close(place);
    this.state = state ?? 'gone';
    this.since = place;
  }

  private close(to: number): void {
    if (this.state !== undefined) this.spans.push({ state: this.state, from: this.since, to });
  }

  done(last: number): TimelineLane {
    this.close(last);
    const { key, spans, marks } = this;
    return {
      name: key?.name ?? 'No key',
      arn: key?.arn ?? '',
      region: key?.arn.split(':')[3] ?? '',
      spans,
      marks,
    };
  }
}
