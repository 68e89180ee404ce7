import { beforeAll, describe, expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import { check } from '../../../server/rules/engine.ts';
import { rules } from '../../../server/rules/generated/index.ts';
import { severityOfGroup } from '../../../server/rules/rule.ts';
import { forgetTexts } from '../../../simulator/text/remembered.ts';
import { faultsManyTimes } from './faults.ts';
import { longConditions, longLists, manyStatements, type Sized, strangeTexts } from './shapes.ts';
import { WorkCounter } from './work.ts';

/** Rules that are off by themselves are asked as well. */
const severities = Object.fromEntries(
  rules.filter(({ optIn }) => optIn).map(({ id, group }) => [id, severityOfGroup[group]]),
);

/** More than any list that rules compare entry by entry. */
const SMALL = 300;
/** What grows with the logarithm as well takes a bit more than twice; the square takes four times. */
const TWICE = 2.6;
/** How often a block may run whatever the length: caches that fill, tables that are made at first use. */
const SLACK = 1_000;

const counter = new WorkCounter();
beforeAll(() => counter.start());

const shapes = { ...manyStatements, ...longLists, ...longConditions, ...strangeTexts, ...faultsManyTimes() };

describe.each(Object.entries(shapes))('%s', (_, shape) => {
  test('cost twice as much when there are twice as many', async () => {
    run(shape(SMALL, 'qa'));
    const small = await counter.of(() => run(shape(SMALL, 'qb')));
    const large = await counter.of(() => run(shape(2 * SMALL, 'qc')));
    const steep = [...large].filter(([name, times]) => TWICE * (small.get(name) ?? 0) + SLACK < times);
    expect(steep.map(([name, times]) => `${name}: ${small.get(name) ?? 0} → ${times}`)).toEqual([]);
  });
});

function run({ file, text }: Sized): void {
  // What was read of the smaller one would be spared in the larger.
  forgetTexts();
  check(new SourceDocument({ uri: file, text }), {
    rules,
    severities,
    onError: (_, error) => {
      throw error;
    },
  });
}
