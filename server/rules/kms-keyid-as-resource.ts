import { isKeyId } from '../../simulator/policy/syntax/arn-kms.ts';
import { hole } from './holes.ts';
import { type Fix, rule } from './rule.ts';
import { likelyAccount } from './support/accounts.ts';
import { identityPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { isBareKey } from './support/kms-resources.ts';
import { elementPage } from './support/sources.ts';

const statement = (resource: string): string => `
{
  "Sid": "DecryptOrders",
  "Effect": "Allow",
  "Action": "kms:Decrypt",
  "Resource": "${resource}"
}`;

export const kmsKeyidAsResource = rule({
  id: 'kms-keyid-as-resource',
  group: 'invalid',
  kinds: policyKinds,
  title: 'an id or an alias of a key in place of its ARN',
  documentation: {
    what: 'A `Resource` that is the id of a key, `key/` with the id, or `alias/` with a name.',
    why: 'Calls to AWS KMS take an id or an alias; policies take ARNs. AWS rejects the policy, or the entry stands for nothing.',
    bad: identityPolicyWith(statement('1234abcd-12ab-34cd-56ef-1234567890ab')),
    good: identityPolicyWith(statement('arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab')),
    sources: [
      {
        title: 'AWS KMS Developer Guide: Using IAM policies with AWS KMS, specifying KMS keys',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html',
      },
      elementPage('resource'),
    ],
  },
  check: {
    resource({ text, path }, _statement, context) {
      if (!isBareKey(text)) return;
      const inKeyPolicy = context.kind.kind === 'key-policy';
      const id = text.replace(/^key\//, '');
      const arn = `arn:aws:kms:${hole('region')}:${hole(likelyAccount(context.policy).id)}:key/${isKeyId(id) ? id : hole('key-id')}`;
      const change = (title: string, value: string): Fix => ({
        title,
        safe: false,
        edits: [{ op: 'replace', place: { path }, text: JSON.stringify(value) }],
      });
      context.report({
        at: { path },
        message: `\`${text}\` is no ARN`,
        why: 'policies name keys by their ARNs, so AWS rejects it, or it stands for nothing',
        next: inKeyPolicy ? 'write `"*"`, which here means the key itself' : 'write the ARN of the key',
        fixes: inKeyPolicy ? [change('change to `*`', '*')] : [change('write the ARN of the key', arn)],
      });
    },
  },
});
