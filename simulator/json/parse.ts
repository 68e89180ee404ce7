import { type Counterpart, counterpartOf, Earlier, type ReadBefore } from './earlier.ts';
import type { JsonArray, JsonMember, JsonNode, JsonObject, JsonString } from './node.ts';
import { Scan, Token, Tokens } from './tokens.ts';

export type JsonProblemCode =
  | 'empty'
  | 'value-expected'
  | 'name-expected'
  | 'colon-expected'
  | 'comma-expected'
  | 'brace-expected'
  | 'bracket-expected'
  | 'end-expected'
  | 'token-invalid'
  | 'string-unterminated'
  | 'string-escape'
  | 'string-character'
  | 'number-invalid'
  | 'comment-unterminated'
  /** Not JSON, yet accepted where comments are: callers that allow comments drop these two, with `isLoose`. */
  | 'comment'
  | 'trailing-comma';

export interface JsonProblem {
  readonly code: JsonProblemCode;
  readonly start: number;
  readonly end: number;
}

/** Whether a problem is none where comments are allowed; everything around it is read as it is meant. */
export function isLoose({ code }: Pick<JsonProblem, 'code'>): boolean {
  return code === 'comment' || code === 'trailing-comma';
}

export interface ParsedJson {
  readonly root: JsonNode | undefined;
  /**
   * In the order of the text. Of what cannot be read, and of comments and trailing commas, at most {@link MAX_PROBLEMS}
   * each; what is wrong further down is rarely worth reading.
   */
  readonly problems: readonly JsonProblem[];
  /** From here on more may be broken than is listed; the length of the text where everything is. */
  readonly listedTo: number;
  /** Where all of the comments stand, in the order of the text. */
  readonly comments: readonly JsonComment[];
  /** Objects and arrays without a bracket of their own at the end. */
  readonly unclosed: ReadonlySet<JsonNode>;
}

export interface JsonComment {
  readonly start: number;
  /** After its last character; the line break after a `//` comment is not one of them. */
  readonly end: number;
}

/** What is broken further down is rarely worth reading. */
export const MAX_PROBLEMS = 100;

/**
 * Reads any text as JSON and never fails: what cannot be read leaves a hole in the tree and a problem. With an earlier
 * version of the text at hand, objects in lists that stand in both are read when somebody looks into them.
 */
export function parseJson(text: string, before?: ReadBefore): ParsedJson {
  // Where too much was wrong, not all of it is known.
  const isKnown = before && before.parsed.problems.length < MAX_PROBLEMS;
  return new Parser(text, isKnown ? new Earlier(before, text) : undefined).run();
}

/** An object that is known to be sound. */
class UnreadObject implements JsonObject {
  readonly type = 'object';
  readonly start: number;
  readonly end: number;
  private text: string | undefined;
  private found: readonly JsonMember[] = [];

  constructor(text: string, start: number, end: number) {
    this.text = text;
    this.start = start;
    this.end = end;
  }

  get members(): readonly JsonMember[] {
    if (this.text !== undefined) {
      this.found = new Parser(this.text).membersAt(this.start);
      this.text = undefined;
    }
    return this.found;
  }
}

interface ObjectFrame {
  readonly node: { type: 'object'; start: number; end: number; members: JsonMember[] };
  member: { key: JsonString; value: JsonNode | undefined; start: number; end: number } | undefined;
  /** Where the last comma stands, while nothing followed it. */
  comma: number;
  expects: 'name' | 'colon' | 'value' | 'separator';
  /** What the earlier version held in its place. */
  readonly before: Counterpart | undefined;
}

interface ArrayFrame {
  readonly node: { type: 'array'; start: number; end: number; elements: JsonNode[] };
  comma: number;
  expects: 'value' | 'separator';
  readonly before: Counterpart | undefined;
}

type Frame = ObjectFrame | ArrayFrame;

const isObjectFrame = (frame: Frame): frame is ObjectFrame => frame.node.type === 'object';

