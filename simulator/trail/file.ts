import type { TrailEvent } from './event.ts';

/** Events in the shape of the log files that CloudTrail delivers. */
export function trailFile(events: readonly TrailEvent[]): string {
  return `${JSON.stringify({ Records: events }, null, 2)}\n`;
}
