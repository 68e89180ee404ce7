import { type ArnPatternOptions, compileArnPattern } from './arn-pattern.ts';
import { compileGlob } from './glob.ts';
import { escapeGlob } from './glob-tokens.ts';
import type { Template, TemplatePart } from './variable.ts';

/** The request's value for a condition key, or undefined where the request does not have it. */
export type Lookup = (key: string) => string | undefined;

export type Substituted =
  | { readonly resolved: true; readonly text: string }
  /** `missing`: keys without a value and without a default. With a placeholder, even a complete lookup resolves nothing. */
  | { readonly resolved: false; readonly missing: readonly string[]; readonly placeholder: boolean };

/** Fills the variables in. The result is plain text, to be compared as it is: `${*}` has become `*`. */
export function substitute(template: Template, lookup: Lookup): Substituted {
  return fill(
    template,
    lookup,
    (text) => text,
    (text) => text,
  );
}

/**
 * What comparing with a template gives. `unresolved`: a variable has no value, so nothing is equal to it or like it.
 * `unknown`: it depends on what a placeholder becomes.
 */
export type TemplateMatch = 'match' | 'no-match' | 'unresolved' | 'unknown';

/** A pattern with variables, ready to be compared. */
export interface TemplatePattern {
  readonly template: Template;
  /**
   * A pattern that matches whatever this one can match, `*` standing for each variable and placeholder; its `${*}`,
   * `${?}` and `${$}` are plain characters. For values that are not known yet.
   */
  readonly widened: string;
  matches(value: string, lookup: Lookup): TemplateMatch;
}

/**
 * Compiles a template for StringLike and its kin. Wildcards count where the policy's author wrote them; those inside a
 * substituted value do not (AWS does not document this; the reverse would let a tag's value widen a policy).
 */
export function compileTemplateGlob(
  template: Template,
  options: { readonly ignoreCase?: boolean } = {},
): TemplatePattern {
  const ignoreCase = options.ignoreCase === true;
  return compile(template, (pattern) => compileGlob(pattern, { ignoreCase, escaped: true }));
}

/** The same for ARN patterns: values of the Arn operators and of Resource elements. */
export function compileTemplateArn(
  template: Template,
  options: Pick<ArnPatternOptions, 'element'> = {},
): TemplatePattern {
  return compile(template, (pattern) => compileArnPattern(pattern, { ...options, escaped: true }));
}

interface Matcher {
  matches(value: string): boolean;
}

function compile(template: Template, toMatcher: (pattern: string) => Matcher): TemplatePattern {
  const widened = template.parts.map(widen).join('');
  const fixed = template.hasPlaceholder || template.variables.length !== 0 ? undefined : toMatcher(widened);
  if (fixed !== undefined) {
    return { template, widened, matches: (value) => (fixed.matches(value) ? 'match' : 'no-match') };
  }
  let widest: Matcher | undefined;
  let lastPattern: string | undefined;
  let last: Matcher | undefined;
  return {
    template,
    widened,
    matches: (value, lookup) => {
      if (template.hasPlaceholder) {
        widest ??= toMatcher(widened);
        return widest.matches(value) ? 'unknown' : 'no-match';
      }
      const filled = fill(template, lookup, escapeDollars, escapeGlob);
      if (!filled.resolved) return 'unresolved';
      // One request asks about many values and many requests share a caller, so the last pattern is mostly the next one.
      if (filled.text !== lastPattern || last === undefined) {
        last = toMatcher(filled.text);
        lastPattern = filled.text;
      }
      return last.matches(value) ? 'match' : 'no-match';
    },
  };
}

function widen(part: TemplatePart): string {
  if (part.kind === 'literal') return escapeDollars(part.text);
  return part.kind === 'escape' ? escapeGlob(part.character) : '*';
}

/** Literal text of a pattern keeps its wildcards, yet its `${*}` are no escapes: those are parts of their own. */
function escapeDollars(text: string): string {
  return text.replaceAll('$', () => '${$}');
}

function fill(
  template: Template,
  lookup: Lookup,
  literal: (text: string) => string,
  value: (text: string) => string,
): Substituted {
  let text = '';
  const missing: string[] = [];
  for (const part of template.parts) {
    switch (part.kind) {
      case 'literal':
        text += literal(part.text);
        break;
      case 'escape':
        text += value(part.character);
        break;
      case 'variable': {
        const found = lookup(part.key) ?? part.default;
        if (found === undefined) missing.push(part.key);
        else text += value(found);
        break;
      }
      case 'placeholder':
        break;
    }
  }
  if (missing.length === 0 && !template.hasPlaceholder) return { resolved: true, text };
  return { resolved: false, missing: [...new Set(missing)], placeholder: template.hasPlaceholder };
}
