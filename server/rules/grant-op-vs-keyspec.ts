import { findGrantOperation, fitsKey, type GrantOperation } from '../../simulator/facts/grant-operations.ts';
import { keySpecs } from '../../simulator/facts/key-specs.ts';
import type { KeyType, KeyUsage } from '../../simulator/facts/types.ts';
import { type DocumentFacts, rule } from './rule.ts';
import { createGrantGuide, createGrantPage, grantWith } from './support/grants.ts';
import { factsOfOneKey } from './support/one-key.ts';

const facts = { keySpec: 'SYMMETRIC_DEFAULT' };

export const grantOpVsKeyspec = rule({
  id: 'grant-op-vs-keyspec',
  group: 'invalid',
  kinds: ['grant'],
  title: 'an operation that the key of a grant cannot do',
  documentation: {
    what: 'An operation of a grant that does not fit the spec or usage of its key: `Sign` for a symmetric encryption key, `GenerateDataKey` for an RSA key, `GenerateMac` for a key that is no HMAC key.',
    why: 'CreateGrant takes the operations that the key can do, and rejects a request with any other.',
    spares:
      'Documents for whose key neither the spec nor the usage is known, documents with grants on several keys, and the output of ListGrants.',
    bad: { ...grantWith({ Operations: ['Decrypt', 'Sign'] }), facts },
    good: { ...grantWith({ Operations: ['Decrypt', 'GenerateDataKey'] }), facts },
    sources: [createGrantPage, createGrantGuide],
  },
  check: {
    grants({ grants }, context) {
      const known = factsOfOneKey(grants, context.facts);
      const keys = keysWith(known);
      const [key] = keys;
      if (!key) return;
      for (const { operations, listed } of grants) {
        if (listed) continue;
        for (const { text, path } of operations) {
          const operation = findGrantOperation(text);
          if (!operation || keys.some(({ type, usage }) => fitsKey(operation, type, usage))) continue;
          context.report({
            at: { path },
            message: `\`${text}\` does not work with the key, ${inWords(known)}`,
            why: 'AWS KMS rejects the request',
            next: `remove it: it is for ${wanted(operation)}`,
          });
        }
      }
    },
  },
});

interface Key {
  readonly type: KeyType;
  readonly usage: KeyUsage;
}

/** The keys there are with what is known; none where nothing is known, or nothing that goes together. */
function keysWith({ keySpec, keyUsage }: DocumentFacts): Key[] {
  if (keySpec === undefined && keyUsage === undefined) return [];
  return keySpecs
    .filter(({ name }) => keySpec === undefined || name === keySpec)
    .flatMap(({ type, uses }) => uses.map(({ usage }) => ({ type, usage })))
    .filter(({ usage }) => keyUsage === undefined || usage === keyUsage);
}

function inWords({ keySpec, keyUsage }: DocumentFacts): string {
  const parts = [
    ...(keySpec === undefined ? [] : [`spec \`${keySpec}\``]),
    ...(keyUsage === undefined ? [] : [`usage \`${keyUsage}\``]),
  ];
  return `which has the ${parts.join(' and the ')}`;
}

const TYPES: Readonly<Record<KeyType, string>> = {
  symmetric: 'symmetric encryption keys',
  asymmetric: 'asymmetric keys',
  hmac: 'HMAC keys',
};

function wanted({ keyTypes = [], keyUsages = [] }: GrantOperation): string {
  const types = keyTypes.map((type) => TYPES[type]).join(' and ') || 'keys';
  if (keyUsages.length === 0 || keyTypes.includes('symmetric')) return types;
  return `${types} of the usage ${keyUsages.map((usage) => `\`${usage}\``).join(' or ')}`;
}
