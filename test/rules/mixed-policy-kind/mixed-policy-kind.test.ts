import { expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

const mixed = policyOf(`
    { "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*" },
    { "Effect": "Allow", "Action": "kms:*", "Resource": "*" }
  `);

test('reports the statements without a principal', () => {
  check(
    'policy.json',
    mixed.replace(
      '"Resource": "*" }\n  ]',
      '"Resource": "*" }\n  //^ mixed-policy-kind: statement has no `Principal`, and others of the policy have one\n  ]',
    ),
  );
});

test.each(['a.key-policy.json', 'a.iam-policy.json', 'a.rcp.json'])('leaves %s to other rules', (file) => {
  expect(ruleIds(file, mixed)).toEqual([]);
});

test('leaves policies of one kind alone', () => {
  expect(ruleIds('policy.json', policyOf('{ "Effect": "Allow", "Action": "kms:*", "Resource": "*" }'))).toEqual([]);
});