/** Iterative, since a file of ten million brackets must not end the server. */
class Parser {
  private readonly text: string;
  private readonly tokens: Tokens;
  private readonly problems: JsonProblem[] = [];
  private readonly comments: JsonComment[] = [];
  private readonly counts = { loose: 0, broken: 0 };
  private listedTo: number;
  private readonly stack: Frame[] = [];
  private root: JsonNode | undefined;
  private rootSeen = false;
  private readonly unclosed = new Set<JsonNode>();
  private readonly earlier: Earlier | undefined;

  constructor(text: string, earlier?: Earlier) {
    this.text = text;
    this.earlier = earlier;
    this.listedTo = text.length;
    this.tokens = new Tokens(text);
  }

  run(): ParsedJson {
    this.next();
    while (this.token !== Token.EOF) {
      const frame = this.stack.at(-1);
      if (!frame) this.atRoot();
      else this.inside(frame);
    }
    this.finish();
    const { root, problems, comments, listedTo, unclosed } = this;
    return { root, problems, comments, listedTo, unclosed };
  }

  /** What a sound object that begins here holds. */
  membersAt(offset: number): readonly JsonMember[] {
    this.tokens.moveTo(offset);
    this.next();
    const node = this.value();
    while (this.token !== Token.EOF) {
      const frame = this.stack.at(-1);
      if (!frame) break;
      this.inside(frame);
    }
    return node?.type === 'object' ? node.members : [];
  }

  private inside(frame: Frame): void {
    if (isObjectFrame(frame)) this.inObject(frame);
    else this.inArray(frame);
  }

  private atRoot(): void {
    if (this.rootSeen) {
      this.problem('end-expected');
      // One report is enough for whatever follows the document.
      while (this.token !== Token.EOF) this.next();
      return;
    }
    if (!this.beginsValue()) {
      this.problem('value-expected');
      this.next();
      return;
    }
    this.rootSeen = true;
    this.root = this.value();
  }

  private inObject(frame: ObjectFrame): void {
    switch (frame.expects) {
      case 'name':
        return this.name(frame);
      case 'colon':
        return this.colon(frame);
      case 'value':
        return this.memberValue(frame);
      case 'separator':
        return this.memberSeparator(frame);
    }
  }

  private name(frame: ObjectFrame): void {
    switch (this.token) {
      case Token.StringLiteral: {
        const key = this.string();
        frame.comma = -1;
        frame.member = { key, value: undefined, start: key.start, end: key.end };
        frame.node.members.push(frame.member);
        frame.expects = 'colon';
        return;
      }
      case Token.CloseBraceToken:
        if (0 <= frame.comma) this.problemAt('trailing-comma', frame.comma, frame.comma + 1);
        return this.close(frame);
      case Token.CommaToken:
        this.problem('name-expected');
        return this.next();
      default:
        return this.strayInObject(frame, 'name-expected');
    }
  }

  private colon(frame: ObjectFrame): void {
    if (this.token === Token.ColonToken) {
      if (frame.member) frame.member.end = this.end();
      frame.expects = 'value';
      return this.next();
    }
    this.problemAt('colon-expected', frame.member?.key.end ?? this.start(), frame.member?.key.end ?? this.end());
    const isNextName = this.token === Token.StringLiteral && this.tokens.colonFollows();
    frame.expects = this.beginsValue() && !isNextName ? 'value' : 'separator';
    if (isNextName) frame.expects = 'name';
  }

  private memberValue(frame: ObjectFrame): void {
    const isNextName = this.token === Token.StringLiteral && this.tokens.colonFollows();
    if (!this.beginsValue() || isNextName) {
      const at = frame.member?.end ?? this.start();
      this.problemAt('value-expected', at, at);
      frame.expects = isNextName ? 'name' : 'separator';
      return;
    }
    frame.expects = 'separator';
    const { member } = frame;
    const node = this.value();
    if (!member || !node) return;
    member.value = node;
    member.end = node.end;
  }

