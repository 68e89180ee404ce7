import type { JsonMember, JsonNode } from '../../simulator/json/node.ts';
import { givenTwice, notAList, notAnObject, notAText, oneOf, unknownMember } from '../../simulator/text/phrases.ts';
import type { Span } from '../documents/source.ts';
import type { ConfigProblem, WrittenPath } from './file.ts';

/** Reads values of a configuration and collects what is wrong with them. What is wrong is left out, the rest counts. */
export class MemberReader {
  readonly problems: ConfigProblem[] = [];

  report(span: Span, message: string): undefined {
    this.problems.push({ span: { start: span.start, end: span.end }, message, isSyntax: false });
    return undefined;
  }

  /** The members of an object by name; of a name that stands there twice the last one counts. */
  members(node: JsonNode, what: string): ReadonlyMap<string, JsonMember> {
    const found = new Map<string, JsonMember>();
    if (node.type !== 'object') {
      this.report(node, notAnObject(what));
      return found;
    }
    for (const member of node.members) {
      const earlier = found.get(member.key.value);
      if (earlier) this.report(earlier.key, givenTwice(member.key.value));
      found.set(member.key.value, member);
    }
    return found;
  }

  /** The values of an object that may have these members only; others are reported with the nearest name. */
  known<T extends string>(node: JsonNode, what: string, names: readonly T[]): { readonly [P in T]?: JsonNode } {
    const values: { [P in T]?: JsonNode } = {};
    for (const [name, { key, value }] of this.members(node, what)) {
      const known = names.find((each) => each === name);
      if (known === undefined) this.report(key, unknownMember(name, what, names));
      else if (value) values[known] = value;
    }
    return values;
  }

  text(node: JsonNode | undefined, what: string): string | undefined {
    if (!node) return undefined;
    if (node.type === 'string' && node.value !== '') return node.value;
    return this.report(node, notAText(what));
  }

  path(node: JsonNode | undefined, what: string): WrittenPath | undefined {
    const text = this.text(node, what);
    if (text === undefined || !node) return undefined;
    if (/^(\/|\\|[a-z]:|~)/i.test(text))
      return this.report(node, `\`${text}\` is an absolute path: write it from the folder of this file`);
    return { text, span: { start: node.start, end: node.end } };
  }

  /** Undefined where one of them cannot be read: a shorter list would say something else. */
  paths(node: JsonNode | undefined, what: string): readonly WrittenPath[] | undefined {
    const elements = this.list(node, what);
    const paths = elements?.flatMap((element) => this.path(element, `each of ${what}`) ?? []);
    return paths?.length === elements?.length ? paths : undefined;
  }

  list(node: JsonNode | undefined, what: string): readonly JsonNode[] | undefined {
    if (!node) return undefined;
    if (node.type === 'array') return node.elements;
    return this.report(node, notAList(what));
  }

  texts(node: JsonNode | undefined, what: string): Readonly<Record<string, string>> | undefined {
    if (!node) return undefined;
    if (node.type !== 'object') return this.report(node, notAnObject(what));
    const entries = this.members(node, what);
    return Object.fromEntries(
      [...entries].flatMap(([name, { value }]) => {
        if (value?.type === 'string') return [[name, value.value] as const];
        if (value) this.report(value, notAText(`the value of \`${name}\``));
        return [];
      }),
    );
  }

  /** @param listed says where so many choices are listed that a message would be too long */
  choice<T extends string>(
    node: JsonNode | undefined,
    what: string,
    choices: readonly T[],
    listed?: string,
  ): T | undefined {
    const text = this.text(node, what);
    if (text === undefined || !node) return undefined;
    const found = choices.find((choice) => choice === text);
    if (found !== undefined) return found;
    return this.report(node, `\`${text}\` is not ${what}: ${oneOf(choices, text, listed)}`);
  }
}
