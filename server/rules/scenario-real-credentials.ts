import { rule } from './rule.ts';
import { reporting, scenarioWith } from './support/scenarios.ts';

const principal = (id: string): string => `
{
  "principals": {
    "App": {
      "arn": "arn:aws:iam::111122223333:role/App",
      "accessKeyId": "${id}",
      "secretAccessKey": "kms-lens-orders"
    }
  }
}`;

export const scenarioRealCredentials = rule({
  id: 'scenario-real-credentials',
  group: 'invalid',
  kinds: ['scenario'],
  title: 'what may be a real access key in a scenario',
  documentation: {
    what:
      'An `accessKeyId` or `secretAccessKey` that is neither an example of AWS nor begins as those of scenarios do: ids with ' +
      '`AKIAKMSLENS`, secrets with `kms-lens-`. No message repeats it.',
    why:
      'Scenarios are kept beside the code and shared with it. Whoever reads a real key there can use it. Nothing of such a ' +
      'scenario is run. If the key was real, make it inactive, wherever else it is needed.',
    bad: scenarioWith(principal('AKIAORDERSAPP')),
    good: scenarioWith(principal('AKIAKMSLENSORDERS')),
    sources: [
      {
        title: 'IAM User Guide: Secure access keys',
        url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/securing_access-keys.html',
      },
      {
        title: 'IAM User Guide: Manage access keys for IAM users',
        url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
      },
    ],
  },
  check: reporting('real-credentials'),
});
