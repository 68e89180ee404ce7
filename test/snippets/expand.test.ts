import { describe, expect, test } from 'vitest';
import { choicesOf, expand, stopsOf } from './expand.ts';

describe('a snippet expands as in VS Code', () => {
  test.each([
    ['a tab stop', 'a$1b${2}c$0', 'abc'],
    ['a placeholder', '${1:role}/${2:Alice}', 'role/Alice'],
    ['a tab stop that repeats a placeholder', '${1:a}-$1-${1}', 'a-a-a'],
    ['a tab stop before its placeholder', '$1-${1:a}', 'a-a'],
    ['a placeholder in a placeholder', '${1:a${2:b}c}$2', 'abcb'],
    ['a choice', '${1|us-east-1,eu-west-1|}:$1', 'us-east-1:us-east-1'],
    ['a choice with a comma, a bar and a backslash', '${1|a\\,b\\|c\\\\d,e|}', 'a,b|c\\d'],
    ['an escaped variable', '\\${aws:username\\}', '${aws:username}'],
    ['an escaped brace in a placeholder', '${1:a\\}b}', 'a}b'],
    ['an escaped backslash', 'a\\\\b', 'a\\b'],
    ['a brace outside of a placeholder', '{ ${1:a} }', '{ a }'],
    ['a number of two digits', '${12:a}$12', 'aa'],
  ])('%s', (_, body, text) => {
    expect(expand(body)).toBe(text);
  });

  test('what is typed at a tab stop stands everywhere it is linked to', () => {
    expect(expand('${1:a}-$1-${2|b,c|}', new Map([[1, 'x']]))).toBe('x-x-b');
  });

  test.each(['${TM_FILENAME}', '$CLIPBOARD', '${1:a', '${1/a/b/}', '${aws:username}'])('%s is an error', (body) => {
    expect(() => expand(body)).toThrow('at character');
  });
});

test('choices and tab stops are listed', () => {
  const body = '${1|a,b|}$1${2:c}$0';
  expect([...choicesOf(body)]).toEqual([[1, ['a', 'b']]]);
  expect(stopsOf(body)).toEqual([
    { number: 1, defined: true },
    { number: 1, defined: false },
    { number: 2, defined: true },
    { number: 0, defined: false },
  ]);
});
