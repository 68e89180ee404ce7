import { hasPlaceholder } from '../../simulator/policy/syntax/placeholder.ts';
import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { isIdentityPattern, LEAST_BEGINNING } from './support/identity-keys.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage, policyChecks } from './support/sources.ts';

const statement = (operator: string, value: string): string => `
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": "*",
  "Action": "kms:Decrypt",
  "Resource": "*",
  "Condition": {
    "${operator}": { "aws:PrincipalOrgID": "${value}" }
  }
}`;

export const wildcardTooPermissive = rule({
  id: 'wildcard-too-permissive',
  group: 'exposure',
  kinds: policyKinds,
  title: 'a pattern for who somebody is that fits nearly anybody',
  documentation: {
    what:
      'An `Allow` with `StringLike` on an id, an account or an organization (`aws:userid`, `aws:PrincipalAccount`, ' +
      '`aws:PrincipalOrgID`, `aws:SourceAccount`, `kms:CallerAccount` and their like) and a wildcard among the first six ' +
      'characters of the value.',
    why:
      'Such ids have no order: all that begin with a few characters are strangers to one another. `o-*` is every ' +
      'organization, `1*` a tenth of all accounts.',
    spares:
      '`Deny` statements, negated operators, the id of a role with any session (`AROA…:*`), a session of any role (`*:name`), template expressions.',
    bad: keyPolicyWith(statement('StringLike', 'o-*')),
    good: keyPolicyWith(statement('StringEquals', 'o-a1b2c3d4e5')),
    sources: [policyChecks, elementPage('condition')],
  },
  check: {
    condition(condition, statement, { report }) {
      if (condition.operator.base !== 'StringLike' || !isIdentityPattern(condition, statement)) return;
      for (const { text, path } of condition.values) {
        const wildcard = text.replaceAll(/\$\{[*?$]\}/g, 'x').search(/[*?]/);
        if (isSession(condition.key.lower, text)) continue;
        if (wildcard < 0 || LEAST_BEGINNING <= wildcard || text.includes('${') || hasPlaceholder(text)) continue;
        report({
          at: { path },
          message: `\`${text}\` fits nearly every value of \`${condition.key.text}\``,
          why: 'those that begin alike have nothing else in common',
          next: 'write the value in full',
        });
      }
    },
  },
});

/** `*:name`: the session's own name is fixed, and the principal mostly says whose session it is. */
function isSession(key: string, text: string): boolean {
  return key === 'aws:userid' && /:[^*?]/.test(text);
}
