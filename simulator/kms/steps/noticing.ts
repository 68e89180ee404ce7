import type { Play } from '../../scenario/play.ts';
import type { StepRun } from '../../scenario/step.ts';
import { changesBetween, stateOf } from './changes.ts';
import { sessionOf } from './session.ts';

/** Takes a step, and adds what CloudTrail recorded meanwhile and, in an attentive play, what changed. */
export async function noticing(play: Play, take: () => Promise<StepRun>): Promise<StepRun> {
  const session = sessionOf(play);
  const recorded = session.service.trail.length;
  const before = play.attentive ? stateOf(session) : undefined;
  const run = await take();
  const events = session.service.trail.slice(recorded);
  if (!before) return events.length > 0 ? { ...run, events } : run;
  const concerned = new Set(events.flatMap(({ resources = [] }) => resources.map(({ ARN }) => ARN)));
  const keys = [...before].flatMap(([arn, key]) => (concerned.has(arn) ? [{ ...key, arn }] : []));
  return { ...run, events, keys, changes: changesBetween(before, stateOf(session)) };
}
