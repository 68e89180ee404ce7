import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SourceDocument } from '../../server/documents/source.ts';
import { BrokenParts } from '../../server/rules/broken-parts.ts';
import type { JsonNode, JsonObject } from '../../simulator/json/node.ts';
import { isLoose } from '../../simulator/json/parse.ts';
import { brokenText } from './arbitrary.ts';
import { ruleIds } from './harness.ts';

test('an object is broken where a problem stands in it and in none of its values', () => {
  fc.assert(
    fc.property(brokenText, ([text]) => {
      const document = new SourceDocument({ uri: 'a.key-policy.json', text });
      const { root, problems, listedTo } = document.policy?.parsed ?? document.parsed;
      const starts = problems.filter((problem) => !isLoose(problem)).map(({ start }) => start);
      const parts = new BrokenParts(document);
      for (const object of objectsOf(root)) {
        const isInValue = (at: number): boolean =>
          object.members.some(({ value }) => value !== undefined && value.start < at && at < value.end);
        const isBroken = starts.some((at) => object.start <= at && at <= object.end && !isInValue(at));
        const expected = isBroken || listedTo < object.end;
        expect(parts.inside(object), `${text}\n${object.start}`).toBe(expected);
      }
    }),
    { numRuns: 1000 },
  );
});

test('what follows more slips than are listed is not judged', () => {
  const policy = (begin: string): string => `{ "Version": "2012-10-17", "Statement": [${begin} {}] }`;
  expect(ruleIds('a.key-policy.json', policy(''))).toContain('effect-missing');
  expect(ruleIds('a.key-policy.json', policy('{{ statement }},'.repeat(200)))).toEqual([]);
});

test('comments do not hide what is broken after them', () => {
  const policy = `{ "Statement": [ ${'{} /* here */,'.repeat(200)} { "Effect" "Allow" }] }`;
  const document = new SourceDocument({ uri: 'a.key-policy.json', text: policy });
  expect(document.parsed.problems.map(({ code }) => code)).toContain('colon-expected');
});

function objectsOf(node: JsonNode | undefined): JsonObject[] {
  if (node?.type === 'array') return node.elements.flatMap(objectsOf);
  if (node?.type !== 'object') return [];
  return [node, ...node.members.flatMap(({ value }) => objectsOf(value))];
}