  private memberSeparator(frame: ObjectFrame): void {
    switch (this.token) {
      case Token.CommaToken:
        frame.comma = this.start();
        frame.expects = 'name';
        return this.next();
      case Token.CloseBraceToken:
        return this.close(frame);
      case Token.StringLiteral: {
        const after = frame.member?.end ?? this.start();
        this.problemAt('comma-expected', after, after);
        frame.expects = 'name';
        return;
      }
      default:
        return this.strayInObject(frame, 'comma-expected');
    }
  }

  private strayInObject(frame: ObjectFrame, code: JsonProblemCode): void {
    if (this.token === Token.CloseBracketToken && this.encloses('array')) {
      this.problemAt('brace-expected', this.start(), this.end());
      return this.abandon(frame);
    }
    this.problem(code);
    if (this.beginsValue()) return void this.value();
    this.next();
  }

  private inArray(frame: ArrayFrame): void {
    switch (this.token) {
      case Token.CloseBracketToken:
        if (0 <= frame.comma) this.problemAt('trailing-comma', frame.comma, frame.comma + 1);
        return this.close(frame);
      case Token.CommaToken:
        if (frame.expects === 'value') this.problem('value-expected');
        frame.comma = this.start();
        frame.expects = 'value';
        return this.next();
      case Token.CloseBraceToken:
        if (!this.encloses('object')) break;
        this.problemAt('bracket-expected', this.start(), this.end());
        return this.abandon(frame);
      case Token.StringLiteral:
        // `"Action": ["kms:Encrypt", "Resource": "*"`: the array was never closed and the next member begins.
        if (!this.encloses('object') || !this.tokens.colonFollows()) break;
        this.problemAt('bracket-expected', this.start(), this.start());
        this.abandon(frame);
        {
          const parent = this.stack.at(-1);
          if (parent && isObjectFrame(parent)) parent.expects = 'name';
        }
        return;
    }
    if (!this.beginsValue()) {
      this.problem('token-invalid');
      return this.next();
    }
    if (frame.expects === 'separator') {
      const after = frame.node.elements.at(-1)?.end ?? this.start();
      this.problemAt('comma-expected', after, after);
    }
    frame.comma = -1;
    frame.expects = 'separator';
    const node = this.value();
    if (node) frame.node.elements.push(node);
  }

  /**
   * Reads a value that begins here; a container comes back empty and is filled as the loop goes on. Undefined for a bare
   * word: it leaves a hole, whose place the problem keeps.
   */
  private value(): JsonNode | undefined {
    const start = this.start();
    const end = this.end();
    switch (this.token) {
      case Token.StringLiteral:
        return this.string();
      case Token.OpenBraceToken: {
        const known = this.knownBefore(start);
        const same = known && this.unread(known, start);
        if (same) return same;
        const node: ObjectFrame['node'] = { type: 'object', start, end, members: [] };
        this.stack.push({ node, member: undefined, comma: -1, expects: 'name', before: counterpartOf(known) });
        return this.past(node satisfies JsonObject);
      }
      case Token.OpenBracketToken: {
        const node: ArrayFrame['node'] = { type: 'array', start, end, elements: [] };
        this.stack.push({ node, comma: -1, expects: 'value', before: counterpartOf(this.knownBefore(start)) });
        return this.past(node satisfies JsonArray);
      }
      case Token.NumericLiteral: {
        const text = this.tokens.value;
        return this.past({ type: 'number', value: Number(text), text, start, end });
      }
      case Token.TrueKeyword:
      case Token.FalseKeyword:
        return this.past({ type: 'boolean', value: this.token === Token.TrueKeyword, start, end });
      case Token.NullKeyword:
        return this.past({ type: 'null', start, end });
      default:
        this.problem('token-invalid');
        this.next();
        return undefined;
    }
  }

  /** What stood in the earlier version where a value begins now. */
  private knownBefore(start: number): JsonNode | undefined {
    const { earlier } = this;
    if (!earlier) return undefined;
    const frame = this.stack.at(-1);
    if (!frame) return earlier.parsed.root;
    const offset = frame.before && earlier.offsetOf(start);
    return offset === undefined ? undefined : frame.before?.at(offset);
  }

