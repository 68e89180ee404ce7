import { expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const around = { action: '"kms:PutKeyPolicy"' };
const BYPASS = '"Bool": { "kms:BypassPolicyLockoutSafetyCheck": "false" }';

test('reports a missing parameter taken for false', () => {
  check(
    'a.iam-policy.json',
    withCondition(
      `
        "Bool": { "kms:BypassPolicyLockoutSafetyCheck": false }
        //                                              ^^^^^ kms-bypass-false-literal: \`kms:BypassPolicyLockoutSafetyCheck\` is missing rather than \`false\` in most requests; the statement does not let in callers that leave the parameter out; use \`"Null": { "kms:BypassPolicyLockoutSafetyCheck": "true" }\`, or \`BoolIfExists\`
      `,
      around,
    ),
  );
});

test.each([
  '"Bool": { "kms:BypassPolicyLockoutSafetyCheck": "true" }',
  '"BoolIfExists": { "kms:BypassPolicyLockoutSafetyCheck": "false" }',
  '"Null": { "kms:BypassPolicyLockoutSafetyCheck": "false" }',
  '"Bool": { "kms:MultiRegion": "false" }',
])('leaves alone %s', (members) => {
  expect(found(members, around)).toEqual([]);
});

test('leaves alone a `Deny`', () => {
  expect(found(BYPASS, { ...around, effect: 'Deny' })).toEqual([]);
});

test('the fix asks for requests without the parameter', () => {
  expect(mended(BYPASS, 'ask for requests without the parameter', around)).toEqual({
    Null: { 'kms:BypassPolicyLockoutSafetyCheck': 'true' },
  });
  expect(titles(`${BYPASS}, "Null": { "kms:ViaService": "true" }`, around)).toEqual([]);
});
