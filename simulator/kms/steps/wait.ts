import { parseDuration } from '../../scenario/duration.ts';
import { isWait } from '../../scenario/file.ts';
import type { StepKind } from '../../scenario/step.ts';
import { DAY } from '../by-itself.ts';
import { noticing } from './noticing.ts';
import { sessionOf } from './session.ts';

/** Whatever happens in a longer time happens many times over. */
const MOST_YEARS = 100;

/** The clock moves: rotations, expiries and deletions that are due happen. */
export const wait: StepKind = {
  name: 'wait',
  run: (entry, play) =>
    noticing(play, async () => {
      if (!isWait(entry)) throw new TypeError('this is no wait');
      const duration = parseDuration(entry.wait);
      if (duration === undefined) throw new TypeError(`\`${entry.wait}\` is no duration`);
      const { clock, service, publish } = sessionOf(play);
      if (clock.now() + duration > play.start.start + MOST_YEARS * 365 * DAY)
        return { outcome: 'error', problem: `a scenario lasts ${MOST_YEARS} years at most: wait for less` };
      clock.advance(duration);
      service.settle();
      publish();
      return { outcome: 'info', reason: `it is ${new Date(clock.now()).toISOString().replace('.000Z', 'Z')} now` };
    }),
};
