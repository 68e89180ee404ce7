import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Lines } from '../../../server/documents/lines.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'é', '\n', '\r', '\r\n', ' '), maxLength: 30 });

test('positions are those of the protocol, in whatever order somebody asks', () => {
  fc.assert(
    fc.property(text, fc.array(fc.integer({ min: -2, max: 40 })), (content, offsets) => {
      const lines = new Lines(content);
      const document = TextDocument.create('file:///a', 'json', 1, content);
      for (const offset of offsets) expect(lines.positionAt(offset)).toEqual(document.positionAt(offset));
    }),
  );
});

test('so are offsets', () => {
  const number = fc.integer({ min: -1, max: 12 });
  fc.assert(
    fc.property(text, fc.array(fc.record({ line: number, character: number })), (content, positions) => {
      const lines = new Lines(content);
      const document = TextDocument.create('file:///a', 'json', 1, content);
      for (const position of positions) expect(lines.offsetAt(position)).toBe(document.offsetAt(position));
    }),
  );
});
