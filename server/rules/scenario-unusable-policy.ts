import { rule } from './rule.ts';
import { scenarioWith } from './support/scenarios.ts';
import { keyPolicyOverview } from './support/sources.ts';

const key = (policy: string): string => `
{
  "keys": {
    "orders": { "policy": "${policy}" }
  },
  "steps": [
    { "can": "Decrypt", "on": "orders", "expect": "allowed" }
  ]
}`;

export const scenarioUnusablePolicy = rule({
  id: 'scenario-unusable-policy',
  group: 'invalid',
  kinds: ['scenario'],
  title: 'a file that a scenario names as a policy and that is none',
  documentation: {
    what:
      'A path that leads to no file, to a file outside of the workspace folder (for the command line: the current folder), or ' +
      'to one that holds no policy that AWS would take.',
    why: 'Access cannot be decided without it, so nothing of the scenario is run.',
    spares: 'Scenarios that have no folder yet, such as new files and standard input.',
    bad: {
      ...scenarioWith(key('order.key-policy.json')),
      facts: { unusableFiles: new Map([['order.key-policy.json', 'cannot be read: mend the path or add the file']]) },
    },
    good: scenarioWith(key('orders.key-policy.json')),
    sources: [keyPolicyOverview],
  },
  check: {
    scenario({ policies }, { facts, report }) {
      for (const { file, path } of policies) {
        const problem = file === undefined ? undefined : facts.unusableFiles?.get(file);
        if (problem !== undefined) report({ at: { path }, message: `\`${file}\` ${problem}` });
      }
    },
  },
});
