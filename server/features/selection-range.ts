import type { SelectionRange } from 'vscode-languageserver';
import type { JsonMember, JsonNode } from '../../simulator/json/node.ts';
import { fieldColons } from '../../simulator/policy/syntax/arn.ts';
import { characterOf, type Found, findAt, spanOfFound } from '../documents/at.ts';
import type { SourceDocument, Span } from '../documents/source.ts';
import { answer, type Feature } from './feature.ts';

/** Growing selections: segment of an ARN, text, value, member, block, statement, policy. */
export const selectionRange: Feature = {
  id: 'selection-range',
  register(session) {
    session.connection.onSelectionRanges(({ textDocument: { uri }, positions }) =>
      answer(session, 'selecting', [], () => {
        const source = session.source(uri);
        return source ? positions.map((position) => selectionAt(source, source.offsetAt(position))) : [];
      }),
    );
  },
};

/** The selections around an offset, the innermost first, each within its parent. */
export function selectionAt(source: SourceDocument, offset: number): SelectionRange {
  const whole: Span = { start: 0, end: source.text.length };
  const found = findAt(source, offset);
  const spans = [
    whole,
    ...spansDown(source.parsed.root, source.text, offset),
    ...embeddedSpans(source, found),
    ...spansInString(source, found),
  ];
  let selection: SelectionRange = { range: source.rangeOfSpan(whole) };
  let around = whole;
  for (const span of spans) {
    const isWithin = around.start <= span.start && span.end <= around.end && span.start <= offset && offset <= span.end;
    if (!isWithin || (span.start === around.start && span.end === around.end)) continue;
    selection = { range: source.rangeOfSpan(span), parent: selection };
    around = span;
  }
  return selection;
}

/** From the root down to what holds the offset: each value, what stands within its brackets, and each member. */
function spansDown(root: JsonNode | undefined, text: string, offset: number): Span[] {
  const spans: Span[] = [];
  const holds = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  let node = root;
  while (node) {
    spans.push({ start: node.start, end: node.end });
    if (node.type !== 'object' && node.type !== 'array') break;
    if (/[}\]]/.test(text.charAt(node.end - 1)))
      spans.push({ start: node.start + 1, end: Math.max(node.start + 1, node.end - 1) });
    if (node.type === 'array') {
      node = node.elements.find(holds);
      continue;
    }
    const member: JsonMember | undefined = node.members.find(holds);
    if (!member) break;
    spans.push({ start: member.start, end: member.end });
    if (holds(member.key)) spans.push({ start: member.key.start, end: member.key.end });
    node = member.value && holds(member.value) ? member.value : undefined;
  }
  return spans;
}

/** The same within a policy that is an escaped string. */
function embeddedSpans({ policy }: SourceDocument, found: Found | undefined): Span[] {
  const outer = policy?.outer;
  if (!outer || !found || found.path.length <= policy.base.length || found.path[0] !== policy.base[0]) return [];
  return spansDown(policy.parsed.root, policy.text, found.offset).map(({ start, end }) => ({
    start: outer(start),
    end: outer(end),
  }));
}

/** Within a string: its text, then the part of an ARN or of `service:Action`. */
function spansInString(source: SourceDocument, found: Found | undefined): Span[] {
  const character = found && characterOf(source, found);
  if (found?.node.type !== 'string' || character === undefined) return [];
  const { value } = found.node;
  const segment = segmentAt(value, character);
  return [
    spanOfFound(source, found),
    spanOfFound(source, found, { start: 0, end: value.length }),
    ...(segment ? [spanOfFound(source, found, segment)] : []),
  ];
}

/** The part between two colons that holds the character; an ARN has five that count, other texts one. */
function segmentAt(text: string, character: number): Span | undefined {
  const all = fieldColons(text);
  const colons = text.startsWith('arn:') ? all : all.slice(0, 1);
  if (colons.length === 0) return undefined;
  const start = (colons.findLast((colon) => colon < character) ?? -1) + 1;
  const end = colons.find((colon) => character <= colon) ?? text.length;
  return { start, end };
}
