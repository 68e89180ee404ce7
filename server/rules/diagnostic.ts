import { toPointer } from '../../simulator/json/place.ts';
import type { SourceDocument, Span } from '../documents/source.ts';
import type { Range } from '../protocol.ts';
import { type Finding, type Rule, type Severity, severityOfGroup } from './rule.ts';
import type { Severities } from './selection.ts';

/** A finding with its rule, its severity and its place in the text. */
export interface Diagnostic {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly finding: Finding;
  readonly range: Range;
  /** RFC 6901; undefined for broken JSON, which has no places. */
  readonly pointer: string | undefined;
}

/** A finding that somebody has looked at and accepts. */
export interface Suppressed {
  readonly diagnostic: Diagnostic;
  readonly by: Acceptance;
}

export interface Acceptance {
  /** In the document itself, or elsewhere. */
  readonly where: 'comment' | 'configuration';
  readonly reason?: string;
}

/** The characters that a finding stands on. */
export function spanOfFinding(document: SourceDocument, { at }: Finding): Span {
  return 'path' in at ? document.spanOf(at) : at;
}

/** A finding of a rule as it is shown, where it stands on these characters. */
export function diagnosticOf(
  document: SourceDocument,
  rule: Rule,
  finding: Finding,
  severities: Severities | undefined,
  span: Span = spanOfFinding(document, finding),
): Diagnostic {
  const { at } = finding;
  const chosen = severities?.[rule.id];
  return {
    rule,
    severity: chosen && chosen !== 'off' ? chosen : (finding.severity ?? severityOfGroup[rule.group]),
    finding,
    range: document.rangeOfSpan(span),
    pointer: 'path' in at ? toPointer(at.path) : undefined,
  };
}

/** The message with its reason and its remedy, as one text. */
export function fullMessage(finding: Finding): string {
  return [finding.message, finding.why, finding.next].filter((part) => part !== undefined).join('; ');
}

/** In the order of the text. */
export function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    a.range.start.line - b.range.start.line ||
    a.range.start.character - b.range.start.character ||
    a.range.end.line - b.range.end.line ||
    a.range.end.character - b.range.end.character ||
    a.rule.id.localeCompare(b.rule.id)
  );
}
