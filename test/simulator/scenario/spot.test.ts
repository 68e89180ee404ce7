import { describe, expect, test } from 'vitest';
import { parseJson } from '../../../simulator/json/parse.ts';
import type { Path } from '../../../simulator/json/place.ts';
import { type Spot, spotAt } from '../../../simulator/scenario/spot.ts';

const spot = (text: string, path: Path): Spot | undefined => spotAt(parseJson(text).root, path);
const types = (text: string, path: Path): string[] => spot(text, path)?.shapes.map(({ type }) => type) ?? [];

describe('what belongs at a path', () => {
  test.each<[string, Path, string[]]>([
    ['{}', [], ['object']],
    ['{}', ['keys'], ['map']],
    ['{}', ['keys', 'k'], ['object']],
    ['{}', ['keys', 'k', 'aliases', 3], ['text']],
    ['{}', ['steps', 0], ['variants']],
    ['{}', ['nothing'], []],
    ['{}', ['constructor'], []],
    ['{}', ['keys', 0], []],
    ['{}', ['steps', 'a'], []],
  ])('%s %j', (text, path, expected) => {
    expect(types(text, path)).toEqual(expected);
  });

  test('a step decides for its members, be they in it yet or not', () => {
    const path: Path = ['steps', 0, 'input'];
    expect(spot('{ "steps": [{ "call": "x" }] }', path)?.rows.map(({ of }) => of.what)).toEqual(['a call']);
    expect(spot('{ "steps": [{ }] }', path)?.rows.map(({ of }) => of.what)).toEqual(['an access check', 'a call']);
    expect(types('{ "steps": [{ "wait": "P1D" }] }', path)).toEqual([]);
  });

  test('a value decides between forms, and leaves them open where it is missing', () => {
    const path: Path = ['steps', 0, 'expect', 'kind'];
    expect(types('{ "steps": [{ "can": "x", "expect": {} }] }', path)).toEqual(['text']);
    expect(types('{ "steps": [{ "can": "x" }] }', path)).toEqual(['text']);
    expect(types('{ "steps": [{ "can": "x", "expect": "allowed" }] }', path)).toEqual([]);
  });

  test('policies and parameters end the way', () => {
    const policy = spot('{}', ['principals', 'A', 'policies', 0, 'Statement', 1]);
    expect(policy).toMatchObject({ shapes: [{ type: 'policy', kind: 'iam-policy' }], below: ['Statement', 1] });
    const input = spot('{ "steps": [{ "call": "x" }] }', ['steps', 0, 'input', 'A', 0, 'B']);
    expect(input).toMatchObject({ shapes: [{ type: 'parameters' }], below: ['A', 0, 'B'] });
  });
});
