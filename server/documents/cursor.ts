import type { JsonMember, JsonNode } from '../../simulator/json/node.ts';
import { parseJson } from '../../simulator/json/parse.ts';
import type { Path } from '../../simulator/json/place.ts';
import { type OpenContainer, openContainersAt } from './cursor/containers.ts';
import { type Gap, gapAfter } from './cursor/gap.ts';
import { type CursorToken, tokenAt } from './cursor/token.ts';
import { type Token, tokensUpTo } from './cursor/tokens.ts';
import type { Span } from './source.ts';

/**
 * What stands at a position where text is being written: which name or value belongs there, what of the text it takes
 * the place of, and what else must be added so that the whole stays JSON.
 */
export interface Cursor {
  /** `name`: a member's name, or a whole member; `value`: a value. */
  readonly slot: 'name' | 'value';
  /** Of a name the path of its object, of a value its own. */
  readonly path: Path;
  /** The object or array that it stands in; undefined where it is to be the whole document. */
  readonly container: JsonNode | undefined;
  /** The member that is at the cursor already, so that its name does not count as taken. */
  readonly member: JsonMember | undefined;
  /** The tree that `container` is part of: the document's, unless a string without an end hid what follows it. */
  readonly root: JsonNode | undefined;
  readonly token: CursorToken;
  /** What is missing in front: a comma or a colon, and where it belongs. */
  readonly before: { readonly at: number; readonly text: ',' | ':' } | undefined;
  /** What must follow: a comma in front of the next part, or a colon in front of a value that is there already. */
  readonly after: '' | ',' | ':';
  /** A name whose colon is there: only the name is to be written. */
  readonly nameOnly: boolean;
}

/** Undefined where nothing can be written that would leave the text whole: in comments, between other values. */
export function cursorAt(text: string, root: JsonNode | undefined, offset: number): Cursor | undefined {
  const found = look(text, root, offset);
  if (!found?.token.hides) return found;
  // The string at the cursor has no end and took the text behind it along; without it, the rest can be read.
  const { start, end } = found.token;
  const healed = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
  const rest = look(healed, parseJson(healed).root, start);
  return rest && { ...rest, token: found.token };
}

function look(text: string, root: JsonNode | undefined, offset: number): Cursor | undefined {
  const open = openContainersAt(text, root, offset);
  if (open === 'after') return undefined;
  const inner = open.at(-1);
  return inner ? inContainer(text, root, inner, offset) : atRoot(text, root, offset);
}

/** An empty text, or one that has nothing but the beginning of a value. */
function atRoot(text: string, root: JsonNode | undefined, offset: number): Cursor | undefined {
  const scan = tokensUpTo(text, 0, offset, () => undefined);
  if (!scan || scan.tokens.length > 0) return undefined;
  const token = tokenAt(text, scan.touched, offset);
  if (gapAfter(text, token.end) !== 'end') return undefined;
  return {
    slot: 'value',
    path: [],
    container: undefined,
    member: undefined,
    root,
    token,
    before: undefined,
    after: '',
    nameOnly: false,
  };
}

function inContainer(
  text: string,
  root: JsonNode | undefined,
  { node, path, last }: OpenContainer,
  offset: number,
): Cursor | undefined {
  const from = last[0]?.start ?? node.start + 1;
  const endOf = (at: number): number | undefined => last.find(({ value }) => value?.start === at)?.value?.end;
  const scan = tokensUpTo(text, from, offset, endOf);
  if (!scan) return undefined;
  const state = node.type === 'object' ? objectState(scan.tokens) : arrayState(scan.tokens);
  if (!state) return undefined;
  const isName = node.type === 'object' && (state.expects === 'name' || state.expects === 'separator');
  const token = tokenAt(text, scan.touched, offset);
  // Right behind a value or a name nobody asks for the next one yet.
  const glued = !scan.touched && state.missing !== undefined && state.missing.at === offset;
  if (glued) return undefined;
  // The comma ahead belongs to the value behind.
  const beforeComma = !scan.touched && state.missing?.text === ',';
  const gap = gapAfter(text, token.end);
  const base = { container: node, root, token, before: state.missing };
  if (isName) {
    const member = scan.touched ? memberAt(node, token) : undefined;
    const after = afterName(gap);
    if (after === undefined || (gap === 'comma' && beforeComma)) return undefined;
    return { ...base, slot: 'name', path, member, after: after.text, nameOnly: after.nameOnly };
  }
  const after = node.type === 'object' ? afterValue(gap) : afterElement(gap);
  if (after === undefined || (gap === 'comma' && beforeComma)) return undefined;
  const step = node.type === 'object' ? state.key : indexAt(node, token);
  if (step === undefined) return undefined;
  return { ...base, slot: 'value', path: [...path, step], member: undefined, after, nameOnly: false };
}

interface State {
  readonly expects: 'name' | 'value' | 'separator';
  /** The name in front of the value. */
  readonly key?: string;
  readonly missing: Cursor['before'];
}

/** What an object expects after these tokens; undefined where they make no sense. */
function objectState(tokens: readonly Token[]): State | undefined {
  let state: State = { expects: 'name', missing: undefined };
  for (const { type, end, value } of tokens) {
    const expectsColon = state.missing?.text === ':';
    if (type === 'comma') state = { expects: 'name', missing: undefined };
    else if (type === 'colon' && expectsColon) state = { ...state, missing: undefined };
    else if (state.expects !== 'value' && type === 'string')
      state = { expects: 'value', key: value, missing: { at: end, text: ':' } };
    else if (state.expects === 'value' && (type === 'string' || type === 'value'))
      state = { expects: 'separator', missing: { at: end, text: ',' } };
    else return undefined;
  }
  return state;
}

function arrayState(tokens: readonly Token[]): State | undefined {
  let state: State = { expects: 'value', missing: undefined };
  for (const { type, end } of tokens) {
    if (type === 'comma') state = { expects: 'value', missing: undefined };
    else if (type === 'string' || type === 'value') state = { expects: 'value', missing: { at: end, text: ',' } };
    else return undefined;
  }
  return state;
}

function afterName(gap: Gap): { text: Cursor['after']; nameOnly: boolean } | undefined {
  switch (gap) {
    case 'colon':
      return { text: '', nameOnly: true };
    case 'comma':
    case 'close':
    case 'end':
      return { text: '', nameOnly: false };
    case 'name':
      return { text: ',', nameOnly: false };
    case 'value':
      return { text: ':', nameOnly: true };
    case 'other':
      return undefined;
  }
}

function afterValue(gap: Gap): Cursor['after'] | undefined {
  if (gap === 'comma' || gap === 'close' || gap === 'end') return '';
  return gap === 'name' ? ',' : undefined;
}

function afterElement(gap: Gap): Cursor['after'] | undefined {
  // A name after an element: the array was never closed, and a comma would not help.
  if (gap === 'comma' || gap === 'close' || gap === 'end' || gap === 'name') return '';
  return gap === 'value' ? ',' : undefined;
}

function memberAt(node: JsonNode, { start }: Span): JsonMember | undefined {
  return node.type === 'object' ? node.members.find(({ key }) => key.start === start) : undefined;
}

function indexAt(node: JsonNode, { start }: Span): number {
  return node.type === 'array' ? node.elements.filter((element) => element.start < start).length : 0;
}
