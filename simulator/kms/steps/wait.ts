import { parseDuration } from '../../scenario/duration.ts';
import { isWait } from '../../scenario/file.ts';
import type { Play } from '../../scenario/play.ts';
import type { StepKind } from '../../scenario/step.ts';
import { DAY } from '../by-itself.ts';
import { noticing } from './noticing.ts';
import { type Session, sessionOf } from './session.ts';

/** Whatever happens in a longer time happens many times over. */
export const MOST_YEARS = 100;

/** The clock moves: rotations, expiries and deletions that are due happen. */
export const wait: StepKind = {
  name: 'wait',
  run: (entry, play) =>
    noticing(play, async () => {
      if (!isWait(entry)) throw new TypeError('this is no wait');
      const duration = parseDuration(entry.wait);
      if (duration === undefined) throw new TypeError(`\`${entry.wait}\` is no duration`);
      const session = sessionOf(play);
      if (!pass(session, play, duration))
        return { outcome: 'error', problem: `a scenario lasts ${MOST_YEARS} years at most: wait for less` };
      session.publish();
      return {
        outcome: 'info',
        reason: `it is ${new Date(session.clock.now()).toISOString().replace('.000Z', 'Z')} now`,
      };
    }),
};

/** Moves the clock, unless it goes too far; what is due by then happens. */
export function pass({ clock, service }: Session, { start }: Play, milliseconds: number): boolean {
  if (clock.now() + milliseconds > start.start + MOST_YEARS * 365 * DAY) return false;
  clock.advance(milliseconds);
  service.settle();
  return true;
}
