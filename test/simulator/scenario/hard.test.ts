import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from '../../../simulator/json/parse.ts';
import { readScenario } from '../../../simulator/scenario/read.ts';
import { exampleText, fullText, outlineOf, problemsOf } from './texts.ts';

/** Reading gives problems in the order of the text, with places of it and messages that say something. */
function expectRead(text: string): void {
  const { root } = parseJson(text);
  if (!root) return;
  const { problems, file } = readScenario(root);
  expect(file === undefined).toBe(problems.some(({ onlyStep }) => !onlyStep));
  for (const { message, place } of problems) {
    expect(message).not.toMatch(/undefined|\[object|NaN/);
    expect(place.path.length).toBeLessThan(40);
  }
}

const TYPED = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  '/*',
  '//',
  'null',
  '1e9',
  '"__proto__"',
  '"constructor"',
  '[[[[',
  '{"a":',
];

const mutated = fc
  .tuple(
    fc.constantFrom(exampleText, fullText),
    fc.array(fc.tuple(fc.nat(), fc.nat(60), fc.constantFrom(...TYPED, '')), { minLength: 1, maxLength: 4 }),
  )
  .map(([text, edits]) =>
    edits.reduce((at, [where, length, put]) => {
      const start = where % (at.length + 1);
      return at.slice(0, start) + put + at.slice(start + length);
    }, text),
  );

test('whatever is typed into a scenario, it is read', () => {
  fc.assert(fc.property(mutated, expectRead), { numRuns: 1000 });
});

/** Values of the sample in places of others. */
const swapped = fc.tuple(fc.constantFrom(exampleText, fullText), fc.nat(), fc.nat()).map(([text, from, to]) => {
  const values = [...text.matchAll(/"[^"\n]*"|\{[^{}]*\}|\[[^[\]]*\]|\d+|true|false/g)];
  const one = values[from % values.length];
  const other = values[to % values.length];
  if (!one || !other) return text;
  return text.slice(0, one.index) + other[0] + text.slice(one.index + one[0].length);
});

test('whatever stands where, it is read', () => {
  fc.assert(fc.property(swapped, expectRead), { numRuns: 1000 });
});

test.each<[string, (size: number) => string]>([
  ['brackets', (size) => '['.repeat(size)],
  ['nested parameters', (size) => `{"steps":[{"call":"Encrypt","input":${'{"a":["$x",'.repeat(size / 11)}`],
  ['a nested policy', (size) => `{"keys":{"a":{"policy":${'{"Statement":'.repeat(size / 13)}`],
  ['a whole nested policy', (size) => `{"keys":{"a":{"policy":${'{"a":'.repeat(size / 6)}1${'}'.repeat(size / 6)}}}}`],
  [
    'undefined names',
    (size) => {
      const count = size / 60;
      const each = (make: (index: number) => string): string =>
        Array.from({ length: count }, (_, index) => make(index)).join();
      return `{"keys":{${each((index) => `"key${index}":{}`)}},"steps":[${each((index) => `{"can":"Decrypt","on":"kez${index}"}`)}]}`;
    },
  ],
  ['unknown members', (size) => `{${Array.from({ length: size / 12 }, (_, index) => `"prin${index}":1`).join()}}`],
  ['the same member', (size) => `{${'"keys":{},'.repeat(size / 10)}"keys":{}}`],
  [
    'a step of unknown members',
    (size) => `{"steps":[{${Array.from({ length: size / 12 }, (_, index) => `"cam${index}":1`).join()}}]}`,
  ],
  [
    'saved responses',
    (size) => `{"steps":[${'{"call":"ListKeys","save":"a","input":{"b":"$b"}},'.repeat(size / 50)}{}]}`,
  ],
  [
    'aliases',
    (size) =>
      `{"keys":{"a":{"aliases":[${'"alias/a",'.repeat(size / 10)}"alias/b"],"replicas":[${'"eu-west-1",'.repeat(size / 12)}"eu-west-1"]}}}`,
  ],
  [
    'a long name',
    (size) => `{"keys":{"${'a'.repeat(size / 2)}":{}},"steps":[${'{"can":"Decrypt","on":"b"},'.repeat(size / 54)}{}]}`,
  ],
])('a megabyte of %s is read in time', (_, make) => {
  const text = make(1_000_000);
  const start = performance.now();
  outlineOf(text);
  expect(performance.now() - start).toBeLessThan(10_000);
});

test('holes are problems of the member that has them', () => {
  expect(problemsOf('{ "keys": { "a": }, "steps": ')).toEqual([
    'malformed /keys/a: `a` has no value: add one',
    'malformed /steps: `steps` has no value: add one',
  ]);
});
