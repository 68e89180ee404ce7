import { findServiceContextKey, serviceContextKeys } from '../../simulator/facts/service-contexts.ts';
import { nearest } from '../../simulator/text/nearest.ts';
import { remembered } from '../../simulator/text/remembered.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { factOf, withKey } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { kmsConditionKeys } from './support/sources.ts';

export const kmsContextServiceArnTypo = rule({
  id: 'kms-context-service-arn-typo',
  group: 'suspicious',
  kinds: policyKinds,
  title: 'an encryption context key that the service does not set',
  documentation: {
    what: 'A condition on an encryption context key that looks like one of a service and is none, such as `aws:s3:bucket` for `aws:s3:arn`.',
    why: 'Services put their own keys into the encryption context, and the condition key has to end in just such a key. Another one is never in their requests.',
    spares:
      'Keys of your own, capitals, which do not count in the name of a condition key, and services whose keys we do not know.',
    bad: keyPolicyWithCondition('"ArnLike": { "kms:EncryptionContext:aws:s3:bucket": "arn:aws:s3:::orders" }'),
    good: keyPolicyWithCondition('"ArnLike": { "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::orders" }'),
    sources: [
      kmsConditionKeys,
      {
        title: 'AWS KMS Developer Guide: Encryption context',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html',
      },
    ],
  },
  check: {
    condition(condition, statement, { report }) {
      const { key } = condition;
      if (key.stem !== 'kms:encryptioncontext:' || !key.variable || !factOf(condition)) return;
      const meant = meantKey(key.variable.text);
      if (meant === undefined) return;
      report({
        at: { path: condition.path, part: 'key', span: key.variable.span },
        message: `no service is known to set \`${key.variable.text}\` in the encryption context`,
        why: `the key that ${findServiceContextKey(meant)?.serviceName ?? 'the service'} sets is \`${meant}\``,
        next: `write \`${meant}\``,
        fixes: withKey(condition, statement, `kms:EncryptionContext:${meant}`, false),
      });
    },
  },
});

/** Services that set this one key and no other. */
const ONLY: readonly string[] = ['aws:s3:arn', 'aws:ebs:id', 'aws:cloudtrail:arn'];

/** Names of services differ by a letter, so a slip is looked for among the keys of one service alone. */
const meantKey = remembered((text): string | undefined => {
  if (findServiceContextKey(text)) return undefined;
  const [prefix] = /^aws:[a-z0-9-]+:/i.exec(text) ?? [];
  if (prefix === undefined) return byLetters.get(lettersOf(text));
  const isOfService = (key: string): boolean => key.startsWith(prefix.toLowerCase());
  const own = serviceContextKeys.map(({ key }) => key).filter(isOfService);
  return ONLY.find(isOfService) ?? nearest(text, own);
});

function lettersOf(text: string): string {
  return text.replaceAll(/[^A-Za-z]/g, '').toLowerCase();
}

/** Of keys with the same letters the first. */
const byLetters: ReadonlyMap<string, string> = new Map(
  serviceContextKeys.toReversed().map(({ key }) => [lettersOf(key), key]),
);
