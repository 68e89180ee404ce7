import type { SourceDocument, Span } from '../../documents/source.ts';
import type { Knowledge } from '../../knowledge/index.ts';
import type { Diagnostic } from '../../rules/diagnostic.ts';
import type { Finding } from '../../rules/rule.ts';
import { helpAt } from './at.ts';
import { renderFindings } from './finding.ts';
import type { HelpAt } from './help.ts';
import { type ExamTips, renderHelp, renderTips, type TopicUrl } from './render.ts';

/** What there is to show at a position. */
export interface Pointed {
  readonly help: HelpAt | undefined;
  /** What rules found there, the shortest stretch of text first. */
  readonly found: readonly Found[];
}

interface Found {
  readonly rule: string;
  readonly finding: Finding;
  readonly span: Span;
}

/** Undefined where there is nothing to show. `region` is that of request quotas. */
export function pointedAt(
  source: SourceDocument,
  offset: number,
  region: string,
  diagnostics: readonly Diagnostic[],
): Pointed | undefined {
  const help = helpAt(source, offset, region);
  const found = diagnostics
    .map(({ rule: { id }, finding, range: { start, end } }) => ({
      rule: id,
      finding,
      span: { start: source.offsetAt(start), end: source.offsetAt(end) },
    }))
    .filter(({ span }) => span.start <= offset && offset <= span.end)
    .sort(byLength);
  return help || found.length > 0 ? { help, found } : undefined;
}

interface Block {
  readonly text: string;
  readonly span: Span;
}

/** A hover in Markdown: a block for each rule and one for the thing itself, the closest first; below them the exam tips. */
export function renderHover(
  { help, found }: Pointed,
  examTips: ExamTips,
  knowledge: Knowledge,
  urlOf: TopicUrl,
): string {
  const blocks: Block[] = [...new Set(found.map(({ rule }) => rule))].flatMap((rule) => {
    const own = found.filter((each) => each.rule === rule);
    const page = knowledge.rulePage(rule);
    const findings = own.map(({ finding }) => finding);
    return own[0] && page ? [{ text: renderFindings(findings, page), span: own[0].span }] : [];
  });
  if (help) blocks.push({ text: renderHelp(help.help), span: help.span });
  const tips = help && renderTips(help.help.subjects, examTips, knowledge, urlOf);
  return [...blocks.sort(byLength).map(({ text }) => text), ...(tips ? [tips] : [])].join('\n\n---\n\n');
}

/** The characters that a hover is about. */
export const pointedSpan = ({ help, found }: Pointed): Span | undefined => help?.span ?? found[0]?.span;

const byLength = (a: { readonly span: Span }, b: { readonly span: Span }): number =>
  a.span.end - a.span.start - (b.span.end - b.span.start);
