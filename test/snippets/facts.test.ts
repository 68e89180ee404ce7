import { describe, expect, test } from 'vitest';
import { actionNames } from '../../simulator/facts/actions.ts';
import { findConditionKey, supportsConditionKey } from '../../simulator/facts/condition-keys.ts';
import { findServiceContextKey } from '../../simulator/facts/service-contexts.ts';
import { servicePrincipals } from '../../simulator/facts/service-principals.ts';
import { findViaService } from '../../simulator/facts/via-services.ts';
import type { Statement } from '../../simulator/policy/document.ts';
import { expandAction } from '../../simulator/policy/syntax/action.ts';
import { choicesOf } from './expand.ts';
import { documentOf, type Snippet, snippetOf, snippets } from './snippets.ts';

const policies = snippets.filter(({ language }) => language !== 'kms-grant');
const titled = policies.map((snippet) => [`${snippet.language} ${snippet.prefix}`, snippet] as const);

describe.each(titled)('%s', (_, snippet) => {
  const statements = statementsOf(snippet);

  test('tests condition keys that exist, and that all of its actions have', () => {
    for (const statement of statements) {
      for (const { key } of statement.conditions) {
        expect(findConditionKey(key.text), key.text).toBeDefined();
        if (!key.text.startsWith('kms:')) continue;
        const without = actionsOf(statement).filter((action) => !supportsConditionKey(action, key.text));
        // AWS publishes the statement for CloudWatch Logs with an action that has no encryption context.
        const published = snippet.prefix === 'statement-cloudwatch-logs' ? ['DescribeKey'] : [];
        expect(
          without.filter((action) => !published.includes(action)),
          key.text,
        ).toEqual([]);
      }
    }
  });

  test('names services that kms:ViaService and encryption contexts know', () => {
    for (const { key, values } of statements.flatMap(({ conditions }) => conditions)) {
      const context = /^kms:EncryptionContext:(aws:.*)$/.exec(key.text)?.[1];
      if (context !== undefined) expect(findServiceContextKey(context)?.key).toBe(context);
      if (key.text !== 'kms:ViaService') continue;
      for (const { text } of values) expect(findViaService(text.split('.')[0] ?? ''), text).toBeDefined();
    }
    const via = /"kms:ViaService": "\$\{(\d+)\|/.exec(snippet.body)?.[1];
    for (const service of choicesOf(snippet.body).get(Number(via)) ?? [])
      expect(findViaService(service), service).toBeDefined();
  });
});

test.each([
  'statement-cloudtrail',
  'statement-cloudwatch-logs',
  'statement-log-delivery',
  'statement-sns',
  'statement-eventbridge',
  'statement-cloudwatch-alarms',
  'statement-cloudfront',
  'statement-config',
  'statement-route53-dnssec',
])('%s is what AWS documents for the service', (prefix) => {
  const statements = statementsOf(snippetOf('kms-key-policy', prefix));
  const names = new Set(statements.flatMap(({ principal }) => principal?.items.map(({ text }) => text) ?? []));
  expect(names.size).toBe(1);
  const [name = ''] = names;
  const fact = servicePrincipals.find((each) => each.name.replace('${Region}', 'us-east-1') === name);
  expect(fact?.recipe?.length).toBe(statements.length);
  expect(statements.map(essenceOf)).toEqual(
    fact?.recipe?.map(({ actions, conditionKeys }) => ({
      actions: [...actions].sort(),
      conditionKeys: [...conditionKeys].sort(),
    })),
  );
});

function statementsOf(snippet: Snippet): readonly Statement[] {
  return documentOf(snippet).policy?.policy.statements ?? [];
}

/** The names of the kms actions that a statement speaks of. */
function actionsOf({ action }: Statement): string[] {
  return (action?.items ?? []).flatMap(({ pattern }) => expandAction(pattern, actionNames));
}

function essenceOf({ action, conditions }: Statement): { actions: string[]; conditionKeys: string[] } {
  return {
    actions: (action?.items ?? []).map(({ text }) => text).sort(),
    conditionKeys: conditions.map(({ key }) => key.text).sort(),
  };
}
