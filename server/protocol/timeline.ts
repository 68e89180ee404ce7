// What became of keys in a run.

/** What happened to the keys of a scenario, and when. */
export interface TimelineView {
  readonly uri: string;
  /** `Timeline of orders`. */
  readonly title: string;
  /** The scenario says something else by now. */
  readonly isOld: boolean;
  /** So much happened that the rest was left out. */
  readonly isCut: boolean;
  /** In the order in which they came, from the start to the end. Spans and marks say which by its index. */
  readonly moments: readonly TimelineMoment[];
  /** One for each key, and one for what is about no key. */
  readonly lanes: readonly TimelineLane[];
}

export interface TimelineMoment {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `2026-01-15 09:00:00`, in UTC. */
  readonly time: string;
}

export interface TimelineLane {
  /** What the scenario calls the key. */
  readonly name: string;
  /** Its ARN; empty where the lane is about no key. */
  readonly arn: string;
  /** What tells it from keys of the same name: its Region. */
  readonly region: string;
  readonly spans: readonly TimelineSpan[];
  readonly marks: readonly TimelineMark[];
}

/** For how long a key was in a state. */
export interface TimelineSpan {
  /** As KMS calls it; `gone` once it is deleted. */
  readonly state: string;
  readonly from: number;
  readonly to: number;
}

export const timelineKinds = [
  'made',
  'state',
  'rotation',
  'material',
  'policy',
  'alias',
  'tags',
  'grant',
  'deletion',
  'calls',
  'error',
  'throttling',
] as const;

export type TimelineKind = (typeof timelineKinds)[number];

export interface TimelineMark {
  readonly moment: number;
  readonly kind: TimelineKind;
  /** `Rotated automatically`. */
  readonly title: string;
  /** Who called, by the name of the scenario; empty where nobody did. */
  readonly by: string;
  /** In sentences: what AWS says of an error. */
  readonly detail: string;
  readonly changes: readonly { readonly what: string; readonly before?: string; readonly after?: string }[];
  readonly facts: readonly (readonly [what: string, value: string])[];
  /** The step in which it happened. */
  readonly step: { readonly index: number; readonly name: string };
}

/** The same as text, in a read-only document. */
export interface TimelineDocument {
  readonly summary: string;
  /** The URI of the document. */
  readonly report: string;
  readonly text: string;
}
