import { rule } from './rule.ts';
import { kmsOperations, reporting, scenarioWith } from './support/scenarios.ts';

const step = (input: string): string => `
{
  "keys": {
    "orders": { "aliases": ["alias/orders"] }
  },
  "steps": [
    { "call": "GenerateDataKey", "input": { "KeyId": "orders", ${input} }, "save": "key" }
  ]
}`;

export const scenarioRefusedCall = rule({
  id: 'scenario-refused-call',
  group: 'suspicious',
  kinds: ['scenario'],
  title: 'a call that KMS refuses whatever the policies say',
  documentation: {
    what:
      'A call of a scenario whose request lacks a member that KMS needs, or has one with a value of another type, with none of ' +
      'the possible values, or outside of its range.',
    why:
      'KMS answers with a ValidationException or a SerializationException before it looks at the key or asks whether the caller ' +
      'may, so that the step says nothing about either.',
    spares:
      'Steps that expect an `error`, since it may be this one, values that an earlier step saved, and operations that cannot be ' +
      'called yet.',
    bad: scenarioWith(step('"KeySpec": "AES_512"')),
    good: scenarioWith(step('"KeySpec": "AES_256"')),
    sources: [kmsOperations],
  },
  check: reporting('refused-call'),
});
