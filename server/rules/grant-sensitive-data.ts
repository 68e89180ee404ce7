import type { Place } from '../../simulator/json/place.ts';
import { rule } from './rule.ts';
import { countingMembers, createGrantPage, grantConstraintsPage, grantWith } from './support/grants.ts';
import { findPersonalData } from './support/personal-data.ts';

export const grantSensitiveData = rule({
  id: 'grant-sensitive-data',
  group: 'style',
  kinds: ['grant'],
  title: 'what looks like personal data in a grant',
  documentation: {
    what: 'An e-mail address, a payment card number, a social security number of the United States or a taxpayer number of Brazil in the name of a grant, or in a key or value of its constraints.',
    why: 'Names and constraints of grants are no secrets. AWS CloudTrail logs them in plain text, and ListGrants shows them to everybody who may list the grants of the key.',
    spares:
      'Resource names (`arn:…`), URLs, numbers without their check digits, and card numbers in one piece unless the key says that they are one.',
    bad: grantWith({ Constraints: { EncryptionContextEquals: { customer: 'ana@example.com' } } }),
    good: grantWith({ Constraints: { EncryptionContextEquals: { customer: 'c-10482' } } }),
    sources: [createGrantPage, grantConstraintsPage],
  },
  check: {
    grant({ name, contexts }, { report }) {
      const look = (text: string, place: Place, about?: string): void => {
        const found = findPersonalData(text, about);
        if (!found) return;
        report({
          at: { ...place, span: { start: found.start, end: found.end } },
          message: `this looks like ${found.what}`,
          why: 'AWS CloudTrail logs the name and the constraints of a grant in plain text',
          next: 'use an id that tells nothing by itself',
        });
      };
      if (name) look(name.text, { path: name.path });
      for (const { object, path } of contexts) {
        for (const [key, value] of countingMembers(object)) {
          look(key, { path: [...path, key], part: 'key' });
          if (value?.type === 'string') look(value.value, { path: [...path, key] }, key);
        }
      }
    },
  },
});
