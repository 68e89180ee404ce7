import { expect, test } from 'vitest';
import { found, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports several values', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "BoolIfExists": { "aws:SecureTransport": ["true", "false"] },
//                                               ^^^^^^^^^^^^^^^^^ cond-bool-multiple: \`aws:SecureTransport\` is compared with 2 values under \`Bool\`; AWS takes one of \`true\` and \`false\`; keep the one that is meant
        "Null": { "kms:ViaService": [true, true] }
//                                  ^^^^^^^^^^^^ cond-bool-multiple
      `),
  );
});

test.each([
  '"Bool": { "aws:SecureTransport": ["true"] }',
  '"Bool": { "aws:SecureTransport": true, "aws:ViaAWSService": "false" }',
  '"StringEquals": { "aws:PrincipalTag/a": ["true", "false"] }',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});
