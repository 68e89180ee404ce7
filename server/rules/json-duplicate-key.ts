import { hasRepeatedNames } from '../../simulator/json/node.ts';
import { withoutCredentials } from '../../simulator/text/credentials.ts';
import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { jsonGrammar } from './support/sources.ts';

export const jsonDuplicateKey = rule({
  id: 'json-duplicate-key',
  group: 'invalid',
  kinds: ['key-policy', 'iam-policy', 'scp', 'rcp', 'vpce-policy', 'grant', 'scenario'],
  title: 'a member that a later one of the same name overrides',
  documentation: {
    what: 'Two members with the same name in one object. The one that is reported is the one that gets lost.',
    why:
      'Of members with the same name, readers of JSON keep the last and say nothing. What the first one allowed, denied ' +
      'or required is gone: a second `StringEquals` block, for instance, throws away the conditions of the first.',
    spares: 'Names that differ by capitals, and whatever stands inside a member that is lost anyway.',
    bad: keyPolicyWith(`
{
  "Sid": "Use for orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:Decrypt",
  "Action": "kms:GenerateDataKey",
  "Resource": "*"
}`),
    good: keyPolicyWith(`
{
  "Sid": "Use for orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
  "Resource": "*"
}`),
    sources: [
      jsonGrammar,
      {
        title: 'RFC 8259: The JavaScript Object Notation, section 4',
        url: 'https://www.rfc-editor.org/rfc/rfc8259#section-4',
      },
    ],
  },
  check: {
    object(object, { report }) {
      const { members } = object.node;
      if (!hasRepeatedNames(members)) return;
      const counts = new Map<string, number>();
      for (const { key } of members) counts.set(key.value, (counts.get(key.value) ?? 0) + 1);
      const repeated = [...counts].filter(([, count]) => 1 < count);
      for (const [name, count] of repeated.slice(0, MAX_FINDINGS)) {
        const path = [...object.path, name];
        for (let occurrence = 0; occurrence < Math.min(count - 1, MAX_FINDINGS); occurrence++)
          report({
            at: { path, part: 'key', occurrence },
            message: `\`${withoutCredentials(name)}\` stands here more than once`,
            why: 'the last one counts and this one is lost',
            next: 'merge them into one, or remove this one',
            related: [{ place: { path, part: 'key' }, message: 'this one counts' }],
            tags: ['unnecessary'],
          });
      }
    },
  },
});

/** Per object: whoever repeats more names than this has one fault, not many. */
const MAX_FINDINGS = 10;
