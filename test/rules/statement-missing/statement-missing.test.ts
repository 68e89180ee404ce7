import { describe, expect, test } from 'vitest';
import { check, fixTitles, ruleIds } from '../harness.ts';

describe('reports', () => {
  test.each(['a.key-policy.json', 'a.iam-policy.json', 'a.scp.json', 'a.rcp.json', 'a.vpce-policy.json'])(
    'a policy of %s that has none',
    (file) => {
      check(
        file,
        `
      { "Version": "2012-10-17", "Id": "Schlüssel" }
    //^ statement-missing: policy has no \`Statement\`; AWS rejects it; add a \`Statement\` with what it allows
`,
      );
    },
  );

  test('a lone statement with no policy around it', () => {
    check(
      'a.iam-policy.json',
      `
      {
    //^ statement-missing: put \`Effect\` and what belongs to it into a \`Statement\`
        "Version": "2012-10-17",
        "Effect": "Allow",
        "Action": "kms:*",
        "Resource": "*"
      }`,
    );
  });

  test('a text whose language or configuration says what it is', () => {
    expect(ruleIds('a.json', '{ "Version": "2012-10-17" }', { languageId: 'kms-key-policy' })).toEqual([
      'statement-missing',
    ]);
    expect(ruleIds('a.json', '{ "Version": "2012-10-17" }', { configured: 'iam-policy' })).toEqual([
      'statement-missing',
    ]);
  });
});

describe('leaves alone', () => {
  test.each([
    '"Statement": []',
    '"Statement": {}',
    '"Statement": "${statements}"',
    '"Statement": null',
    '"statement": []',
    '"Statements": []',
    '"Fn::Transform": {}',
    '"${Statement}": []',
    '"Statement":',
  ])('%s', (member) => {
    const ids = ruleIds('a.iam-policy.json', `{ "Version": "2012-10-17", ${member} }`);
    expect(ids).not.toContain('statement-missing');
  });

  test('a policy that is broken, so that it may have had one', () => {
    for (const rest of ['Statement: []', '', 'Statement'])
      expect(ruleIds('a.iam-policy.json', `{ "Version": "2012-10-17", ${rest}`)).not.toContain('statement-missing');
  });

  test('texts whose kind nothing tells', () => {
    expect(ruleIds('policy.json', '{ "Version": "2012-10-17" }')).toEqual([]);
    expect(ruleIds('a.key-policy.json', '[]')).toEqual([]);
  });
});

test('there is no fix: what a policy is to say is for its author', () => {
  expect(fixTitles('a.key-policy.json', '{ "Version": "2012-10-17" }')).toEqual([]);
});
