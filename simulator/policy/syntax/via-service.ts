import { remembered } from '../../text/remembered.ts';
import { hasWildcard } from './arn.ts';
import { compileGlob } from './glob.ts';
import { globsOverlap } from './glob-relation.ts';
import { findExpressions, namesRegion } from './placeholder.ts';
import { NO_PROBLEMS, problem, type SyntaxProblem, spanOf } from './problem.ts';
import { isRegionShape } from './region.ts';

export type ViaServiceProblemCode =
  | 'empty'
  | 'space'
  /** Values are in small letters, and StringEquals compares capitals. */
  | 'capitals'
  | 'arn'
  /** Only the name of a service: `s3`. */
  | 'bare-service'
  /** `.amazonaws.com.cn`: values end with `.amazonaws.com` in China, too. */
  | 'cn-suffix'
  | 'suffix'
  | 'region-first'
  | 'region-missing'
  | 'region-shape'
  | 'service-missing'
  /** A pattern or host name that no value of the key looks like. */
  | 'shape';

/** A value of `kms:ViaService`: `service.region.amazonaws.com`. */
export interface ViaService {
  readonly text: string;
  readonly kind: 'via-service' | 'unknown' | 'malformed';
  /** Empty where it cannot be told; as written, so a pattern may hold wildcards. */
  readonly service: string;
  /** A Region, or a pattern of one such as `*`; undefined where it cannot be told. */
  readonly region: string | undefined;
  /** Wildcards stand in it: right under StringLike, never a match under StringEquals. */
  readonly pattern: boolean;
  readonly problems: readonly SyntaxProblem<ViaServiceProblemCode>[];
}

/** Reads a value of `kms:ViaService` (KMS developer guide, "AWS KMS condition keys"). */
export const parseViaService = remembered(read);

function read(text: string): ViaService {
  const expressions = findExpressions(text);
  const pattern = hasWildcard(withoutExpressions(text, expressions, ''));
  // An expression may hold dots of its own: it counts as one label.
  const { service, region } = split(withoutExpressions(text, expressions, '*'));
  if (expressions.length !== 0) return { text, kind: 'unknown', service, region, pattern, problems: NO_PROBLEMS };
  const fixed = region !== undefined && namesRegion(region) && !pattern;
  if (fixed) return { text, kind: 'unknown', service, region: undefined, pattern, problems: NO_PROBLEMS };
  const found = pattern ? judgePattern(text) : judge(text);
  const problems = found === undefined ? NO_PROBLEMS : [found];
  return { text, kind: found === undefined ? 'via-service' : 'malformed', service, region, pattern, problems };
}

type Problem = SyntaxProblem<ViaServiceProblemCode>;

const SUFFIX = '.amazonaws.com';
const ANY_VALUE = compileGlob('?*.?*.amazonaws.com');

function withoutExpressions(text: string, expressions: ReturnType<typeof findExpressions>, mark: string): string {
  let rest = '';
  let end = 0;
  for (const expression of expressions) {
    rest += text.slice(end, expression.start) + mark;
    end = expression.end;
  }
  return rest + text.slice(end);
}

/** Service and Region, whichever order they are in and whatever follows them. */
function split(text: string): { service: string; region: string | undefined } {
  const labels = text
    .trim()
    .toLowerCase()
    .replace(/\.amazonaws\.com(?:\.cn)?$/, '')
    .split('.');
  const [first = '', second] = labels;
  if (second === undefined)
    return { service: /[^a-z0-9-]/.test(first) || isRegionShape(first) ? '' : first, region: undefined };
  if (isRegionShape(first)) return { service: labels.slice(1).join('.'), region: first };
  return { service: labels.slice(0, -1).join('.'), region: labels.at(-1) };
}

function judgePattern(text: string): Problem | undefined {
  const span = spanOf(text);
  if (text.startsWith('arn:')) return problem('arn', span);
  if (/\.cn$/i.test(text)) return cnSuffix(text);
  const first = text.slice(0, Math.max(0, text.indexOf('.')));
  if (isRegionShape(first)) return problem('region-first', span);
  if (/[A-Z]/.test(text)) return problem('capitals', span, { suggestion: text.toLowerCase() });
  return globsOverlap(compileGlob(text), ANY_VALUE) ? undefined : problem('shape', span);
}

function judge(text: string): Problem | undefined {
  const span = spanOf(text);
  if (text === '') return problem('empty', span);
  const trimmed = text.trim();
  if (trimmed !== text) return problem('space', span, { suggestion: trimmed });
  if (/^arn:/i.test(text)) return arn(text);
  if (/[A-Z]/.test(text)) return problem('capitals', span, { suggestion: text.toLowerCase() });
  if (text.endsWith('.cn')) return cnSuffix(text);
  if (/^[a-z0-9-]+$/.test(text) && !isRegionShape(text)) return problem('bare-service', span);
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/.test(text)) return problem('shape', span);
  if (!text.endsWith(SUFFIX)) return suffix(text);
  const labels = text.slice(0, -SUFFIX.length).split('.');
  const [first = '', second] = labels;
  if (second === undefined) return problem(isRegionShape(first) ? 'service-missing' : 'region-missing', span);
  const last = labels.at(-1) ?? '';
  if (isRegionShape(last)) return undefined;
  if (isRegionShape(first)) {
    const suggestion = `${labels.slice(1).join('.')}.${first}${SUFFIX}`;
    return problem('region-first', span, { suggestion });
  }
  const end = text.length - SUFFIX.length;
  return problem('region-shape', { start: end - last.length, end });
}

function arn(text: string): Problem {
  const [, , service, region] = text.toLowerCase().split(':');
  const usable = service !== undefined && /^[a-z0-9-]+$/.test(service) && region !== undefined && isRegionShape(region);
  return problem('arn', spanOf(text), usable ? { suggestion: `${service}.${region}${SUFFIX}` } : {});
}

function cnSuffix(text: string): Problem {
  const end = { start: text.length - '.cn'.length, end: text.length };
  return text.slice(0, end.start).endsWith(SUFFIX)
    ? problem('cn-suffix', end, { suggestion: '' })
    : problem('suffix', spanOf(text));
}

/** A right start under a wrong end can be mended: `s3.us-east-1`, `s3.us-east-1.aws.com`. */
function suffix(text: string): Problem {
  const [first = '', second = ''] = text.split('.');
  const usable = !isRegionShape(first) && isRegionShape(second);
  return problem('suffix', spanOf(text), usable ? { suggestion: `${first}.${second}${SUFFIX}` } : {});
}
