import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { resourcePolicyKinds } from './support/kinds.ts';
import { elementPage } from './support/sources.ts';

const statement = (service: string): string => `
{
  "Sid": "Encrypt trails",
  "Effect": "Allow",
  "Principal": { "Service": "${service}" },
  "Action": "kms:GenerateDataKey*",
  "Resource": "*",
  "Condition": {
    "StringEquals": { "aws:SourceAccount": "111122223333" }
  }
}`;

export const principalServiceWildcard = rule({
  id: 'principal-service-wildcard',
  group: 'exposure',
  kinds: resourcePolicyKinds,
  title: 'a key for every service of AWS',
  documentation: {
    what: 'An `Allow` with `"*"` under `Service`.',
    why:
      'It lets in every service of AWS, those to come included. Each can be made to act by people of other accounts, so ' +
      'whoever finds a service that passes a key on can use this one.',
    spares: '`Deny` statements, and a condition that names the services in `aws:PrincipalServiceName`.',
    bad: keyPolicyWith(statement('*')),
    good: keyPolicyWith(statement('cloudtrail.amazonaws.com')),
    sources: [
      elementPage('principal'),
      {
        title: 'IAM User Guide: The confused deputy problem',
        url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
      },
    ],
  },
  check: {
    statement({ effect, principal, conditions }, { report }) {
      if (effect !== 'Allow' || !principal || principal.negated) return;
      const stars = principal.items.filter(({ pattern }) => pattern.kind === 'every-service');
      const names = conditions.some(
        ({ key, operator }) => key.lower.startsWith('aws:principalservicename') && !operator.negated,
      );
      if (names) return;
      for (const { path } of stars) {
        report({
          at: { path },
          message: '`*` under `Service` lets in every service of AWS',
          why: 'those to come included, for whoever can make one of them act',
          next: 'name the services',
        });
      }
    },
  },
});
