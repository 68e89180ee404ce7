import type { Span } from './problem.ts';
import { isRegionShape, startsLikeRegion } from './region.ts';

/** A stretch that something else will fill in: AWS (a policy variable) or another tool (a placeholder). */
export interface Expression extends Span {
  readonly kind: 'variable' | 'placeholder';
}

/**
 * Whether a template expression of another tool stands in the text, so that nothing can be said about what AWS will see:
 * `${ACCOUNT_ID}`, `${AWS::AccountId}`, `${var.x}`, `${Token[…]}`, `{{ … }}`, `<ACCOUNT>`, `%{…}`, `#{…}`, `__NAME__`,
 * `$(…)`. Policy variables (`${aws:username}`, `${*}`) are AWS's own and do not count.
 */
export function hasPlaceholder(text: string): boolean {
  return MAY_HOLD_EXPRESSION.test(text) && scan(text).some((found) => found.kind === 'placeholder');
}

export function findPlaceholders(text: string): readonly Span[] {
  return findExpressions(text).filter((found) => found.kind === 'placeholder');
}

/** Policy variables and placeholders, in the order of the text, none inside another. Unclosed ones are left out. */
export function findExpressions(text: string): readonly Expression[] {
  return MAY_HOLD_EXPRESSION.test(text) ? scan(text) : NONE;
}

/** The text with `*` for each placeholder: a pattern that matches whatever the filled-in text can match. */
export function widenPlaceholders(text: string): string {
  let widened = '';
  let end = 0;
  for (const found of findPlaceholders(text)) {
    widened += `${text.slice(end, found.start)}*`;
    end = found.end;
  }
  return end === 0 ? text : widened + text.slice(end);
}

export type PlaceholderSegment = 'partition' | 'service' | 'region' | 'account' | 'resource';

/**
 * Whether a segment of an ARN stands for a value that is yet to be filled in: a template expression, a name in brackets,
 * or a plain word as AWS's guides print them (`account-id`, `ACCOUNT-ID-WITHOUT-HYPHENS`, `Region`, `myAccountID`,
 * `XXXXXXXXXXXX`). Slips in real values (`us-west2`, eleven digits) do not count.
 */
export function isPlaceholderSegment(text: string, segment: PlaceholderSegment): boolean {
  if (text === '') return false;
  if (hasPlaceholder(text) || (text.length <= 128 && BRACKETED.test(text))) return true;
  switch (segment) {
    case 'partition':
      return /^(?:(?:your|my|aws)[-_]?)?partition$/i.test(text);
    case 'service':
      return /^(?:(?:your|my|aws)[-_]?)?(?:service|vendor)(?:[-_]?(?:name|code|prefix|namespace))?$/i.test(text);
    case 'region':
      return namesRegion(text) || (/^[a-z][a-z_ -]*$/i.test(text) && !startsLikeRegion(text));
    case 'account':
      if (/^[0-9]*[Xx][0-9Xx]*$/.test(text)) return true;
      return text !== 'aws' && /^[a-z][\w .-]*$/i.test(text) && !startsLikeRegion(text);
    case 'resource':
      return /^(?:key|alias)\/(?:(?:your|my|example)[-_]?)?(?:key|alias)[-_]?(?:id|name)$/i.test(text);
  }
}

/** Whether a text says that a Region belongs in its place: `region`, `bucket-region`, `REGION_NAME`. */
export function namesRegion(text: string): boolean {
  return /region/i.test(text) && !isRegionShape(text);
}

/** Whether a text that is no ARN says that one belongs in its place: `myKMSKeyARN`, `roleArn`, a sentence about ARNs. */
export function standsForArn(text: string): boolean {
  return /^[A-Za-z][\w .-]*(?:ARN|Arn)s?$|^arn$/.test(text) || (text.includes(' ') && /\bARNs?\b/.test(text));
}

const NONE: readonly Expression[] = Object.freeze([]);
const MAY_HOLD_EXPRESSION = /[$#%]\{|\$\(|<|\{\{|__/;
const BRACKETED = /^(?:\$[A-Za-z_]\w*|\{[^{}]*\}|\[[^[\]]*\]|%[^%]+%|@[^@]+@|\.{3}|…)$/;
const ANGLE = /<[A-Za-z%!][^<>"]{0,80}>/y;
const UNDERSCORES = /__[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*__(?!\w)/y;

function scan(text: string): readonly Expression[] {
  const found: Expression[] = [];
  const missing = new Set<string>();
  let braces: ReadonlyMap<number, number> | undefined;
  let at = 0;
  while (at < text.length) {
    const end = endOfExpression(at);
    if (end <= at) {
      at++;
      continue;
    }
    const isVariable = text[at] === '$' && text[at + 1] === '{' && isPolicyVariable(text.slice(at + 2, end - 1));
    found.push({ kind: isVariable ? 'variable' : 'placeholder', start: at, end });
    at = end;
  }
  return found;

  /** The offset after the expression that starts at `start`, or -1 where none does. */
  function endOfExpression(start: number): number {
    const next = text[start + 1];
    switch (text[start]) {
      case '$':
      case '#':
      case '%':
        if (next === '(' && text[start] === '$') return after(')', start + 2);
        if (next !== '{') return -1;
        braces ??= pairBraces(text);
        return (braces.get(start + 1) ?? -2) + 1;
      case '{':
        return next === '{' ? after('}}', start + 2) : -1;
      case '<':
        return endOfMatch(ANGLE, start);
      case '_':
        return next === '_' && !isWordCharacter(text[start - 1]) ? endOfMatch(UNDERSCORES, start) : -1;
      default:
        return -1;
    }
  }

  function after(closing: string, from: number): number {
    // A closing mark that is missing once is missing for good: do not look for it again from every later place.
    if (missing.has(closing)) return -1;
    const index = text.indexOf(closing, from);
    if (index < 0) missing.add(closing);
    return index < 0 ? -1 : index + closing.length;
  }

  function endOfMatch(pattern: RegExp, start: number): number {
    pattern.lastIndex = start;
    return pattern.test(text) ? pattern.lastIndex : -1;
  }
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /\w/.test(character);
}

/** Where each opened brace closes. */
function pairBraces(text: string): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '{') open.push(i);
    if (text[i] !== '}') continue;
    const start = open.pop();
    if (start !== undefined) pairs.set(start, i);
  }
  return pairs;
}

/** Prefixes before a colon that belong to other tools: Serverless, Spring and the like. */
const FOREIGN_PREFIXES: ReadonlySet<string> = new Set(
  'cf env file git http https lookup opt output outputs param project secret self sls state strtobool sys system terraform vault'.split(
    ' ',
  ),
);

/** Whether `${content}` is a policy variable: `prefix:name`, `*`, `?`, `$`, or nothing, which only AWS would complain about. */
function isPolicyVariable(content: string): boolean {
  if (content === '*' || content === '?' || content === '$' || content.trim() === '') return true;
  const prefix = /^\s*([A-Za-z0-9][A-Za-z0-9./-]*)\s*:\s*[A-Za-z0-9]/.exec(content)?.[1]?.toLowerCase();
  if (prefix === undefined || FOREIGN_PREFIXES.has(prefix.split('.')[0] ?? '')) return false;
  // A path before the colon only occurs in the names of OIDC providers, which are host names.
  return !prefix.includes('/') || /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\//.test(prefix);
}
