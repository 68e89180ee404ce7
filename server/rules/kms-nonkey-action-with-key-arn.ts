import type { Statement } from '../../simulator/policy/document.ts';
import { parseArn } from '../../simulator/policy/syntax/arn.ts';
import { type Fix, rule } from './rule.ts';
import { identityPolicyWith } from './support/examples.ts';
import { isAboutNoResource, kmsActionsOf, resourcesOf } from './support/kms-resources.ts';
import { elementPage, kmsActions } from './support/sources.ts';

const statement = (resource: string): string => `
{
  "Sid": "ListAliases",
  "Effect": "Allow",
  "Action": "kms:ListAliases",
  "Resource": "${resource}"
}`;

export const kmsNonkeyActionWithKeyArn = rule({
  id: 'kms-nonkey-action-with-key-arn',
  group: 'invalid',
  kinds: ['iam-policy', 'scp', 'vpce-policy'],
  title: 'an action about no key, allowed on keys',
  documentation: {
    what:
      'An action such as `kms:ListKeys`, `kms:CreateKey` or `kms:GenerateRandom` in a statement whose `Resource` lists ' +
      'ARNs and no `"*"`.',
    why: 'These actions are about no single key. Only `"*"` covers them, so the entry does nothing.',
    spares: 'Wildcards such as `kms:List*`, which cover others as well, and template expressions.',
    bad: identityPolicyWith(statement('arn:aws:kms:*:111122223333:key/*')),
    good: identityPolicyWith(statement('*')),
    sources: [kmsActions, elementPage('resource')],
  },
  check: {
    statement(statement, { report }) {
      const { action, effect, resource } = statement;
      if (!action || action.negated || !resource || !listsArnsOnly(statement)) return;
      const about = action.items.map((item) => ({ item, covered: kmsActionsOf(item) }));
      const isNone = (covered: ReturnType<typeof kmsActionsOf>): boolean =>
        covered !== undefined && 0 < covered.length && covered.every(isAboutNoResource);
      const fixes = about.every(({ covered }) => isNone(covered)) ? [everything(resource.path, effect)] : [];
      for (const { item, covered } of about) {
        if (item.pattern.wildcards || !isNone(covered)) continue;
        report({
          at: { path: item.path },
          message: `\`${item.text}\` is about no single key, and \`${resource.items[0]?.text}\` does not cover it`,
          why: `only \`"*"\` does, so the entry ${effect === 'Deny' ? 'denies' : 'allows'} nothing`,
          next: 'give it a statement with `"Resource": "*"`',
          fixes,
        });
      }
    },
  },
});

function listsArnsOnly(statement: Statement): boolean {
  const items = resourcesOf(statement);
  return 0 < items.length && items.every(({ text }) => parseArn(text, 'resource').kind === 'arn');
}

function everything(path: Statement['path'], effect: Statement['effect']): Fix {
  return {
    title: 'change to `"Resource": "*"`',
    safe: effect === 'Allow',
    edits: [{ op: 'replace', place: { path }, text: '"*"' }],
  };
}
