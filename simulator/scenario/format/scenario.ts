import { list, member, type ObjectShape, object } from '../shape.ts';
import { stepShape } from './steps.ts';
import { worldMembers } from './world.ts';

/** The whole file. */
export const scenarioShape: ObjectShape = object('a scenario', {
  ...worldMembers,
  steps: member(list(stepShape), 'What is tried in this world, one after another.'),
});
