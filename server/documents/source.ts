import type { JsonNode } from '../../simulator/json/node.ts';
import { valueOf } from '../../simulator/json/node.ts';
import { isLoose, type ParsedJson, parseJson } from '../../simulator/json/parse.ts';
import { type Path, type Place, resolvePath } from '../../simulator/json/place.ts';
import { stringOffsets } from '../../simulator/json/strings.ts';
import { type Before, type PolicyDocument, readPolicy } from '../../simulator/policy/document.ts';
import type { PolicyUse, ScenarioOutline } from '../../simulator/scenario/outline.ts';
import { readScenario } from '../../simulator/scenario/read.ts';
import type { Range } from '../protocol.ts';
import { type DocumentKind, type KindAnswer, kindOf, kindOfContent } from './kinds.ts';
import { Lines } from './lines.ts';

/** Characters from `start` up to `end`, UTF-16 code units from the beginning of the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * A policy in a document: the document itself, or the escaped text inside the output of `aws kms get-key-policy`.
 * Paths of an inner policy begin with the path of the string that holds it.
 */
export interface PolicySource {
  readonly base: Path;
  /** The policy's own text: the document's, or the decoded string. */
  readonly text: string;
  readonly parsed: ParsedJson;
  readonly policy: PolicyDocument;
  /** An offset into `text` as an offset into the document; undefined where they are the same. */
  readonly outer: ((offset: number) => number) | undefined;
  /** For a policy that stands in a scenario: how the scenario uses it. Its text is the document's. */
  readonly use?: PolicyUse;
}

export interface SourceDocumentInit {
  readonly uri: string;
  readonly text: string;
  readonly version?: number;
  readonly languageId?: string;
  /** The kind that `.kms-lens.json` gives the file. */
  readonly configured?: DocumentKind;
  /** The last version of the same document: statements that are as they were there are not read again. */
  readonly previous?: SourceDocument | undefined;
}

/** One text with everything that is known of it: its tree, its kind, the policy in it, and where each part stands. */
export class SourceDocument {
  readonly uri: string;
  readonly version: number;
  readonly languageId: string;
  readonly text: string;
  readonly parsed: ParsedJson;
  readonly kind: KindAnswer;
  /** Missing for grants, scenarios and texts that are not ours. */
  readonly policy: PolicySource | undefined;
  private readonly lines: Lines;
  private readScenario: ScenarioOutline | undefined;
  private readPolicies: readonly PolicySource[] | undefined;

  constructor(init: SourceDocumentInit) {
    this.uri = init.uri;
    this.version = init.version ?? 0;
    this.languageId = init.languageId ?? 'json';
    this.text = init.text;
    this.lines = new Lines(init.text);
    this.parsed = parseJson(init.text, init.previous);
    const { root } = this.parsed;
    const inner = root && innerPolicy(root, init.text);
    const kind = kindOf({ ...init, root: inner ? undefined : root });
    this.kind = inner && kind.kind === null ? { kind: 'key-policy', candidates: ['key-policy'], whole: true } : kind;
    const isPolicy = this.kind.candidates.some((candidate) => candidate !== 'grant' && candidate !== 'scenario');
    if (isPolicy && inner) this.policy = inner;
    else if (isPolicy && root) {
      const policy = readPolicy(root, [], init.previous && statementsOf(init.previous, this));
      this.policy = { base: [], text: init.text, parsed: this.parsed, policy, outer: undefined };
    }
  }

  /** Comments and trailing commas are accepted where the name or the editor calls the text `jsonc`, and in scenarios. */
  get allowsComments(): boolean {
    return this.languageId === 'jsonc' || this.kind.kind === 'scenario' || /\.jsonc$/i.test(this.uri);
  }

  /** What a scenario says; missing for other kinds, and for texts without any value. */
  get scenario(): ScenarioOutline | undefined {
    const { root } = this.parsed;
    if (this.kind.kind !== 'scenario' || !root) return undefined;
    this.readScenario ??= readScenario(root);
    return this.readScenario;
  }

  /** Every policy in the document: its own, or those that stand in a scenario. */
  get policies(): readonly PolicySource[] {
    this.readPolicies ??= this.policy ? [this.policy] : policiesIn(this);
    return this.readPolicies;
  }

  /** Where a place stands. A place that leads nowhere stands where its nearest existing parent does. */
  spanOf(place: Place): Span {
    const source = this.policy;
    const isInner = source?.outer && startsWith(place.path, source.base) && place.path.length > source.base.length;
    const { root } = isInner ? source.parsed : this.parsed;
    const path = isInner ? place.path.slice(source.base.length) : place.path;
    const text = isInner ? source.text : this.text;
    if (!root) return { start: 0, end: 0 };
    const span = spanWithin(root, text, { ...place, path });
    const { outer } = isInner ? source : { outer: undefined };
    return outer ? { start: outer(span.start), end: outer(span.end) } : span;
  }

