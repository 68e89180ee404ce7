import { expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const statements = (...sids: string[]): string =>
  policyOf(
    sids
      .map(
        (sid) =>
          `\n    { "Sid": ${JSON.stringify(sid)}, "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*" }`,
      )
      .join(','),
  );

test('reports every one after the first', () => {
  check(
    'a.key-policy.json',
    policyOf(`
    { "Sid": "Use", "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*" },
    { "Sid": "use", "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*" },
    { "Sid": "Use", "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*" }
    //       ^^^^^ sid-duplicate: the \`Sid\` \`Use\` is taken by an earlier statement; it does not tell which of the two is meant
  `),
  );
});

test('is an error in identity policies, which IAM rejects', () => {
  check(
    'a.iam-policy.json',
    policyOf(`
    { "Sid": "Use", "Effect": "Deny", "Action": "kms:*", "Resource": "*" },
    { "Sid": "Use", "Effect": "Deny", "Action": "kms:*", "Resource": "*" }
    //       ^^^^^ sid-duplicate: AWS rejects the policy
  `),
  );
});

test('numbers them, past the names that are taken', () => {
  const text = policyOf(`
    { "Sid": "Use it", "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*" },
    { "Sid": "Use it 2", "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*" },
    { "Sid": "Use it", "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*" }
    //       ^^^^^^^^ sid-duplicate
  `);
  expect(fixed('a.key-policy.json', text, 'change to `Use it 3`')).toContain('"Sid": "Use it 3"');
});

test.each([[['', '']], [['${Sid}', '${Sid}']], [['Use', 'USE']]])('leaves %j alone', (sids) => {
  expect(ruleIds('a.key-policy.json', statements(...sids))).toEqual([]);
});

test('leaves alone what AWS wrote for one of its managed keys', () => {
  const text = statements('Through it', 'Through it');
  expect(ruleIds('a.key-policy.json', text)).toEqual(['sid-duplicate']);
  const managed = text.replace('{', '{ "Id": "auto-secretsmanager-2",');
  expect(ruleIds('a.key-policy.json', managed)).toEqual([]);
});
