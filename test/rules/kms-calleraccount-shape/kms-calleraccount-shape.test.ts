import { describe, expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const caller = (value: string, operator = 'StringEquals'): string => `"${operator}": { "kms:CallerAccount": ${value} }`;

test('reports what is no account id', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "StringEquals": { "kms:CallerAccount": ["arn:aws:iam::111122223333:root", "111122223333", "1111-2222-3333", 11112222333] }
        //                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-calleraccount-shape: \`arn:aws:iam::111122223333:root\` is no account id, which has twelve digits; no request has this value, so it does nothing in the list; write \`111122223333\`
        //                                                                                        ^^^^^^^^^^^^^^^^ kms-calleraccount-shape
        //                                                                                                          ^^^^^^^^^^^ kms-calleraccount-shape: write \`011112222333\`
      `),
  );
});

describe('leaves alone', () => {
  test.each([
    caller('"111122223333"'),
    caller('111122223333'),
    caller('"1111*"', 'StringLike'),
    caller('"*"'),
    caller('"${AWS::AccountId}"'),
    caller('"${aws:PrincipalAccount}"'),
    caller('"account-id"'),
    caller('"true"', 'Null'),
    '"StringEquals": { "aws:SourceAccount": "1" }',
  ])('%s', (members) => {
    expect(found(members)).toEqual([]);
  });
});

describe('fixes', () => {
  test('take the account out of what is around it', () => {
    expect(titles(caller('"1111-2222-3333"'))).toEqual(['change to `111122223333` (safe)']);
    expect(mended(caller('"arn:aws:iam::111122223333:root"'), 'change to `111122223333`')).toEqual({
      StringEquals: { 'kms:CallerAccount': '111122223333' },
    });
  });

  test('are none where a digit is missing', () => {
    expect(found(caller('"11112222333"'))).toEqual(['kms-calleraccount-shape']);
    expect(titles(caller('"11112222333"'))).toEqual([]);
  });
});
