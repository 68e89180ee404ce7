import { describe, expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports the first value with a wildcard', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "StringEquals": { "aws:userid": ["AROAEXAMPLEID", "AROAEXAMPLEID:*", "*"] },
        //                                                ^^^^^^^^^^^^^^^^^ cond-wildcard-without-like: \`AROAEXAMPLEID:*\` is compared letter by letter; only \`StringLike\` and the operators for ARNs take wildcards; use \`StringLike\`
        "StringNotEquals": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/app-?" },
        //                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cond-wildcard-without-like: use \`ArnNotLike\`
        "StringEqualsIgnoreCase": { "aws:PrincipalTag/team": "a-*" }
        //                                                   ^^^^^ cond-wildcard-without-like: write out what is meant
      `),
  );
});

describe('leaves alone', () => {
  test.each([
    '"StringLike": { "aws:userid": "A*" }',
    '"ArnEquals": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/*" }',
    '"StringEquals": { "aws:PrincipalTag/team": "why?" }',
    '"StringEquals": { "aws:userid": "A${*}" }',
    '"StringEquals": { "aws:userid": "${var.ids[*]}" }',
    '"StringEquals": { "s3:prefix": "home/*" }',
    '"StringEquals": { "aws:userid": "A" }',
  ])('%s', (members) => {
    expect(found(members)).toEqual([]);
  });
});

describe('fixes', () => {
  test('change the operator, set operator and `IfExists` kept', () => {
    expect(
      mended(
        `"ForAnyValue:StringEqualsIfExists": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*" }`,
        'change to `ForAnyValue:StringLikeIfExists`',
      ),
    ).toEqual({ 'ForAnyValue:StringLikeIfExists': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*' } });
  });

  test('are never safe, since they let in more', () => {
    expect(titles('"StringEquals": { "aws:userid": "A:*" }')).toEqual(['change to `StringLike`']);
  });
});
