import { describe, expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

describe('reports', () => {
  test('operators that do not exist', () => {
    check(
      'a.key-policy.json',
      withCondition(`
        "StringsEquals": { "kms:CallerAccount": "111122223333" },
//      ^^^^^^^^^^^^^^^ cond-operator-unknown: \`StringsEquals\` is not a condition operator; AWS rejects the policy; write \`StringEquals\`
        "Matches": {},
//      ^^^^^^^^^ cond-operator-unknown: use one such as
        " StringLike ": { "kms:CallerAccount": "1*" },
//      ^^^^^^^^^^^^^^ cond-operator-unknown: write \`StringLike\`
        "ForSomeValues:StringEquals": { "aws:TagKeys": "a" }
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cond-operator-unknown: \`ForSomeValues:StringEquals\` does not begin with \`ForAllValues:\` or \`ForAnyValue:\`
      `),
    );
  });

  test.each(['a.iam-policy.json', 'a.scp.json', 'a.rcp.json', 'a.vpce-policy.json'])('in %s', (file) => {
    expect(found('"StringIs": { "s3:prefix": "a" }', { file })).toEqual(['cond-operator-unknown']);
  });
});

describe('leaves alone', () => {
  test.each([
    '"stringequals": { "kms:CallerAccount": "1" }',
    '"ForAnyValue:StringLikeIfExists": { "aws:TagKeys": "1" }',
    '"${operator}": { "kms:CallerAccount": "1" }',
    '"{{ operator }}": { "kms:CallerAccount": "1" }',
    '"Fn::If": ["Prod", {}, {}]',
    '"kms:CallerAccount": "111122223333"',
    '"NullIfExists": { "kms:CallerAccount": "true" }',
  ])('%s', (members) => {
    expect(found(members)).toEqual([]);
  });
});

describe('fixes', () => {
  test('mend every part of the name', () => {
    expect(
      mended(`"foranyvalue:StringEqual": { "aws:TagKeys": ["a"] }`, 'change to `ForAnyValue:StringEquals`'),
    ).toEqual({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a'] } });
  });

  test('are safe', () => {
    expect(titles('"BoolIfExist": { "aws:SecureTransport": "true" }')).toEqual(['change to `BoolIfExists` (safe)']);
  });

  test('are not offered where the operator is there already', () => {
    expect(titles('"Boool": { "aws:SecureTransport": "true" }, "Bool": { "aws:ViaAWSService": "true" }')).toEqual([]);
  });
});
