import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import type { JsonNode } from '../../simulator/json/node.ts';
import type { SourceDocument } from '../documents/source.ts';
import { answer, type Feature } from './feature.ts';

/** Statements, conditions and every other object and list that spans lines, where no JSON service folds them already. */
export const foldingRange: Feature = {
  id: 'folding-range',
  register(session) {
    session.connection.onFoldingRanges(({ textDocument: { uri } }) =>
      answer(session, 'folding', [], () => {
        const source = session.source(uri);
        // The JSON service does not know scenarios, whose language allows comments.
        if (!source || (session.options.jsonService && source.languageId !== 'kms-scenario')) return [];
        return foldingRangesOf(source);
      }),
    );
  },
};

/** Brackets stay visible: a range ends on the line before the closing one. */
export function foldingRangesOf(source: SourceDocument): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  const nodes: JsonNode[] = source.parsed.root ? [source.parsed.root] : [];
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    if (node.type !== 'object' && node.type !== 'array') continue;
    const { start, end } = source.rangeOfSpan(node);
    const closed = /[}\]]/.test(source.text.charAt(node.end - 1));
    const endLine = closed ? end.line - 1 : end.line;
    if (start.line < endLine) ranges.push({ startLine: start.line, endLine, kind: FoldingRangeKind.Region });
    const inner = node.type === 'array' ? node.elements : node.members.flatMap(({ value }) => value ?? []);
    nodes.push(...inner);
  }
  return oneForEachLine(ranges);
}

/** Editors fold lines: of two ranges that begin on the same line only the longer can be folded. */
function oneForEachLine(ranges: readonly FoldingRange[]): FoldingRange[] {
  const byLine = new Map<number, FoldingRange>();
  for (const range of ranges) {
    const other = byLine.get(range.startLine);
    if (!other || other.endLine < range.endLine) byLine.set(range.startLine, range);
  }
  return [...byLine.values()].sort((a, b) => a.startLine - b.startLine);
}
