import { describe, expect, test } from 'vitest';
import { readPrincipal } from '../../../client/ask/principals.ts';

describe('what a person may type for a principal', () => {
  test.each([
    ['root', 'root', 'root of the account that owns the key'],
    ['root:444455556666', 'root:444455556666', 'root of 444455556666'],
    ['444455556666', 'root:444455556666', 'root of 444455556666'],
    ['arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:root', 'root of 111122223333'],
    ['arn:aws:iam::111122223333:role/App', 'arn:aws:iam::111122223333:role/App', 'role App of 111122223333'],
    [
      'arn:aws-cn:iam::111122223333:user/team/Ann',
      'arn:aws-cn:iam::111122223333:user/team/Ann',
      'user Ann of 111122223333',
    ],
    [
      'arn:aws:sts::111122223333:assumed-role/App/i-0abc',
      'arn:aws:sts::111122223333:assumed-role/App/i-0abc',
      'role App of 111122223333 in session i-0abc',
    ],
    ['logs.us-east-1.amazonaws.com', 'service:logs.us-east-1.amazonaws.com', 'service logs.us-east-1.amazonaws.com'],
    ['service:s3.amazonaws.com', 'service:s3.amazonaws.com', 'service s3.amazonaws.com'],
  ])('%s', (typed, value, meaning) => {
    expect(readPrincipal(typed)).toEqual({ value, meaning });
  });

  test('a shorthand where the account is known', () => {
    const value = 'arn:aws:iam::111122223333:role/App';
    expect(readPrincipal('role/App', '111122223333')).toEqual({ value, meaning: 'role App of 111122223333' });
  });
});

describe('what cannot be used says what to write instead', () => {
  test.each([
    ['12345', 'an account ID has 12 digits, `12345` has 5'],
    ['App', '`App` is not a principal: write an ARN such as `arn:aws:iam::111122223333:role/App`, 12 digits or `root`'],
    ['*', '`*` is not a principal: write an ARN such as `arn:aws:iam::111122223333:role/App`, 12 digits or `root`'],
    ['role/App', 'the account of `role/App` is missing: write `arn:aws:iam::111122223333:role/App`'],
    ['arn:aws:iam::111122223333:role/*', 'a request comes from one principal: write its name without wildcards'],
    ['arn:aws:iam::1111:role/App', 'an account ID has 12 digits, `1111` has 4'],
    ['arn:aws:iam:::role/App', 'the ARN has no account ID: write `arn:aws:iam::111122223333:role/App`'],
    ['arn:aws:iam::111122223333:group/Ops', 'a group cannot ask for anything: name one of its users'],
    ['arn:aws:iam::111122223333:instance-profile/Web', 'an instance profile cannot ask for anything: name its role'],
    ['arn:aws:iam::111122223333:roles/App', '`roles/App` is neither `root` nor `role/…` nor `user/…`'],
    [
      'arn:aws:sts::111122223333:assumed-role/App',
      '`assumed-role/App` is not a session: write `assumed-role/App/session` or `federated-user/Ann`',
    ],
    ['arn:aws:kms:us-east-1:111122223333:key/1', 'this is the ARN of a key: name who asks, such as a role or a user'],
    ['arn:aws:s3:::orders', '`s3` has no principals: the ARN of one starts with `arn:aws:iam::` or `arn:aws:sts::`'],
    ['arn:amazon:iam::111122223333:root', '`amazon` is not a partition: an ARN starts with `arn:aws:`'],
  ])('%s', (typed, problem) => {
    expect(readPrincipal(typed)).toEqual({ problem });
  });
});
