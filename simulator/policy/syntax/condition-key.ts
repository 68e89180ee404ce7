import { remembered } from '../../text/remembered.ts';
import { findExpressions } from './placeholder.ts';
import { NO_PROBLEMS, problem, type Span, type SyntaxProblem, spanOf } from './problem.ts';

export type ConditionKeyProblemCode =
  | 'empty'
  | 'space'
  /** No `service:` in front. */
  | 'service-missing'
  | 'service-empty'
  | 'name-empty'
  /** `kms:EncryptionContext/k` or `aws:PrincipalTag:k`: the other of `:` and `/` is right. */
  | 'separator'
  /** A key that takes a further part, such as a tag's key, has none. */
  | 'variable-missing'
  /** Policy variables work in values, not in keys. */
  | 'policy-variable';

/** A condition key, taken apart. Capitals do not count anywhere in it (IAM user guide, "Condition"). */
export interface ConditionKeyName {
  readonly text: string;
  readonly kind: 'key' | 'unknown' | 'malformed';
  readonly lower: string;
  /** In small letters: `kms`, `aws`, another service, or the host name of an identity provider. */
  readonly service: string;
  /** As written, without service and variable part: `EncryptionContext`, `PrincipalTag`, `ViaService`. */
  readonly name: string;
  /**
   * What to look a key up by, in small letters: `kms:viaservice`; of keys with a variable part all that is fixed, its
   * separator included: `kms:encryptioncontext:`, `aws:principaltag/`.
   */
  readonly stem: string;
  /** The part that the policy's author chooses, as written: a tag's key, a key of the encryption context. */
  readonly variable: { readonly text: string; readonly span: Span } | undefined;
  readonly problems: readonly SyntaxProblem<ConditionKeyProblemCode>[];
}

/** Splits a condition key. Whether such a key exists is for the fact tables to say. */
export const parseConditionKey = remembered(read);

function read(text: string): ConditionKeyName {
  const colon = text.indexOf(':');
  const service = text.slice(0, Math.max(0, colon)).toLowerCase();
  const nameStart = colon + 1;
  const { nameEnd, separator, misplaced } = splitName(text, service, nameStart);
  const expressions = findExpressions(text);
  const unknown = expressions.some((each) => each.kind === 'placeholder');
  const split = separator !== undefined && nameEnd < text.length && !misplaced;
  const variable = split
    ? { text: text.slice(nameEnd + 1), span: { start: nameEnd + 1, end: text.length } }
    : undefined;
  const problems = unknown ? NO_PROBLEMS : judge();
  return {
    text,
    kind: unknown ? 'unknown' : problems.length === 0 ? 'key' : 'malformed',
    lower: text.toLowerCase(),
    service,
    name: text.slice(nameStart, nameEnd),
    stem: text.slice(0, split ? nameEnd + 1 : text.length).toLowerCase(),
    variable: variable?.text === '' ? undefined : variable,
    problems,
  };

  function judge(): readonly SyntaxProblem<ConditionKeyProblemCode>[] {
    if (text === '') return [problem('empty', spanOf(text))];
    const trimmed = text.trim();
    if (trimmed !== text) return [problem('space', spanOf(text), { suggestion: trimmed })];
    const space = /\s/.exec(text.slice(0, nameEnd));
    if (space !== null) {
      return [problem('space', { start: space.index, end: space.index + space[0].length }, { suggestion: '' })];
    }
    if (colon < 0) return [problem('service-missing', spanOf(text))];
    if (colon === 0) return [problem('service-empty', { start: 0, end: 0 })];
    if (nameStart === nameEnd) return [problem('name-empty', spanOf(text))];
    const policyVariable = expressions[0];
    if (policyVariable !== undefined) return [problem('policy-variable', policyVariable)];
    if (separator === undefined || !JUDGED_SERVICES.has(service)) return NO_PROBLEMS;
    if (misplaced) return [problem('separator', { start: nameEnd, end: nameEnd + 1 }, { suggestion: separator })];
    if (variable === undefined || variable.text === '') {
      return [problem('variable-missing', { start: nameStart, end: text.length }, { detail: `${separator}key` })];
    }
    return NO_PROBLEMS;
  }
}

/** Keys of `aws:` and `kms:` that need a further part, and what separates it. */
const SEPARATORS: ReadonlyMap<string, ':' | '/'> = new Map([
  ['kms:encryptioncontext', ':'],
  ['aws:principaltag', '/'],
  ['aws:requesttag', '/'],
  ['aws:resourcetag', '/'],
]);

/** Keys of other services are read, never judged. */
const JUDGED_SERVICES: ReadonlySet<string> = new Set(['aws', 'kms']);

interface NameSplit {
  readonly nameEnd: number;
  /** What separates the variable part; undefined where the key has none. */
  readonly separator: ':' | '/' | undefined;
  /** Whether the other one of the two stands there. */
  readonly misplaced: boolean;
}

function splitName(text: string, service: string, start: number): NameSplit {
  const slash = text.indexOf('/', start);
  const colon = text.indexOf(':', start);
  const first = Math.min(slash < 0 ? text.length : slash, colon < 0 ? text.length : colon);
  const separator = SEPARATORS.get(`${service}:${text.slice(start, first).toLowerCase()}`);
  if (separator !== undefined) {
    return { nameEnd: first, separator, misplaced: first < text.length && text[first] !== separator };
  }
  // Tag keys of other services follow a slash, too: ec2:ResourceTag/team. A provider's host name has its slash earlier.
  if (0 <= slash && !JUDGED_SERVICES.has(service)) return { nameEnd: slash, separator: '/', misplaced: false };
  return { nameEnd: text.length, separator: undefined, misplaced: false };
}