  /** An object in a list that is as it was before, its members left for later. */
  private unread(known: JsonNode, start: number): JsonObject | undefined {
    const frame = this.stack.at(-1);
    if (!frame || isObjectFrame(frame) || known.type !== 'object') return undefined;
    const end = this.earlier?.endOf(known);
    if (end === undefined) return undefined;
    this.tokens.moveTo(end);
    this.next();
    return new UnreadObject(this.text, start, end);
  }

  private past(node: JsonNode): JsonNode {
    this.next();
    return node;
  }

  private string(): JsonString {
    const node: JsonString = {
      type: 'string',
      value: this.tokens.value,
      start: this.start(),
      end: this.end(),
    };
    this.next();
    return node;
  }

  private close(frame: Frame): void {
    frame.node.end = this.end();
    this.stack.pop();
    this.extendParent(frame.node.end);
    this.next();
  }

  /** Ends a container whose bracket never came; the token at hand belongs to what encloses it. */
  private abandon(frame: Frame): void {
    frame.node.end = this.previousEnd(frame);
    this.unclosed.add(frame.node);
    this.stack.pop();
    this.extendParent(frame.node.end);
  }

  private extendParent(end: number): void {
    const parent = this.stack.at(-1);
    if (parent && isObjectFrame(parent) && parent.member) parent.member.end = Math.max(parent.member.end, end);
  }

  private previousEnd(frame: Frame): number {
    const last = isObjectFrame(frame) ? frame.node.members.at(-1) : frame.node.elements.at(-1);
    return Math.max(frame.node.start + 1, last?.end ?? 0, frame.comma + 1);
  }

  private finish(): void {
    const { length } = this.text;
    const innermost = this.stack.at(-1);
    if (innermost) this.problemAt(isObjectFrame(innermost) ? 'brace-expected' : 'bracket-expected', length, length);
    else if (!this.rootSeen && this.problems.length === 0) this.problemAt('empty', 0, length);
    for (let frame = this.stack.pop(); frame; frame = this.stack.pop()) {
      frame.node.end = length;
      this.unclosed.add(frame.node);
      this.extendParent(length);
    }
  }

  private encloses(type: 'object' | 'array'): boolean {
    return this.stack.at(-2)?.node.type === type;
  }

  private beginsValue(): boolean {
    switch (this.token) {
      case Token.OpenBraceToken:
      case Token.OpenBracketToken:
      case Token.StringLiteral:
      case Token.NumericLiteral:
      case Token.TrueKeyword:
      case Token.FalseKeyword:
      case Token.NullKeyword:
      case Token.Unknown:
        return true;
      default:
        return false;
    }
  }

  private next(): void {
    do {
      this.tokens.next();
      this.scanProblem();
      if (this.isComment()) {
        this.comments.push({ start: this.start(), end: this.end() });
        this.problem('comment');
      }
    } while (this.isComment());
  }

  private isComment(): boolean {
    return this.token === Token.LineCommentTrivia || this.token === Token.BlockCommentTrivia;
  }

  private scanProblem(): void {
    switch (this.tokens.error) {
      case Scan.None:
        return;
      case Scan.UnexpectedEndOfString:
        return this.problem('string-unterminated');
      case Scan.UnexpectedEndOfComment:
        return this.problem('comment-unterminated');
      case Scan.UnexpectedEndOfNumber:
        return this.problem('number-invalid');
      case Scan.InvalidCharacter:
        return this.problem('string-character');
      default:
        return this.problem('string-escape');
    }
  }

  private get token(): number {
    return this.tokens.kind;
  }

  private start(): number {
    return this.tokens.start;
  }

  private end(): number {
    return this.tokens.end;
  }

  private problem(code: JsonProblemCode): void {
    this.problemAt(code, this.start(), this.end());
  }

  private problemAt(code: JsonProblemCode, start: number, end: number): void {
    // Where comments are accepted, a hundred of them must not hide an error behind them.
    const problem = { code, start, end };
    const loose = isLoose(problem);
    if (this.counts[loose ? 'loose' : 'broken']++ < MAX_PROBLEMS) this.problems.push(problem);
    else if (!loose) this.listedTo = Math.min(this.listedTo, start);
  }
}
