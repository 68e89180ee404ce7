import { rule } from './rule.ts';
import { reporting, scenarioWith } from './support/scenarios.ts';

const step = (principal: string): string => `
{
  "principals": {
    "App": { "arn": "arn:aws:iam::111122223333:role/App" }
  },
  "keys": {
    "orders": { "aliases": ["alias/orders"] }
  },
  "steps": [
    { "can": "Decrypt", "as": "${principal}", "on": "alias/orders" }
  ]
}`;

export const scenarioUndefinedName = rule({
  id: 'scenario-undefined-name',
  group: 'invalid',
  kinds: ['scenario'],
  title: 'a name that a scenario does not define',
  documentation: {
    what:
      'A principal, key, grant or VPC endpoint that the file does not describe, and a response such as `$sealed` that no ' +
      'earlier step saves.',
    why: 'Nobody knows who or what is meant, so nothing of the scenario is run.',
    spares:
      'Principals that stand for themselves: ARNs, `root`, `root:444455556666` and `service:` with the name of a service. ' +
      'Keys by their id, ARN or alias. `KeyId` and the like in `input`, since a call may name what is not there.',
    bad: scenarioWith(step('Ap')),
    good: scenarioWith(step('App')),
    sources: [
      {
        title: 'AWS KMS Developer Guide: Key identifiers',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id',
      },
    ],
  },
  check: reporting('undefined-name'),
});
