import { describe, expect, test } from 'vitest';
import { check, ruleIds } from '../harness.ts';

test.each(['a.key-policy.json', 'a.iam-policy.json', 'a.scp.json', 'a.rcp.json'])(
  'reports an empty list in %s',
  (file) => {
    check(
      file,
      `
    { "Version": "2012-10-17", "Statement": [] }
    //                                      ^^ statement-empty: policy has no statement; AWS rejects it; add a statement`,
    );
  },
);

describe('leaves alone', () => {
  test.each([
    ['a list that is not finished', '{ "Statement": [ '],
    ['a list with something in it', '{ "Statement": [{}] }'],
    ['a lone statement', '{ "Statement": {} }'],
    ['no list at all', '{ "Version": "2012-10-17" }'],
  ])('%s', (_, text) => {
    expect(ruleIds('a.key-policy.json', text)).toEqual([]);
  });
});
