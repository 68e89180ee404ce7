import { describe, expect, test } from 'vitest';
import { labels, statement, taken } from './harness.ts';

const KEY = 'a.key-policy.json';

describe('what an offer takes the place of', () => {
  const cases: readonly [what: string, text: string, label: string, result: string][] = [
    ['a string', '"Effect": "$0"', 'Deny', '"Effect": "Deny"'],
    ['the rest of a string', '"Effect": "A$0llow"', 'Deny', '"Effect": "Deny"'],
    ['a string without an end', '"Effect": "De$0', 'Deny', '"Effect": "Deny"'],
    ['a lone quote', '"Effect": "$0, "Sid": "x"', 'Deny', '"Effect": "Deny", "Sid": "x"'],
    ['a lone quote with a word', '"Effect": "D$0en, "Sid": "x"', 'Deny', '"Effect": "Deny", "Sid": "x"'],
    ['a lone quote in front of a member', '"$0"Sid": "x"', 'Effect', '"Effect": "","Sid": "x"'],
    ['a lone quote in a list', '"Action": ["kms:Encrypt", "$0]', 'kms:Sign', '"Action": ["kms:Encrypt", "kms:Sign"]'],
    [
      'a lone quote in front of an element',
      '"Action": ["kms:De$0, "kms:Encrypt"]',
      'kms:Sign',
      '"Action": ["kms:Sign", "kms:Encrypt"]',
    ],
    ['a bare word', '"Effect": De$0', 'Deny', '"Effect": "Deny"'],
    ['a bare word for a name', 'Eff$0', 'Effect', '"Effect": ""'],
    ['nothing, behind a colon', '"Effect":$0', 'Deny', '"Effect": "Deny"'],
    ['nothing, behind a space', '"Effect": $0', 'Deny', '"Effect": "Deny"'],
    ['nothing, where the colon is missing', '"Effect" $0', 'Deny', '"Effect": "Deny"'],
    ['a string, where the colon is missing', '"Effect" "$0"', 'Deny', '"Effect": "Deny"'],
    ['a string at once behind its name', '"Effect""$0"', 'Deny', '"Effect": "Deny"'],
    ['a name, where the colon is missing', '"$0" "Deny"', 'Effect', '"Effect": "Deny"'],
    ['a name in front of a colon', '"$0": "Deny"', 'Effect', '"Effect": "Deny"'],
    ['a name without an end in front of a colon', '"Ef$0: "Deny"', 'Effect', '"Effect": "Deny"'],
    [
      'nothing, between two members',
      '"Sid": "x", $0 "Action": "*"',
      'Effect',
      '"Sid": "x", "Effect": "", "Action": "*"',
    ],
    ['nothing, where a comma is missing', '"Sid": "x" $0', 'Effect', '"Sid": "x", "Effect": ""'],
    [
      'a string, where both commas are missing',
      '"Sid": "x" "$0" "Action": "*"',
      'Effect',
      '"Sid": "x", "Effect": "", "Action": "*"',
    ],
    ['a value in front of a member', '"Effect": $0 "Sid": "x"', 'Deny', '"Effect": "Deny", "Sid": "x"'],
    ['a string behind another', '"Action": ["kms:Encrypt" "$0"]', 'kms:Sign', '"Action": ["kms:Encrypt", "kms:Sign"]'],
    ['an element behind another', '"Action": ["kms:Encrypt" $0]', 'kms:Sign', '"Action": ["kms:Encrypt", "kms:Sign"]'],
    [
      'an element in front of another',
      '"Action": [$0 "kms:Encrypt"]',
      'kms:Sign',
      '"Action": ["kms:Sign", "kms:Encrypt"]',
    ],
    [
      'an element between commas',
      '"Action": ["kms:*", $0, "kms:Tag"]',
      'kms:Sign',
      '"Action": ["kms:*", "kms:Sign", "kms:Tag"]',
    ],
  ];
  test.each(cases)('%s', (_, text, label, result) => {
    expect(taken(KEY, statement(text), label)).toBe(statement(result));
  });

  test('lines that follow a string without an end are still there', () => {
    const text = '{"Statement": [{\n  "$0\n  "Effect": "Allow",\n  "Action": "kms:*"\n}]}';
    expect(labels(KEY, text)?.slice(0, 3)).toEqual(['Principal', 'Resource', 'Sid']);
    expect(taken(KEY, text, 'Resource')).toBe(text.replace('"$0', '"Resource": "*",'));
  });

  test('members behind a lone quote on the same line count as there', () => {
    expect(labels(KEY, statement('"$0, "Effect": "Allow", "Resource": "*"'))?.slice(0, 2)).toEqual([
      'Principal',
      'Action',
    ]);
  });

  test('a list that was never closed', () => {
    expect(labels(KEY, '{"Statement": [{\n"Action": ["kms:*", "$0"\n"Resource": "*"\n}]}')).toContain('kms:Sign');
  });

  test('a text that breaks off', () => {
    expect(labels(KEY, '{"Statement": [{"Effect": "$0')).toEqual(['Allow', 'Deny']);
    expect(labels(KEY, '{"Statement": [{"Effect": "Allow", $0')?.[0]).toBe('Principal');
    expect(labels(KEY, '{"Statement": [{"Effect": "Allow", "Action": [$0')?.[0]).toBe('kms:Decrypt');
  });
});

describe('nothing is offered', () => {
  test.each([
    ['right behind a value', '"Effect": "Allow"$0'],
    ['right behind a name', '"Effect"$0'],
    ['in front of a value that is there', '"Effect": $0 "Allow"'],
    ['in front of the comma of a value', '"Effect": "Allow" $0, "Sid": "x"'],
  ])('%s', (_, text) => {
    expect(labels(KEY, statement(text))).toBeUndefined();
  });

  test.each(['// $0', '/* $0 */', '// "$0"', '/* "Eff$0 */', '/* $0'])('in a comment: %s', (comment) => {
    const text = `{"Statement": [{"Action": "kms:*", ${comment}\n}]}`;
    expect(labels(KEY, text, { languageId: 'jsonc' })).toBeUndefined();
  });

  test('a comment in front does not hide anything', () => {
    const text = '{"Statement": [{"Action": "kms:*", // "Effect": "Deny",\n $0 /* x */}]}';
    expect(labels(KEY, text, { languageId: 'jsonc' })?.[0]).toBe('Effect');
  });

  test('in a policy that is escaped inside the output of get-key-policy', () => {
    const text = JSON.stringify({ Policy: statement('"Effect": "Allow", "Action": "kms:*"'), PolicyName: 'default' });
    for (let offset = 0; offset <= text.length; offset++)
      expect(labels('out.json', `${text.slice(0, offset)}$0${text.slice(offset)}`)).toBeUndefined();
  });
});