  rangeOf(place: Place): Range {
    return this.rangeOfSpan(this.spanOf(place));
  }

  rangeOfSpan(span: Span): Range {
    return { start: this.lines.positionAt(span.start), end: this.lines.positionAt(span.end) };
  }

  offsetAt(position: Range['start']): number {
    return this.lines.offsetAt(position);
  }
}

/** The output of `aws kms get-key-policy`: `{"Policy": "<escaped JSON>", "PolicyName": "default"}`. */
function innerPolicy(root: JsonNode, text: string): PolicySource | undefined {
  if (root.type !== 'object') return undefined;
  const string = valueOf(root, 'Policy');
  if (string?.type !== 'string' || !string.value.includes('"Statement"')) return undefined;
  const parsed = parseJson(string.value);
  if (parsed.root?.type !== 'object') return undefined;
  if (!valueOf(root, 'PolicyName') && kindOfContent(parsed.root).candidates.length === 0) return undefined;
  const base: Path = ['Policy'];
  let offsets: Uint32Array | undefined;
  const outer = (offset: number): number => {
    offsets ??= stringOffsets(text.slice(string.start, string.end));
    return string.start + (offsets[Math.min(offset, offsets.length - 1)] ?? 0);
  };
  return { base, text: string.value, parsed, policy: readPolicy(parsed.root, base), outer };
}

/** The policies that stand in a scenario, in the order of the text. */
function policiesIn({ scenario, text, parsed }: SourceDocument): PolicySource[] {
  return (scenario?.policies ?? []).flatMap((use) => {
    const { path, inline } = use;
    if (!inline) return [];
    return [{ base: path, text, parsed, policy: readPolicy(inline, path), outer: undefined, use }];
  });
}

/** Finds statements of an earlier version. Where its JSON is broken, the same text may be read in another way. */
function statementsOf({ policy, text: old }: SourceDocument, { parsed, text }: SourceDocument): Before | undefined {
  if (!policy || policy.outer) return undefined;
  if (policy.parsed.listedTo < old.length || parsed.listedTo < text.length) return undefined;
  const problems = [policy.parsed, parsed].map((each) => each.problems.filter((problem) => !isLoose(problem)));
  const { statements } = policy.policy;
  return (index, { start, end }, steps) => {
    const statement = statements[index];
    const object = statement?.object;
    if (!object || object.end - object.start !== end - start || statement.path.length !== steps) return undefined;
    const isSound = !problems[0]?.some(touching(object)) && !problems[1]?.some(touching({ start, end }));
    // Of the ways to compare parts of two texts this is by far the fastest.
    return isSound && text.slice(start, end) === old.slice(object.start, object.end) ? statement : undefined;
  };
}

const touching =
  (span: Span) =>
  ({ start, end }: Span): boolean =>
    start <= span.end && span.start <= end;

function spanWithin(root: JsonNode, text: string, place: Place): Span {
  for (let { length } = place.path; 0 <= length; length--) {
    const exact = length === place.path.length;
    const found = resolvePath(root, place.path.slice(0, length), exact ? place.occurrence : undefined);
    if (!found) continue;
    const { node, member } = found;
    if (!exact) return headOf(node, member ?? node);
    if (place.part === 'member' && member) return { start: member.start, end: member.end };
    if (place.part === 'key' && member) return within(text, member.key, place.span);
    if (!node) return member ? { start: member.key.start, end: member.key.end } : { start: 0, end: 0 };
    return within(text, node, place.span);
  }
  return { start: root.start, end: root.end };
}

/** A whole statement underlined says nothing: of a container that lacks something, the opening bracket is enough. */
function headOf(node: JsonNode | undefined, span: Span | undefined): Span {
  if (node?.type === 'object' || node?.type === 'array') return { start: node.start, end: node.start + 1 };
  return span ? { start: span.start, end: span.end } : { start: 0, end: 0 };
}

function within(text: string, node: JsonNode, span: Place['span']): Span {
  if (!span || node.type !== 'string') return { start: node.start, end: node.end };
  const offsets = stringOffsets(text.slice(node.start, node.end));
  const at = (index: number): number => node.start + (offsets[Math.min(index, offsets.length - 1)] ?? 0);
  return { start: at(span.start), end: at(span.end) };
}

const startsWith = (path: Path, base: Path): boolean => base.every((step, index) => path[index] === step);
