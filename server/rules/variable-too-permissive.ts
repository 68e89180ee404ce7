import { hasVariables } from '../../simulator/policy/document.ts';
import { parseTemplate } from '../../simulator/policy/syntax/variable.ts';
import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { isIdentityPattern, LEAST_BEGINNING } from './support/identity-keys.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage, policyChecks } from './support/sources.ts';

const statement = (value: string): string => `
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": "*",
  "Action": "kms:Decrypt",
  "Resource": "*",
  "Condition": {
    "StringEquals": { "aws:PrincipalOrgID": "${value}" }
  }
}`;

export const variableTooPermissive = rule({
  id: 'variable-too-permissive',
  group: 'exposure',
  kinds: policyKinds,
  title: 'who somebody is, compared with what they bring along',
  documentation: {
    what:
      'An `Allow` that compares an id, an account or an organization (`aws:userid`, `aws:PrincipalAccount`, ' +
      '`aws:PrincipalOrgID`, `aws:SourceAccount`, `kms:CallerAccount` and their like) with a value whose first six ' +
      'characters hold a policy variable of the caller.',
    why:
      'The caller brings both sides of the comparison: `aws:PrincipalOrgID` is always equal to itself, and a tag is ' +
      'whatever the account of the caller puts into it.',
    spares:
      'Variables about the resource (`aws:ResourceAccount`, `aws:ResourceOrgID`), which the caller does not choose, `Deny` ' +
      'statements, negated operators, template expressions.',
    bad: keyPolicyWith(statement('${aws:PrincipalOrgID}')),
    good: keyPolicyWith(statement('o-a1b2c3d4e5')),
    sources: [policyChecks, elementPage('variables')],
  },
  check: {
    condition(condition, statement, { version, report }) {
      if (!hasVariables(version) || !isIdentityPattern(condition, statement)) return;
      for (const { text, path } of condition.values) {
        const template = parseTemplate(text, { version });
        if (template.hasPlaceholder) continue;
        const variable = template.parts.find(({ kind, span }) => kind === 'variable' && span.start < LEAST_BEGINNING);
        if (variable?.kind !== 'variable' || !OF_CALLER.test(variable.key)) continue;
        report({
          at: { path },
          message: `\`${text}\` is what the caller brings along, compared with \`${condition.key.text}\``,
          why: 'so the caller chooses both sides of the comparison',
          next: 'write the value itself',
        });
      }
    },
  },
});

const OF_CALLER =
  /^(?:aws:(?:principal|userid|username|source|requesttag|calledvia|useragent|referer)|kms:calleraccount)/i;
