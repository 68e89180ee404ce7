import { grantOperationNames } from '../../simulator/facts/grant-operations.ts';
import type { Condition } from '../../simulator/policy/document.ts';
import { compileGlob } from '../../simulator/policy/syntax/glob.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { withValue } from './support/conditions.ts';
import { bareOperation, meantOperations } from './support/grant-operations.ts';
import { policyKinds } from './support/kinds.ts';
import { comparesText, effectOfDeadValue, ignoresCapitals, plainValues, takesWildcards } from './support/kms-values.ts';
import { kmsConditionKeys } from './support/sources.ts';

export const kmsGrantoperationsValue = rule({
  id: 'kms-grantoperations-value',
  group: 'invalid',
  kinds: policyKinds,
  title: 'an operation that no grant can allow',
  documentation: {
    what: 'A value of `kms:GrantOperations` that is none of the operations of grants: `kms:Decrypt` with its prefix, `ReEncrypt`, `PutKeyPolicy`.',
    why: 'CreateGrant takes operations without `kms:` and only those that a grant can allow, so no request has another value.',
    spares: 'Wildcards under `StringLike` that cover an operation, and what a template fills in.',
    bad: keyPolicyWithCondition('"ForAllValues:StringEquals": { "kms:GrantOperations": ["kms:Decrypt"] }', {
      action: '"kms:CreateGrant"',
    }),
    good: keyPolicyWithCondition('"ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] }', {
      action: '"kms:CreateGrant"',
    }),
    sources: [
      kmsConditionKeys,
      {
        title: 'AWS KMS API Reference: CreateGrant, Operations',
        url: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html',
      },
    ],
  },
  check: {
    condition(condition, statement, { report }) {
      if (!comparesText(condition, 'kms:grantoperations')) return;
      for (const { text, path } of plainValues(condition)) {
        if (grantOperationNames.some((name) => isSame(condition, text, name))) continue;
        const meant = meantOperations(text);
        report({
          at: { path },
          message: /^kms:/i.test(text)
            ? `operations of grants have no \`kms:\`, as \`${text}\` does`
            : `no grant can allow \`${text}\``,
          why: `no request has this value, ${effectOf(condition) ?? effectOfDeadValue(condition, statement)}`,
          next: meant[0] ? `write ${meant.map((name) => `\`${name}\``).join(' or ')}` : 'name an operation of grants',
          fixes: meant.map((name) => withValue(path, name, bareOperation(name) === bareOperation(text))),
        });
      }
    },
  },
});

/** A lone dead value lets in no operation: every grant has at least one. */
function effectOf({ operator, values }: Condition): string | undefined {
  return operator.set === 'ForAllValues' && !operator.negated && values.length === 1 && !operator.ifExists
    ? 'so the condition never holds'
    : undefined;
}

function isSame(condition: Condition, text: string, name: string): boolean {
  if (takesWildcards(condition)) return compileGlob(text).matches(name);
  return ignoresCapitals(condition) ? text.toLowerCase() === name.toLowerCase() : text === name;
}
