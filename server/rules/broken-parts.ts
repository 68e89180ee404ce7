import type { JsonObject } from '../../simulator/json/node.ts';
import { isLoose, type JsonProblem } from '../../simulator/json/parse.ts';
import type { SourceDocument, Span } from '../documents/source.ts';

/** The places of a document where its JSON is broken, so that what follows from that is not reported as a second fault. */
export class BrokenParts {
  /** In the text that the policy was read from. */
  private readonly problems: readonly JsonProblem[];
  /** In the document. */
  private readonly spans: readonly Span[];

  constructor({ parsed, policy }: SourceDocument) {
    const outer = policy?.outer;
    this.problems = (policy ?? { parsed }).parsed.problems.filter(isStructural);
    const inDocument = parsed.problems.filter(isStructural);
    this.spans = outer
      ? [...inDocument, ...this.problems.map(({ start, end }) => ({ start: outer(start), end: outer(end) }))]
      : inDocument;
  }

  /** Whether everything could be read. */
  get none(): boolean {
    return this.spans.length === 0;
  }

  /** Whether an object of the policy is broken between its members, or never ends. */
  inside(object: JsonObject): boolean {
    const own = this.problems.filter(({ start }) => object.start <= start && start <= object.end);
    if (own.length === 0) return false;
    const isInMember = ({ start }: JsonProblem): boolean =>
      object.members.some(({ value }) => value !== undefined && value.start < start && start < value.end);
    return !own.every(isInMember);
  }

  /** Whether a stretch of the document has broken JSON in it. */
  touches(span: Span): boolean {
    return this.spans.some(({ start, end }) => start < span.end && span.start < end);
  }
}

/** Around comments and trailing commas everything is read as it is meant. */
const isStructural = (problem: JsonProblem): boolean => !isLoose(problem);
