import { type ApiMembers, type ApiShape, apiMembers } from '../facts/api.ts';
import { apiErrors } from '../facts/errors.ts';
import { countingMembers, type JsonNode, type JsonObject, valueOf } from '../json/node.ts';
import type { Path, Place } from '../json/place.ts';
import { nearest } from '../text/nearest.ts';
import { notABoolean, notAList, notANumber, notAnObject, notAText, oneOf, unknownMember } from '../text/phrases.ts';
import { bytes } from './format/texts.ts';
import type { Names } from './names.ts';
import type { ScenarioProblem } from './outline.ts';

/**
 * What is wrong with the requests that calls send and the responses that they expect, by the tables of the API. None of it
 * keeps the other steps from being taken.
 */
export function requestProblems(
  root: JsonNode,
  names: Names,
  already: readonly ScenarioProblem[],
): readonly ScenarioProblem[] {
  const steps = root.type === 'object' ? valueOf(root, 'steps') : undefined;
  if (steps?.type !== 'array') return [];
  // Whoever mends what has no shape will be told the rest.
  const broken = new Set(already.flatMap(({ kind, place }) => (kind === 'malformed' ? [place.path[1]] : [])));
  const saved = new SavedResponses(steps.elements, names);
  return steps.elements.flatMap((step, index) => {
    const operation = step.type === 'object' ? operationOf(step) : undefined;
    if (step.type !== 'object' || operation === undefined || broken.has(index)) return [];
    return new CallReader(operation, step, ['steps', index], saved).problems;
  });
}

/** A part of a response that an earlier step saved: `$sealed.CiphertextBlob`. */
export const SAVED = /^\$([A-Za-z_]\w*)((?:\.\w+)*)$/;

/** The operation that a step calls. */
export function operationOf(step: JsonObject): string | undefined {
  const call = valueOf(step, 'call');
  return call?.type === 'string' ? call.value : undefined;
}

class CallReader {
  readonly problems: ScenarioProblem[] = [];
  private readonly operation: string;
  private readonly step: JsonObject;
  private readonly saved: SavedResponses;
  /** Whoever expects an error may send what KMS refuses. */
  private readonly expectsError: boolean;
  private readonly index: number;

  constructor(operation: string, step: JsonObject, path: Path, saved: SavedResponses) {
    this.operation = operation;
    this.step = step;
    this.saved = saved;
    this.index = Number(path[1]);
    const expect = valueOf(step, 'expect');
    const error = expect?.type === 'object' ? valueOf(expect, 'error') : undefined;
    this.expectsError = error !== undefined;
    this.request(path);
    const ok = expect?.type === 'object' ? valueOf(expect, 'ok') : undefined;
    const response = apiMembers(operation, 'response');
    if (ok?.type === 'object' && response)
      this.members(ok, [...path, 'expect', 'ok'], response, `the response of \`${operation}\``, false);
    if (error?.type === 'string') this.error(error.value, [...path, 'expect', 'error']);
  }

  private request(path: Path): void {
    const members = apiMembers(this.operation, 'request');
    const input = valueOf(this.step, 'input');
    if (!members || (input && input.type !== 'object')) return;
    const at = [...path, 'input'];
    if (input) this.members(input, at, members, `\`${this.operation}\``, true);
    for (const [name, { required }] of Object.entries(members))
      if (required && (!input || isMissing(valueOf(input, name))))
        this.refused(
          input ? { path: at } : { path: [...path, 'call'] },
          `\`${this.operation}\` needs \`${name}\`, and KMS refuses the call without: add it${input ? '' : ' as `input`'}`,
          { ifWhole: input ? [this.step, input] : [this.step] },
        );
  }

  private members(node: JsonObject, path: Path, members: ApiMembers, what: string, sent: boolean): void {
    for (const { key, value } of countingMembers(node)) {
      const name = key.value;
      const member = Object.hasOwn(members, name) ? members[name] : undefined;
      if (!member) {
        const names = Object.keys(members);
        this.report({ path: [...path, name], part: 'key' }, unknownMember(name, what, names, LISTED), {
          ...meant(name, names),
          ifWhole: [node],
        });
      } else if (value) this.value(value, [...path, name], member.shape, name, sent);
    }
  }

