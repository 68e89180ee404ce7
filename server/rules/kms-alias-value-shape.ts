import type { Condition } from '../../simulator/policy/document.ts';
import { parseArn } from '../../simulator/policy/syntax/arn.ts';
import { isKeyId } from '../../simulator/policy/syntax/arn-kms.ts';
import { compileGlob } from '../../simulator/policy/syntax/glob.ts';
import { globsOverlap } from '../../simulator/policy/syntax/glob-relation.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { withValue } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { comparesText, effectOfDeadValue, plainValues, takesWildcards } from './support/kms-values.ts';
import { kmsConditionKeys } from './support/sources.ts';

export const kmsAliasValueShape = rule({
  id: 'kms-alias-value-shape',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a value for aliases that is no alias name',
  documentation: {
    what: 'A value of `kms:RequestAlias` or `kms:ResourceAliases` that does not begin with `alias/`: an alias ARN, a name without `alias/`, a key id.',
    why: 'Both keys hold alias names such as `alias/orders`, also where the request gives the ARN of the alias. Another text never matches.',
    spares: 'Patterns under `StringLike` that an alias name can match, and what a template fills in.',
    bad: keyPolicyWithCondition(
      '"StringEquals": { "kms:RequestAlias": "arn:aws:kms:us-east-1:111122223333:alias/orders" }',
    ),
    good: keyPolicyWithCondition('"StringEquals": { "kms:RequestAlias": "alias/orders" }'),
    sources: [kmsConditionKeys],
  },
  check: {
    condition(condition, statement, { report }) {
      if (!KEYS.some((key) => comparesText(condition, key))) return;
      for (const { text, path } of plainValues(condition)) {
        if (isAlias(condition, text)) continue;
        const name = meantAlias(text);
        report({
          at: { path },
          message: `\`${text}\` is ${whatItIs(text)}, and \`${condition.key.text}\` holds alias names`,
          why: `no request has this value, ${effectOfDeadValue(condition, statement)}`,
          next: name ? `write \`${name}\`` : 'write `alias/` and the name of the alias',
          fixes: name ? [withValue(path, name, true)] : [],
        });
      }
    },
  },
});

const KEYS = ['kms:requestalias', 'kms:resourcealiases'];
const PREFIX = 'alias/';
const ANY_ALIAS = compileGlob(`${PREFIX}?*`);

function isAlias(condition: Condition, text: string): boolean {
  if (takesWildcards(condition)) return globsOverlap(compileGlob(text), ANY_ALIAS);
  return text.toLowerCase().startsWith(PREFIX) && PREFIX.length < text.length;
}

function whatItIs(text: string): string {
  if (/^arn:/i.test(text)) return 'an ARN';
  return isKeyId(text) ? 'a key id' : 'no alias name';
}

/** `alias/` before a plain name; of an alias ARN its last part. A key id tells no alias. */
function meantAlias(text: string): string | undefined {
  if (isKeyId(text)) return undefined;
  const name = /^arn:/i.test(text) ? parseArn(text).resource : `${PREFIX}${text.replace(/^\/|^alias[:/]/i, '')}`;
  return /^alias\/[\w/*?-]+$/.test(name) ? name : undefined;
}
