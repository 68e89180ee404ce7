import { rule } from './rule.ts';
import { kmsOperations, reporting, scenarioWith } from './support/scenarios.ts';

const step = (members: string): string => `
{
  "principals": {
    "App": { "arn": "arn:aws:iam::111122223333:role/App" }
  },
  "keys": {
    "orders": { "aliases": ["alias/orders"] }
  },
  "steps": [
    { "can": "Decrypt", "as": "App", ${members} }
  ]
}`;

export const scenarioMalformed = rule({
  id: 'scenario-malformed',
  group: 'invalid',
  kinds: ['scenario'],
  title: 'a part of a scenario that means nothing',
  documentation: {
    what:
      'A member that scenarios do not have, a value of the wrong type or none of the possible ones, a member that is ' +
      'missing, and members that contradict each other. Of a call also a parameter, a part of a response or an error that ' +
      'the API does not have.',
    why:
      'Nothing of such a scenario is run: `kms-lens test` reports the mistake in place of the steps. A mistake in the request of ' +
      'a call, or in what it expects, costs that step alone.',
    spares:
      'The `input` of access checks, requests of operations that cannot be called yet, and what cannot be told because the JSON around ' +
      'it is broken. Of members that are given twice `json-duplicate-key` speaks.',
    bad: scenarioWith(step('"key": "orders"')),
    good: scenarioWith(step('"on": "orders"')),
    sources: [kmsOperations],
  },
  check: reporting('malformed'),
});
