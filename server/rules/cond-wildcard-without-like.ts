import type { Condition } from '../../simulator/policy/document.ts';
import type { OperatorName } from '../../simulator/policy/syntax/operator.ts';
import { parseTemplate } from '../../simulator/policy/syntax/variable.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { conditionOperators } from './support/condition-sources.ts';
import { factOf, underOperator } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

export const condWildcardWithoutLike = rule({
  id: 'cond-wildcard-without-like',
  group: 'suspicious',
  kinds: policyKinds,
  yieldsTo: [
    'kms-viaservice-wildcard-equals',
    'kms-viaservice-shape',
    'kms-enum-value',
    'kms-calleraccount-shape',
    'kms-alias-value-shape',
    'kms-pcr-value',
  ],
  title: 'a wildcard that is taken as a plain character',
  documentation: {
    what: '`*` or `?` in a value of `StringEquals`, `StringNotEquals` and their kin that ignore capitals.',
    why: 'Only `StringLike`, `StringNotLike` and the operators for ARNs have wildcards. Elsewhere a value has to hold a star itself, which hardly any does, so the condition never holds, or negated always.',
    spares:
      'A `?` in the value of a tag or of an encryption context, which may well be meant, the escapes `${*}` and `${?}`, and keys of other services.',
    bad: keyPolicyWithCondition('"StringEquals": { "aws:userid": "AROAEXAMPLEID:*" }'),
    good: keyPolicyWithCondition('"StringLike": { "aws:userid": "AROAEXAMPLEID:*" }'),
    sources: [conditionOperators, policyChecks],
  },
  check: {
    condition(condition, statement, { version, report }) {
      const { operator, values } = condition;
      const fact = factOf(condition);
      const likes = fact && LIKES.get(operator.base ?? 'Null');
      if (!fact || !likes) return;
      const wanted = fact.name.includes('${') && fact.type === 'String' ? /\*/ : /[*?]/;
      const value = values.find(({ text }) => hasOutsideVariables(text, wanted, version));
      if (value === undefined) return;
      const like = suggested(condition, fact.type === 'ARN' ? likes.arn : likes.text);
      report({
        at: { path: value.path },
        message: `\`${value.text}\` is compared letter by letter`,
        why: 'only `StringLike` and the operators for ARNs take wildcards',
        next: like === undefined ? 'write out what is meant' : `use \`${like}\``,
        fixes: like === undefined ? [] : underOperator(condition, statement, like, false),
      });
    },
  },
});

interface Likes {
  readonly text: string | undefined;
  readonly arn: string | undefined;
}

/** What has wildcards and is otherwise the same; nothing ignores capitals and has wildcards, too. */
const LIKES: ReadonlyMap<OperatorName, Likes> = new Map([
  ['StringEquals', { text: 'StringLike', arn: 'ArnLike' }],
  ['StringNotEquals', { text: 'StringNotLike', arn: 'ArnNotLike' }],
  ['StringEqualsIgnoreCase', { text: undefined, arn: undefined }],
  ['StringNotEqualsIgnoreCase', { text: undefined, arn: undefined }],
]);

function suggested({ operator }: Condition, base: string | undefined): string | undefined {
  if (base === undefined) return undefined;
  return `${operator.set ? `${operator.set}:` : ''}${base}${operator.ifExists ? 'IfExists' : ''}`;
}

/** Whether the text itself has such a character; what a template fills in may have any, and is left alone. */
function hasOutsideVariables(text: string, wanted: RegExp, version: string | undefined): boolean {
  if (!wanted.test(text)) return false;
  const { parts, hasPlaceholder } = parseTemplate(text, { version });
  return !hasPlaceholder && parts.some((part) => part.kind === 'literal' && wanted.test(part.text));
}
