import { describe, expect, test } from 'vitest';
import { globalConditionKeys } from '../../../simulator/facts/condition-keys.ts';
import { found, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports keys that do not exist, with what follows', () => {
  check(
    'a.key-policy.json',
    withCondition(
      `
        "StringEquals": { "aws:PrincipalOrganization": "o-a1b2c3d4e5" },
        //                ^^^^^^^^^^^^^^^^^^^^^^^^^^^ cond-key-global-unknown: AWS has no condition key \`aws:PrincipalOrganization\`; it is never in a request, so the \`Deny\` never applies; use one that exists
        "Null": { "aws:SourceVpcs": "true" }
        //        ^^^^^^^^^^^^^^^^ cond-key-global-unknown: so the condition restricts nothing; write \`aws:SourceVpc\`
      `,
      { effect: 'Deny' },
    ),
  );
});

describe('leaves alone', () => {
  test('every global key', () => {
    const keys = globalConditionKeys.map(({ name }) => `"${name.replace('${TagKey}', 'team').toUpperCase()}": "x"`);
    expect(found(`"StringEquals": { ${keys.join(', ')} }`)).toEqual([]);
  });

  test.each(['"StringEquals": { "aws:PrincipalTag": "x" }', '"StringEquals": { "aws:{{ key }}": "x" }'])(
    '%s',
    (members) => {
      expect(found(members)).toEqual([]);
    },
  );
});

test('fixes a slip of the keyboard safely', () => {
  expect(titles('"StringEquals": { "aws:PrincipalOrgIDs": "o-a1b2c3d4e5" }')).toEqual([
    'change to `aws:PrincipalOrgID` (safe)',
  ]);
});
