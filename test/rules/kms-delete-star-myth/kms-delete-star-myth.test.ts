import { expect, test } from 'vitest';
import { fixed, policyOf, ruleIds } from '../harness.ts';

const deny = (action: string, effect = 'Deny'): string =>
  `{ "Effect": "${effect}", "Principal": "*", "Action": ${action}, "Resource": "*" }`;

test('reports the wildcard alone, and denies the rest, too', () => {
  const text = policyOf(`
    { "Effect": "Deny", "Principal": "*", "Action": "kms:Delete*", "Resource": "*" }
    //                                              ^^^^^^^^^^^^^ kms-delete-star-myth: \`kms:Delete*\` does not keep keys from being deleted; a key is deleted by \`kms:ScheduleKeyDeletion\`; deny
  `);
  const mended = fixed('a.key-policy.json', text, 'deny `kms:ScheduleKeyDeletion`, too');
  expect(JSON.parse(mended).Statement[0].Action).toEqual(['kms:Delete*', 'kms:ScheduleKeyDeletion']);
  expect(ruleIds('a.key-policy.json', mended)).toEqual([]);
});

test('reports it in a list of a service control policy', () => {
  const text = policyOf(`
    { "Effect": "Deny", "Action": ["kms:Delete*", "kms:DisableKey"], "Resource": "*" }
    //                             ^^^^^^^^^^^^^ kms-delete-star-myth
  `);
  const mended = fixed('a.scp.json', text, 'deny `kms:ScheduleKeyDeletion`, too');
  expect(JSON.parse(mended).Statement[0].Action).toEqual(['kms:Delete*', 'kms:DisableKey', 'kms:ScheduleKeyDeletion']);
});

test.each([
  ['with it in the same statement', deny('["kms:Delete*", "kms:Schedule*"]')],
  ['with it in another one', `${deny('"kms:Delete*"')}, ${deny('"kms:ScheduleKeyDeletion"')}`],
  ['beside a placeholder', deny('["kms:Delete*", "${Deletion}"]')],
  ['in an Allow, as in the default key policy', deny('"kms:Delete*"', 'Allow')],
  ['in NotAction', deny('"kms:Delete*"').replace('"Action"', '"NotAction"')],
])('leaves it alone %s', (_, statements) => {
  expect(ruleIds('a.key-policy.json', policyOf(statements))).toEqual([]);
});