  /** @param sent whether KMS reads it, which refuses what it does not take */
  private value(node: JsonNode, path: Path, shape: ApiShape, name: string, sent: boolean): void {
    if (node.type === 'null') return;
    if (node.type === 'string') {
      const [, response, part = ''] = SAVED.exec(node.value) ?? [];
      if (response !== undefined) return this.savedPart(response, part, path);
    }
    const what = `\`${name}\``;
    const wrong = (message: string, more: Partial<ScenarioProblem> = {}): void =>
      sent ? this.refused({ path }, reasoned(message), more) : this.report({ path }, message, more);
    switch (shape.type) {
      case 'text':
        if (node.type === 'object' && name === 'Policy') return;
        if (node.type !== 'string') return wrong(notAText(what));
        if (shape.choices && !shape.choices.includes(node.value))
          wrong(
            `\`${node.value}\` is no value of ${what}: ${oneOf(shape.choices, node.value, LISTED)}`,
            meant(node.value, shape.choices),
          );
        return;
      case 'bytes':
        if (node.type === 'string' && bytes.pattern.test(node.value)) return;
        // What wraps bytes was read with the shape of the file.
        if (sent && node.type === 'object' && (valueOf(node, 'wrap') ?? valueOf(node, 'with'))) return;
        return this.report(
          { path },
          `${what} is bytes: write \`text:…\`, \`base64:…\`, \`hex:…\` or \`file:path\`, or take them from a saved response`,
        );
      case 'boolean':
        return node.type === 'boolean' ? undefined : wrong(notABoolean(what));
      case 'number':
        if (node.type !== 'number') return wrong(notANumber(what));
        if (node.value < (shape.least ?? node.value) || (shape.most ?? node.value) < node.value)
          wrong(`${what} is from ${shape.least} to ${shape.most}: mend it`);
        return;
      case 'time':
        if (node.type === 'number' || (node.type === 'string' && !Number.isNaN(Date.parse(node.value)))) return;
        return wrong(`${what} is a time: write one such as \`2026-01-15T09:00:00Z\``);
      case 'pairs':
        if (node.type !== 'object') return wrong(notAnObject(what));
        for (const { key, value } of countingMembers(node))
          if (value) this.value(value, [...path, key.value], { type: 'text' }, key.value, sent);
        return;
      case 'list':
        if (node.type !== 'array') return wrong(notAList(what));
        for (const [index, element] of node.elements.entries())
          this.value(element, [...path, index], shape.of, name, sent);
        return;
      case 'structure':
        if (node.type !== 'object') return wrong(notAnObject(what));
        return this.members(node, path, shape.members, what, sent);
    }
  }

  private error(name: string, path: Path): void {
    const names = apiErrors.map((each) => each.name);
    if (!names.includes(name))
      this.report(
        { path },
        `\`${name}\` is nothing that KMS answers with: ${oneOf(names, name, LISTED)}`,
        meant(name, names),
      );
  }

  private savedPart(name: string, text: string, path: Path): void {
    const parts = text.split('.').slice(1);
    const missing = this.saved.missingPart(name, parts, this.index);
    if (!missing) return;
    const start = name.length + 1 + parts.slice(0, missing.depth).join('.').length + (missing.depth === 0 ? 1 : 2);
    const part = parts[missing.depth] ?? '';
    this.report(
      { path, span: { start, end: start + part.length } },
      `the response \`$${name}\` has no \`${part}\` there: ${oneOf(missing.names, part, LISTED)}`,
      meant(part, missing.names),
    );
  }

  private refused(place: Place, message: string, more: Partial<ScenarioProblem> = {}): void {
    if (!this.expectsError) this.report(place, message, { kind: 'refused-call', ...more });
  }

  private report(place: Place, message: string, more: Partial<ScenarioProblem> = {}): void {
    if (this.problems.length < MOST) this.problems.push({ place, message, kind: 'malformed', onlyStep: true, ...more });
  }
}

/** The members of what steps save. */
class SavedResponses {
  private readonly saving = new Map<string, { readonly index: number; readonly operation: string }[]>();

  constructor(steps: readonly JsonNode[], { definitions }: Names) {
    for (const { kind, name, place } of definitions) {
      const index = Number(place.path[1]);
      const step = kind === 'saved' ? steps[index] : undefined;
      const operation = step?.type === 'object' ? operationOf(step) : undefined;
      if (operation === undefined) continue;
      const all = this.saving.get(name) ?? [];
      this.saving.set(name, all);
      all.push({ index, operation });
    }
  }

  /** Where a path leads to nothing, with what is there instead; undefined where it may be right. */
  missingPart(
    name: string,
    parts: readonly string[],
    before: number,
  ): { readonly depth: number; readonly names: readonly string[] } | undefined {
    const operation = this.saving.get(name)?.findLast(({ index }) => index < before)?.operation;
    let members = operation === undefined ? undefined : apiMembers(operation, 'response');
    for (const [depth, part] of parts.entries()) {
      if (!members) return undefined;
      const shape: ApiShape | undefined = Object.hasOwn(members, part) ? members[part]?.shape : undefined;
      if (!shape) return { depth, names: Object.keys(members) };
      members = shape.type === 'structure' ? shape.members : undefined;
    }
    return undefined;
  }
}

/** Why it matters, between what is wrong and what to do. */
const reasoned = (message: string): string => message.replace(': ', ', and KMS refuses anything else: ');

const isMissing = (node: JsonNode | undefined): boolean => node === undefined || node.type === 'null';

function meant(written: string, names: readonly string[]): Pick<ScenarioProblem, 'meant'> {
  const name = nearest(written, names);
  return name === undefined ? {} : { meant: name };
}

const LISTED = 'completion lists them all';

/** Of one step. */
const MOST = 50;
