import { expect, test } from 'vitest';
import { found, mended, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports tag conditions without a tag', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "StringEquals": { "aws:PrincipalTag": "x", "aws:RequestTag/": "x" },
        //                ^^^^^^^^^^^^^^^^^^ cond-tag-key-missing: \`aws:PrincipalTag\` does not say which tag; no request has such a key, so the statement never applies; write \`aws:PrincipalTag/\` and the key of the tag
        //                                         ^^^^^^^^^^^^^^^^^ cond-tag-key-missing: write \`aws:RequestTag/\`
        "StringNotEquals": { "aws:resourcetag": "x" }
        //                   ^^^^^^^^^^^^^^^^^ cond-tag-key-missing: so the condition restricts nothing
      `),
  );
});

test.each([
  '"StringEquals": { "aws:PrincipalTag/team": "x" }',
  '"StringEquals": { "aws:PrincipalTag:team": "x" }',
  '"StringEquals": { "aws:PrincipalTag/${Tag}": "x" }',
  '"ForAnyValue:StringEquals": { "aws:TagKeys": "x" }',
  '"StringEquals": { "s3:RequestTag": "x" }',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});

test('fixes it with a place for the tag', () => {
  expect(mended(`"StringEquals": { "aws:PrincipalTag": "x" }`, 'add the key of the tag to `aws:PrincipalTag`')).toEqual(
    { StringEquals: { 'aws:PrincipalTag/tag-key': 'x' } },
  );
});
