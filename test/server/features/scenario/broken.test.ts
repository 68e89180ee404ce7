import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { completionsAt } from '../../../../server/answers/completion/completions.ts';
import { helpAt } from '../../../../server/answers/help/at.ts';
import { renderHelp } from '../../../../server/answers/help/render.ts';
import { renamed } from '../../../../server/answers/scenario/rename.ts';
import { definitionsAt } from '../../../../server/features/definition.ts';
import { policyLinksOf } from '../../../../server/features/document-link.ts';
import { symbolsOf } from '../../../../server/features/document-symbol.ts';
import { foldingRangesOf } from '../../../../server/features/folding-range.ts';
import { occurrencesAt } from '../../../../server/features/references.ts';
import { selectionAt } from '../../../../server/features/selection-range.ts';
import { edited, scenario } from './harness.ts';

const example = readFileSync(new URL('../../../../examples/orders.kms-scenario.json', import.meta.url), 'utf8');

/** Asks for everything at one place; what is said must stand within the text. */
function askAll(text: string, offset: number): void {
  const source = scenario(text);
  const around = { others: [], account: '', region: 'us-east-1', jsonService: false };
  completionsAt(source, offset, around);
  const found = helpAt(source, offset, 'us-east-1');
  if (found) {
    expect(renderHelp(found.help)).not.toContain('undefined');
    expect(found.span.end).toBeLessThanOrEqual(text.length);
  }
  definitionsAt(source, offset);
  for (const { span } of occurrencesAt(source, offset)) expect(span.start).toBeLessThanOrEqual(span.end);
  selectionAt(source, offset);
  symbolsOf(source);
  foldingRangesOf(source);
  policyLinksOf(source, 'file:///');
  const answer = renamed(source, offset, 'new name');
  if (answer && 'edits' in answer) edited(source, answer.edits);
}

test('no text and no position makes anything fail', () => {
  const parts = example.match(/"[^"]*"|[{}[\],:]|\s+|\w+/g) ?? [];
  const part = fc.constantFrom(
    ...new Set(parts),
    '"$a.b"',
    '"save": "a"',
    '"call":',
    '//',
    '/*',
    '*/',
    '"',
    '\\',
    '🔑',
    '\r\n',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), fc.nat(), (texts, at) => {
      const text = texts.join('');
      askAll(text, at % (text.length + 1));
    }),
    { numRuns: 500 },
  );
});

test('nor does a file that lacks something anywhere', () => {
  fc.assert(
    fc.property(fc.nat(example.length), fc.nat(30), fc.nat(example.length), (start, length, at) => {
      const text = example.slice(0, start) + example.slice(start + length);
      askAll(text, Math.min(at, text.length));
      askAll(text, Math.min(start, text.length));
    }),
    { numRuns: 300 },
  );
});

test('a new name is one wherever the old one was: the file says the same as before', () => {
  const source = scenario(example);
  for (const { name, place } of source.scenario?.names.definitions ?? []) {
    const { start } = source.spanOf(place);
    const answer = renamed(source, start + 1, `${name} "2"`);
    if (!answer || 'problem' in answer) throw new Error(answer?.problem);
    const after = scenario(edited(source, answer.edits));
    expect(after.scenario?.problems).toEqual([]);
    expect(after.scenario?.uses.length).toBe(source.scenario?.uses.length);
    expect(after.text.replaceAll(`"${name} \\"2\\""`, `"${name}"`)).toBe(source.text);
  }
});
