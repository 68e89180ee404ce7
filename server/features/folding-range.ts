import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import type { JsonNode } from '../../simulator/json/node.ts';
import type { SourceDocument } from '../documents/source.ts';
import { answer, type Feature } from './feature.ts';

/** Statements, conditions and every other object and list that spans lines, and comments, where no JSON service folds them already. */
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
  if (source.allowsComments) ranges.push(...foldedComments(source));
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

/** A comment of several lines, and lines of comments one below the other. */
function foldedComments(source: SourceDocument): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  let run: FoldingRange | undefined;
  for (const comment of source.parsed.comments) {
    const { start, end } = source.rangeOfSpan(comment);
    const isAlone = source.text.slice(comment.start - start.character, comment.start).trim() === '';
    if (run && isAlone && start.line === run.endLine + 1) run.endLine = end.line;
    else if (isAlone || start.line < end.line) {
      run = { startLine: start.line, endLine: end.line, kind: FoldingRangeKind.Comment };
      ranges.push(run);
    } else run = undefined;
  }
  return ranges.filter(({ startLine, endLine }) => startLine < endLine);
}
