import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addSuppression, switchOff } from '../../../server/config/accept.ts';
import type { ConfigEdits } from '../../../server/config/edit.ts';
import { readConfig } from '../../../server/config/read.ts';
import { applyTextEdits } from '../../../server/documents/edits.ts';
import { SourceDocument } from '../../../server/documents/source.ts';

const uri = 'file:///w/.kms-lens.json';
const entry = { rule: 'sid-empty', path: 'p/x.json', sid: 'S', reason: 'known' };
const ENTRY = '{ "rule": "sid-empty", "path": "p/x.json", "sid": "S", "reason": "known" }';

function made(text: string, edits: ConfigEdits): string {
  if ('problem' in edits) throw new Error(edits.problem);
  return applyTextEdits(new SourceDocument({ uri, text, languageId: 'jsonc' }), edits.edits);
}

const suppressed = (text: string): string => made(text, addSuppression(uri, text, entry));
const off = (text: string): string => made(text, switchOff(uri, text, 'sid-empty'));

describe('a suppression', () => {
  test.each<[string, string, string]>([
    ['begins a file', '', `{\n  "suppress": [\n    ${ENTRY}\n  ]\n}\n`],
    [
      'begins the list',
      '{\n    "account": "111122223333" // ours\n}\n',
      `{\n    "account": "111122223333", // ours\n    "suppress": [\n        ${ENTRY}\n    ]\n}\n`,
    ],
    [
      'goes behind the others and their comments',
      '{\n  "suppress": [\n    { "rule": "sid-charset" } // why\n    // more to come\n  ]\n}\n',
      `{\n  "suppress": [\n    { "rule": "sid-charset" }, // why\n    ${ENTRY}\n    // more to come\n  ]\n}\n`,
    ],
    [
      'ends with a comma where the others do',
      '{\n\t"suppress": [\n\t\t{ "rule": "sid-charset" },\n\t],\n}',
      `{\n\t"suppress": [\n\t\t{ "rule": "sid-charset" },\n\t\t${ENTRY},\n\t],\n}`,
    ],
    [
      'stays on the line of the others',
      '{ "suppress": [{ "rule": "sid-charset" }] }',
      `{ "suppress": [{ "rule": "sid-charset" }, ${ENTRY}] }`,
    ],
    [
      'takes lines where the others do',
      '{\r\n  "suppress": [{\r\n    "rule": "sid-charset"\r\n  }]\r\n}',
      '{\r\n  "suppress": [{\r\n    "rule": "sid-charset"\r\n  }, {\r\n    "rule": "sid-empty",\r\n    "path": "p/x.json",\r\n    "sid": "S",\r\n    "reason": "known"\r\n  }]\r\n}',
    ],
    [
      'fills an empty list',
      '{\n  "suppress": [ /* none */ ]\n}',
      `{\n  "suppress": [ /* none */\n    ${ENTRY}\n  ]\n}`,
    ],
    ['fills an empty list on the line', '{ "suppress": [] }', `{ "suppress": [${ENTRY}] }`],
  ])('%s', (_, text, expected) => {
    expect(suppressed(text)).toBe(expected);
  });
});

describe('a rule that is switched off', () => {
  test.each<[string, string, string]>([
    ['begins a file', '// ours\n', '// ours\n{\n  "rules": {\n    "sid-empty": "off"\n  }\n}\n'],
    [
      'joins the others',
      '{\n  "rules": { "sid-charset": "error" } // all\n}',
      '{\n  "rules": { "sid-charset": "error", "sid-empty": "off" } // all\n}',
    ],
    [
      'has its severity replaced',
      '{ "rules": { "sid-empty": "error" /* yes */ } }',
      '{ "rules": { "sid-empty": "off" /* yes */ } }',
    ],
    ['is left where it is off', '{ "rules": { "sid-empty": "off" } }', '{ "rules": { "sid-empty": "off" } }'],
  ])('%s', (_, text, expected) => {
    expect(off(text)).toBe(expected);
  });
});

test.each([
  ['{ "suppress": ', 'it is no proper JSON'],
  ['[]', 'it is no JSON object'],
  ['{ "suppress": {}, "rules": [] }', /`suppress` is no list|`rules` is no object/],
  ['{ "suppress": [], "suppress": [], "rules": {}, "rules": {} }', 'is given twice'],
])('a file that cannot be understood is left to its owner: %s', (text, problem) => {
  for (const answer of [addSuppression(uri, text, entry), switchOff(uri, text, 'sid-empty')])
    expect(answer).toEqual({
      problem: problem instanceof RegExp ? expect.stringMatching(problem) : expect.stringContaining(problem),
    });
});

test('wherever the file has its breaks, comments and commas, it says so afterwards, and nothing of it goes', () => {
  const gap = fc.constantFrom('', ' ', '\n', '\n    ', ' // x\n', ' /* , ] */ ', '\n  // y, {\n');
  const gaps = fc.array(gap, { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(gaps, fc.nat(3), fc.boolean(), (spaces, count, trailing) => {
      const at = (index: number): string => spaces[index] ?? '';
      const others = Array.from(
        { length: count },
        (_, index) => `${at(index)}{ "rule": "sid-charset"${at(index + 3)}}${at(index + 6)}`,
      );
      const comma = trailing && count > 0 ? ',' : '';
      const text = `{${at(9)}"suppress"${at(10)}:[${others.join(',')}${comma}${at(11)}],${at(3)}"rules":{${at(4)}}${at(5)}}`;
      const result = off(suppressed(text));
      const { values, problems } = readConfig(uri, result);
      expect(problems, result).toEqual([]);
      expect(values.suppress.map(({ rule }) => rule)).toEqual([...others.map(() => 'sid-charset'), 'sid-empty']);
      expect(values.rules).toEqual({ 'sid-empty': 'off' });
      const comments = (of: string): string[] => of.match(/\/\/ \w.*|\/\* , \] \*\//g) ?? [];
      expect(comments(result)).toEqual(comments(text));
      expect(isWithin(text, result), result).toBe(true);
    }),
  );
});

/** Whether a text is what remains of another when characters are taken out; space does not count. */
function isWithin(text: string, longer: string): boolean {
  const rest = text.replaceAll(/\s/g, '');
  let at = 0;
  for (const character of longer) if (character === rest[at]) at++;
  return at === rest.length;
}
