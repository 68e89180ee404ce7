import type { StepKindName } from '../../../../simulator/scenario/file.ts';
import { stepShape } from '../../../../simulator/scenario/format/steps.ts';
import type { MapShape, ObjectShape } from '../../../../simulator/scenario/shape.ts';
import { type Context, takenNames } from '../context.ts';
import type { Offer } from '../offer.ts';
import type { Snippet } from '../snippet.ts';
import { namedSkeleton, skeletonWith, usualThings } from './skeleton.ts';

/** A new principal, key, grant or VPC endpoint, under a name that is free. */
export function thingOffers(context: Context, shape: MapShape): readonly Offer[] {
  const { defines, of, names } = shape;
  if (!defines || of.type !== 'object' || context.cursor.nameOnly) return [];
  const name = freeName(takenNames(context), names?.example ?? usualThings[defines].name);
  const insert = { type: 'member', ...namedSkeleton(shape, name) } as const;
  return [{ label: of.what, kind: 'whole', insert, note: 'a new one', again: true }];
}

function freeName(taken: ReadonlySet<string>, start: string): string {
  if (!taken.has(start)) return start;
  let number = 2;
  while (taken.has(`${start}${number}`)) number++;
  return `${start}${number}`;
}

/** A new step of each kind. */
export function stepOffers(): readonly Offer[] {
  return Object.entries(STEPS).map(([kind, members]) => {
    const shape: ObjectShape | undefined = stepShapes[kind];
    return {
      label: kind,
      kind: 'whole',
      insert: { type: 'json', text: shape ? skeletonWith(shape, members) : '{}' },
      note: shape?.what ?? '',
      about: { type: 'scenario-member', name: `/steps/*?${kind}/${kind}` },
      again: true,
    };
  });
}

const stepShapes: Readonly<Record<string, ObjectShape>> = stepShape.variants;

const STEPS: Readonly<Record<StepKindName, readonly string[]>> = {
  can: ['can', 'as', 'on', 'expect'],
  call: ['call', 'as', 'input', 'expect'],
  wait: ['wait'],
  envelope: ['envelope', 'as', 'payload', 'encryptionContext', 'expect'],
  backend: ['backend', 'error'],
  service: ['service', 'do', 'as', 'key', 'bucket', 'object', 'expect'],
  load: ['load', 'per', 'for', 'expect'],
};

/** A small world and one step in it. */
export const wholeScenario: Offer = {
  label: 'Scenario',
  kind: 'whole',
  insert: { type: 'json', text: wholeText() },
  note: 'a principal, a key and a step',
  again: true,
};

function wholeText(): Snippet {
  return [
    '{',
    '\t"principals": {',
    '\t\t"${1:App}": { "arn": "arn:aws:iam::${2:111122223333}:role/${1:App}", "policies": [] }',
    '\t},',
    '\t"keys": {',
    '\t\t"${3:orders}": { "aliases": ["alias/${3:orders}"] }',
    '\t},',
    '\t"steps": [',
    '\t\t{ "can": "${4:Decrypt}", "as": "${1:App}", "on": "${3:orders}", "expect": "${5|denied,allowed,depends|}" }',
    '\t]',
    '}',
  ].join('\n');
}
