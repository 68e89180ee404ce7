// What CloudTrail recorded of a run.

/** What CloudTrail recorded in the last run of a scenario that called something. */
export interface TrailView {
  readonly uri: string;
  /** `CloudTrail of orders`. */
  readonly title: string;
  /** In the order in which they happened. */
  readonly rows: readonly TrailRow[];
  /** The scenario says something else by now. */
  readonly isOld: boolean;
}

export interface TrailRow {
  /** `2026-01-15 09:00:00`, in UTC. */
  readonly time: string;
  readonly event: string;
  /** The name that the scenario gives, else an ARN or a service; empty for what KMS does by itself. */
  readonly principal: string;
  /** The ARN behind a name. */
  readonly arn: string;
  /** The keys and aliases that it is about. */
  readonly keys: readonly string[];
  /** The account that it was recorded in. */
  readonly account: string;
  readonly region: string;
  readonly error?: string;
  /** The step that caused it. */
  readonly step: { readonly index: number; readonly name: string };
  /** The event as CloudTrail has it. */
  readonly record: object;
}

/** The same as the text of a log file, in a read-only document. */
export interface TrailDocument {
  readonly summary: string;
  /** The URI of the document. */
  readonly report: string;
  /** `{ "Records": [ … ] }`. */
  readonly text: string;
}
