import type { JsonMember, JsonNode } from '../../simulator/json/node.ts';
import { nearest } from '../../simulator/policy/syntax/nearest.ts';
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
      this.report(node, `${what} is an object: write \`{ … }\``);
      return found;
    }
    for (const member of node.members) {
      const earlier = found.get(member.key.value);
      if (earlier)
        this.report(earlier.key, `\`${member.key.value}\` is given twice, and the last one counts: remove one`);
      found.set(member.key.value, member);
    }
    return found;
  }

  /** The values of an object that may have these members only; others are reported with the nearest name. */
  known<T extends string>(node: JsonNode, what: string, names: readonly T[]): { readonly [P in T]?: JsonNode } {
    const values: { [P in T]?: JsonNode } = {};
    for (const [name, { key, value }] of this.members(node, what)) {
      const known = names.find((each) => each === name);
      if (known === undefined) this.report(key, unknown(name, what, names));
      else if (value) values[known] = value;
    }
    return values;
  }

  text(node: JsonNode | undefined, what: string): string | undefined {
    if (!node) return undefined;
    if (node.type === 'string' && node.value !== '') return node.value;
    return this.report(node, `${what} is a text: write it in double quotes`);
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
    return this.report(node, `${what} is a list: write \`[ … ]\``);
  }

  texts(node: JsonNode | undefined, what: string): Readonly<Record<string, string>> | undefined {
    if (!node) return undefined;
    if (node.type !== 'object') return this.report(node, `${what} is an object: write \`{ … }\``);
    const entries = this.members(node, what);
    return Object.fromEntries(
      [...entries].flatMap(([name, { value }]) => {
        if (value?.type === 'string') return [[name, value.value] as const];
        if (value) this.report(value, `the value of \`${name}\` is a text: write it in double quotes`);
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
    return this.report(node, `\`${text}\` is not ${what}: ${inWords(choices, text, listed)}`);
  }
}

export function unknown(name: string, what: string, names: readonly string[]): string {
  return `${what} has no \`${name}\`: ${inWords(names, name)}`;
}

/** The name that was probably meant, else all of them. */
function inWords(names: readonly string[], written: string, listed = 'docs/rules lists them all'): string {
  const meant = nearest(written, names);
  if (meant !== undefined) return `did you mean \`${meant}\`?`;
  if (names.length > MOST_NAMES) return listed;
  return `write one of ${names.map((name) => `\`${name}\``).join(', ')}`;
}

/** Only the rules and the key specs are more. */
const MOST_NAMES = 12;
