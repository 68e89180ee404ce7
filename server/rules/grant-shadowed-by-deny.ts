import { fromValue } from '../../simulator/json/node.ts';
import type { Statement } from '../../simulator/policy/document.ts';
import { readPolicy } from '../../simulator/policy/document.ts';
import { rule } from './rule.ts';
import { grantWith } from './support/grants.ts';
import { factsOfOneKey } from './support/one-key.ts';
import { type Shadowed, Shadows } from './support/shadowed.ts';

const facts = {
  keyPolicy: readPolicy(
    fromValue({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Enable IAM policies',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          Action: 'kms:*',
          Resource: '*',
        },
        { Sid: 'No decryption', Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' },
      ],
    }),
    [],
  ),
};

export const grantShadowedByDeny = rule({
  id: 'grant-shadowed-by-deny',
  group: 'suspicious',
  kinds: ['grant'],
  title: 'a grant that the policy of its key takes back',
  documentation: {
    what: 'An operation of a grant that a `Deny` of the key policy refuses to its grantee in every request that the grant allows.',
    why: 'A grant only allows. An explicit deny wins over it, so the grantee still cannot do what the grant says.',
    spares:
      'Documents whose key policy is not known, documents with grants on several keys, and a `Deny` that hangs on something that the grant leaves open.',
    bad: { ...grantWith({ Operations: ['Decrypt', 'GenerateDataKey'] }), facts },
    good: { ...grantWith({ Operations: ['GenerateDataKey'] }), facts },
    sources: [
      {
        title: 'AWS KMS Developer Guide: Grants in AWS KMS',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/grants.html',
      },
      {
        title: 'IAM User Guide: Policy evaluation logic',
        url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html',
      },
    ],
  },
  check: {
    grants({ grants }, context) {
      const { keyPolicy, ...known } = factsOfOneKey(grants, context.facts);
      if (!keyPolicy) return;
      const shadows = new Shadows(keyPolicy, known);
      for (const grant of grants) {
        const found = shadows.of(grant);
        const [first] = found;
        if (!first) continue;
        const isAll = 1 < found.length && found.length === grant.operations.length && isByOne(found);
        const next = 'change the key policy, or leave it out of the grant';
        if (isAll)
          context.report({
            at: { path: [...grant.path, 'Operations'], part: 'key' },
            message: `the key policy denies the grantee all of them, by ${nameOf(first.by)}`,
            why: 'an explicit deny wins over a grant, so the grant allows nothing',
            next: 'change the key policy, or do without the grant',
          });
        else
          for (const { operation, by } of found)
            context.report({
              at: { path: operation.path },
              message: `the key policy denies the grantee \`${operation.text}\`, by ${nameOf(by)}`,
              why: 'an explicit deny wins over a grant',
              next,
            });
      }
    },
  },
});

function isByOne(found: readonly Shadowed[]): boolean {
  return found.every(({ by }) => by === found[0]?.by);
}

function nameOf({ sid, path }: Statement): string {
  const last = path.at(-1);
  if (sid) return `its statement \`${sid}\``;
  return typeof last === 'number' ? `its statement ${last + 1}` : 'its only statement';
}
