import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReadBefore } from '../../../simulator/json/earlier.ts';
import type { JsonNode } from '../../../simulator/json/node.ts';
import { type ParsedJson, parseJson } from '../../../simulator/json/parse.ts';

/** Everything in a tree, with what is read when somebody looks into it. */
function whole(node: JsonNode | undefined): unknown {
  switch (node?.type) {
    case 'object': {
      const { type, start, end, members } = node;
      return { type, start, end, members: members.map((member) => ({ ...member, value: whole(member.value) })) };
    }
    case 'array':
      return { ...node, elements: node.elements.map(whole) };
    default:
      return node;
  }
}

const told = ({ root, problems, comments, listedTo }: ParsedJson): unknown => ({
  root: whole(root),
  problems,
  comments,
  listedTo,
});

const statements = [
  '{"Sid": "A", "Action": ["kms:*"]}',
  '{ "Resource": "*", "Condition": {"Bool": {"a": true, "b": [{}, {"c": null}]}} }',
  '{"Sid": "B", /* why */ "Effect": "Deny",}',
  '{"Sid": "C"',
  '{"Principal": [[{"AWS": 1}]]} // who',
  '[{"x": [{"y": "z"}]}]',
  '"text"',
];
const policy = fc
  .array(fc.constantFrom(...statements), { maxLength: 6 })
  .chain((list) =>
    fc.constantFrom(
      `{"Version": "2012-10-17", "Statement": [${list.join(', ')}]}`,
      `[${list.join(',\n')}]`,
      `\uFEFF{"Statement": [\n${list.join(' ')}\n], "Id": {"a": [${list.join(',')}]}}`,
    ),
  );

const typed = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  ' ',
  '\n',
  '/*',
  '*/',
  '//',
  'x',
  '{"a": [{"b": 1}]}',
  '\\',
  '\u0001',
];
const change = fc.record({
  atBracket: fc.boolean(),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof(fc.constant(0), fc.constant(1), fc.nat(40)),
  added: fc.oneof(fc.constantFrom('', ...typed), fc.string({ unit: fc.constantFrom(...typed), maxLength: 5 })),
});

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(text: string, { at, atBracket, removed, added }: Change): string {
  const any = Math.floor(at * text.length);
  const offset = atBracket ? any + Math.max(0, text.slice(any).search(/[[\]{}]/)) : any;
  return text.slice(0, offset) + added + text.slice(offset + removed);
}

test('after any edits a text is read as it would be by itself', () => {
  fc.assert(
    fc.property(policy, fc.array(change, { minLength: 1, maxLength: 6 }), (first, changes) => {
      let before: ReadBefore = { text: first, parsed: parseJson(first) };
      for (const each of changes) {
        const text = changed(before.text, each);
        expect(told(parseJson(text, before))).toEqual(told(parseJson(text)));
        // Nobody looks into this one, so that the next is made from what is not read yet.
        before = { text, parsed: parseJson(text, before) };
      }
      expect(told(before.parsed)).toEqual(told(parseJson(before.text)));
    }),
    { numRuns: 4000 },
  );
});

test('of statements beside the edit nothing is read until somebody asks', () => {
  const text = '{"Statement": [{"Sid": "A"}, {"Sid": ""}, {"Sid": "C"}]}';
  const typedInto = text.replace('""', '"B"');
  const { root } = parseJson(typedInto, { text, parsed: parseJson(text) });
  const list = root?.type === 'object' ? root.members[0]?.value : undefined;
  const isRead = (node: JsonNode): boolean => Object.hasOwn(node, 'members');
  expect(list?.type === 'array' && list.elements.map(isRead)).toEqual([false, true, false]);
  expect(whole(root)).toEqual(whole(parseJson(typedInto).root));
});

test('more faults than are listed are no reason to read fewer', () => {
  const text = `[${'{"a" 1}, '.repeat(150)}{"b": 1}]`;
  const before = { text, parsed: parseJson(text) };
  const next = text.replace('"b"', '"bc"');
  expect(told(parseJson(next, before))).toEqual(told(parseJson(next)));
});
