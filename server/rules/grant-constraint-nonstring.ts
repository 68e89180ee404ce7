import type { JsonNode } from '../../simulator/json/node.ts';
import { rule } from './rule.ts';
import { countingMembers, grantConstraintsPage, grantWith } from './support/grants.ts';
import { typeInWords } from './support/values.ts';

export const grantConstraintNonstring = rule({
  id: 'grant-constraint-nonstring',
  group: 'invalid',
  kinds: ['grant'],
  title: 'a value of an encryption context constraint that is no text',
  documentation: {
    what: 'A number or a boolean as the value of a pair in `EncryptionContextSubset` or `EncryptionContextEquals`.',
    why: 'An encryption context is made of texts, and so are the constraints on it: CreateGrant rejects a request with other values.',
    spares: 'Lists and objects, which a template may turn into a text, and the output of ListGrants.',
    bad: grantWith({ Constraints: { EncryptionContextSubset: { order: 42 } } }),
    good: grantWith({ Constraints: { EncryptionContextSubset: { order: '42' } } }),
    sources: [grantConstraintsPage],
  },
  check: {
    grant({ contexts, listed }, { report }) {
      if (listed) return;
      for (const { object, path } of contexts) {
        for (const [name, value] of countingMembers(object)) {
          const text = value && plainText(value);
          if (!value || text === undefined) continue;
          const at = [...path, name];
          report({
            at: { path: at },
            message: `\`${text}\` is ${typeInWords(value)} here, and an encryption context is made of texts`,
            why: 'AWS KMS rejects the request',
            next: 'write it in double quotes',
            fixes: [
              {
                title: `change to \`"${text}"\``,
                safe: true,
                edits: [{ op: 'replace', place: { path: at }, text: JSON.stringify(text) }],
              },
            ],
          });
        }
      }
    },
  },
});

/** What a number or a boolean is as a text, digit for digit. */
function plainText(node: JsonNode): string | undefined {
  if (node.type === 'number') return node.text;
  return node.type === 'boolean' ? String(node.value) : undefined;
}
