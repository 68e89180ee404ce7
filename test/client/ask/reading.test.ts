import { describe, expect, test } from 'vitest';
import { accountOf, readAccount } from '../../../client/ask/accounts.ts';
import { readAction } from '../../../client/ask/actions.ts';
import { type Choice, withTyped } from '../../../client/ask/question.ts';
import { principalInWords, requestInWords } from '../../../client/ask/words.ts';

describe('an action', () => {
  test.each([
    ['kms:Decrypt', 'kms:Decrypt'],
    ['Decrypt', 'kms:Decrypt'],
    ['KMS:GenerateDataKey', 'kms:GenerateDataKey'],
  ])('%s', (typed, value) => {
    expect(readAction(typed)).toEqual({ value, meaning: `asks for ${value}` });
  });

  test.each([
    ['s3:GetObject', 'only KMS actions can be simulated: write `kms:Decrypt`, not `s3:GetObject`'],
    ['kms:*', 'a request asks for one action: write its name without wildcards'],
    ['kms:', '`kms:` is not an action: write `kms:Decrypt` or `Decrypt`'],
    ['kms:De crypt', '`kms:De crypt` is not an action: write `kms:Decrypt` or `Decrypt`'],
  ])('not %s', (typed, problem) => {
    expect(readAction(typed)).toEqual({ problem });
  });
});

test('an account', () => {
  expect(readAccount('111122223333')).toEqual({ value: '111122223333', meaning: 'the key belongs to 111122223333' });
  expect(readAccount('1111')).toEqual({ problem: 'an account ID has 12 digits, `1111` has 4' });
  expect(readAccount('ours')).toEqual({ problem: '`ours` is not an account ID: it has 12 digits' });
  expect(accountOf('arn:aws:sts::111122223333:assumed-role/App/s')).toBe('111122223333');
  expect(accountOf('root:111122223333')).toBe('111122223333');
  expect(accountOf('root')).toBeUndefined();
  expect(accountOf('service:s3.amazonaws.com')).toBeUndefined();
});

describe('a request in words', () => {
  const role = 'arn:aws:iam::111122223333:role/App';

  test('the least', () => {
    expect(requestInWords({ principal: role, action: 'Decrypt' })).toBe('kms:Decrypt by role App of 111122223333');
  });

  test('everything', () => {
    const words = requestInWords({
      principal: 'root:444455556666',
      action: 'kms:Decrypt',
      keyAccount: '111122223333',
      via: 's3',
      encryptionContext: { department: 'payroll' },
      context: { 'aws:SourceVpc': 'vpc-1', 'aws:TagKeys': ['a', 'b'] },
    });
    expect(words).toBe(
      'kms:Decrypt by root of 444455556666, through s3, on a key of 111122223333, ' +
        'with department: payroll and aws:SourceVpc: vpc-1 and aws:TagKeys: a, b',
    );
  });

  test('the ARN of a key says more than its account', () => {
    const key = 'arn:aws:kms:us-east-1:111122223333:key/1';
    expect(requestInWords({ principal: role, action: 'kms:Sign', key, keyAccount: '111122223333' })).toBe(
      `kms:Sign by role App of 111122223333, on ${key}`,
    );
  });

  test.each([
    ['arn:aws:sts::111122223333:federated-user/Ann', 'federated user Ann of 111122223333'],
    ['arn:aws:iam::111122223333:saml-provider/X', 'arn:aws:iam::111122223333:saml-provider/X'],
    ['arn:aws', 'arn:aws'],
    ['*', '*'],
  ])('%s', (principal, words) => {
    expect(principalInWords(principal)).toBe(words);
  });
});

describe('what was typed beside the choices', () => {
  const choices: Choice<string>[] = [
    { kind: 'separator', label: 'In this statement' },
    { kind: 'pick', label: 'kms:Decrypt', description: 'turns ciphertext into plaintext', value: 'kms:Decrypt' },
  ];
  const shown = (typed: string) => withTyped(choices, typed, readAction, (value) => value);

  test('nothing typed', () => {
    expect(shown('  ')).toBe(choices);
  });

  test('a new value stands first and is shown whatever the filter says', () => {
    expect(shown(' Encrypt ')[0]).toEqual({
      kind: 'pick',
      label: 'Use “Encrypt”',
      description: 'asks for kms:Encrypt',
      value: 'kms:Encrypt',
      fromTyping: true,
    });
  });

  test('a choice that says the same is enough', () => {
    expect(shown('kms:Decrypt')).toBe(choices);
    expect(shown('Decrypt')).toBe(choices);
  });

  test('no complaint while the text filters the list', () => {
    expect(shown('kms:')).toBe(choices);
    expect(shown('into plain')).toBe(choices);
  });

  test('a complaint where nothing matches', () => {
    expect(shown('s3:GetObject').at(-1)).toEqual({
      kind: 'problem',
      label: 'only KMS actions can be simulated: write `kms:Decrypt`, not `s3:GetObject`',
    });
  });
});
