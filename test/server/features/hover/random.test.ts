import fc from 'fast-check';
import { expect, test } from 'vitest';
import { helpAt } from '../../../../server/answers/help/at.ts';
import { pointedAt, renderHover } from '../../../../server/answers/help/hover.ts';
import { renderHelp, renderTips } from '../../../../server/answers/help/render.ts';
import { SourceDocument } from '../../../../server/documents/source.ts';
import { linksOf } from '../../../../server/features/document-link.ts';
import { foldingRangesOf } from '../../../../server/features/folding-range.ts';
import { hintsOf } from '../../../../server/features/inlay-hint.ts';
import { selectionAt } from '../../../../server/features/selection-range.ts';
import { loadKnowledge } from '../../../../server/knowledge/index.ts';
import { topicUrl } from '../../../../server/knowledge/url.ts';
import { check } from '../../../../server/rules/engine.ts';
import { rules } from '../../../../server/rules/generated/index.ts';
import { anything } from '../../../rules/arbitrary.ts';

const knowledge = await loadKnowledge();

const document = anything.map(
  ([text, name]) => new SourceDocument({ uri: `a.${name === 'grant' ? 'kms-grant' : name}.json`, text }),
);

test('hovering anywhere over any document never fails, and what it shows is never empty', () => {
  fc.assert(
    fc.property(document, (source) => {
      const diagnostics = check(source, { rules });
      for (let offset = 0; offset <= source.text.length; offset++) {
        const pointed = pointedAt(source, offset, 'us-east-1', diagnostics);
        if (pointed)
          expect(renderHover(pointed, 'full', knowledge, ({ id }) => topicUrl(id))).not.toMatch(/undefined|\[object/);
        const found = helpAt(source, offset, 'us-east-1');
        if (!found) continue;
        const { span, help } = found;
        expect(help.title).not.toBe('');
        expect(help.text.length + help.rows.length, help.title).toBeGreaterThan(0);
        expect(help.rows.every(([label, value]) => label.length <= 22 && value !== '')).toBe(true);
        expect(0 <= span.start && span.start <= offset && offset <= span.end && span.end <= source.text.length).toBe(
          true,
        );
        const text = [renderHelp(help), renderTips(help.subjects, 'full', knowledge, ({ id }) => topicUrl(id))].join(
          '\n\n',
        );
        expect(text).not.toMatch(/undefined|\[object|\$\{\}/);
        for (const line of text.split('\n').filter((each) => each.startsWith('|')))
          expect(line.match(/(?<!\\)\|/g)).toHaveLength(3);
      }
    }),
    { numRuns: 150 },
  );
});

test('hints, folding, links and selections never fail, and selections grow', () => {
  fc.assert(
    fc.property(document, fc.nat(), (source, at) => {
      const whole = source.rangeOfSpan({ start: 0, end: source.text.length });
      hintsOf(source, whole);
      linksOf(source);
      const lines = source.text.split('\n').length;
      for (const { startLine, endLine } of foldingRangesOf(source)) {
        expect(startLine).toBeLessThan(endLine);
        expect(endLine).toBeLessThan(lines);
      }
      const offset = at % (source.text.length + 1);
      let selection = selectionAt(source, offset);
      while (selection.parent) {
        const [start, end] = [selection.range.start, selection.range.end].map((each) => source.offsetAt(each));
        const { parent } = selection;
        const [around, until] = [parent.range.start, parent.range.end].map((each) => source.offsetAt(each));
        expect(Number(around) <= Number(start) && Number(end) <= Number(until)).toBe(true);
        expect(Number(end) - Number(start)).toBeLessThan(Number(until) - Number(around));
        selection = parent;
      }
    }),
    { numRuns: 200 },
  );
});
