import { nearest } from '../../text/nearest.ts';
import { remembered } from '../../text/remembered.ts';
import { findExpressions, hasPlaceholder, isPlaceholderSegment, standsForArn } from './placeholder.ts';
import { NO_PROBLEMS, problem, type Span, type SyntaxProblem, spanOf } from './problem.ts';
import { isRegionShape, repairRegion } from './region.ts';

export type ArnSegment = 'partition' | 'service' | 'region' | 'account' | 'resource';

export type ArnProblemCode =
  /** Does not start with `arn:`. */
  | 'prefix'
  | 'space'
  /** Fewer than six fields. */
  | 'field-count'
  | 'partition-unknown'
  | 'service-empty'
  | 'service-case'
  /** A wildcard in the service segment; only reported for Resource elements. */
  | 'service-wildcard'
  | 'region-shape'
  /** KMS resources have a Region. */
  | 'region-missing'
  /** IAM and STS resources have none. */
  | 'region-not-allowed'
  | 'account-shape'
  | 'account-missing'
  | 'resource-empty'
  /** A policy variable before the fifth colon; only reported for Resource elements. */
  | 'variable-position';

export interface Arn {
  readonly text: string;
  /** `unknown`: placeholders hide where the segments are. `not-an-arn`: AWS would not read it as one. */
  readonly kind: 'arn' | 'not-an-arn' | 'unknown';
  /** The segments as they are written, wildcards included; empty where missing. */
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the fifth colon, further colons included. */
  readonly resource: string;
  readonly spans: Readonly<Record<'prefix' | ArnSegment, Span>>;
  /** The segments in which a placeholder stands: nothing can be said about their values. */
  readonly unknown: readonly ArnSegment[];
  readonly problems: readonly SyntaxProblem<ArnProblemCode>[];
}

/** The partitions that AWS has published. */
export const PARTITIONS: readonly string[] = [
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
];

/**
 * Reads an ARN or an ARN pattern: `arn:partition:service:region:account:resource`. Wildcards are no problem, except in
 * the service segment of a Resource element (IAM user guide, "IAM JSON policy elements: Resource").
 *
 * @param use where the text stands; a Resource element takes fewer forms than a condition value does
 */
export function parseArn(text: string, use: 'value' | 'resource' = 'value'): Arn {
  return use === 'value' ? asValue(text) : asResource(text);
}

const asValue = remembered((text) => read(text, 'value'));
const asResource = remembered((text) => read(text, 'resource'));

function read(text: string, use: 'value' | 'resource'): Arn {
  if (!text.startsWith('arn:')) return notAnArn(text);
  const colons = fieldColons(text);
  const found = colons.length + 1;
  if (found < 6 && hasPlaceholder(text)) return build(text, 'unknown', colons, [], NO_PROBLEMS);
  if (found < 6) {
    const more = { detail: `${found} of 6 fields`, ...repairFields(text) };
    return build(text, 'not-an-arn', colons, [], [problem('field-count', spanOf(text), more)]);
  }
  const bare = build(text, 'arn', colons, [], NO_PROBLEMS);
  const unknown = SEGMENTS.filter((segment) => isPlaceholderSegment(bare[segment], segment));
  const problems = judge(bare, unknown, use);
  return unknown.length === 0 && problems.length === 0 ? bare : { ...bare, unknown, problems };
}

/** Twelve digits. */
export function isAccountId(text: string): boolean {
  return text.length === 12 && /^[0-9]{12}$/.test(text);
}

export function hasWildcard(text: string): boolean {
  return text.includes('*') || text.includes('?');
}

/**
 * Where the first five colons are; those inside `${…}` and other expressions do not separate. Fewer where there are
 * fewer.
 */
export function fieldColons(text: string): readonly number[] {
  const colons: number[] = [];
  const expressions = findExpressions(text);
  let next = 0;
  for (let i = 0; i < text.length && colons.length < 5; i++) {
    const expression = expressions[next];
    if (expression?.start === i) {
      i = expression.end - 1;
      next++;
    } else if (text[i] === ':') {
      colons.push(i);
    }
  }
  return colons;
}

const SEGMENTS: readonly ArnSegment[] = ['partition', 'service', 'region', 'account', 'resource'];

function notAnArn(text: string): Arn {
  if (mayBecomeArn(text) || standsForArn(text)) return build(text, 'unknown', [], [], NO_PROBLEMS);
  const trimmed = text.trim();
  if (trimmed !== text && trimmed.startsWith('arn:')) {
    return build(text, 'not-an-arn', [], [], [problem('space', spanOf(text), { suggestion: trimmed })]);
  }
  const prefix = { start: 0, end: Math.max(0, text.indexOf(':')) };
  const miswritten = text.slice(0, prefix.end).toLowerCase() === 'arn';
  const found = miswritten ? problem('prefix', prefix, { suggestion: 'arn' }) : problem('prefix', spanOf(text));
  return build(text, 'not-an-arn', [], [], [found]);
}

/** Whether a placeholder stands so early that the text may start with `arn:` once it is filled in. */
function mayBecomeArn(text: string): boolean {
  const first = findExpressions(text)[0];
  return first?.kind === 'placeholder' && 'arn:'.startsWith(text.slice(0, first.start));
}

function build(
  text: string,
  kind: Arn['kind'],
  colons: readonly number[],
  unknown: readonly ArnSegment[],
  problems: readonly SyntaxProblem<ArnProblemCode>[],
): Arn {
  const span = (field: number): Span => {
    if (colons.length < field) return { start: text.length, end: text.length };
    const start = field === 0 ? 0 : (colons[field - 1] ?? 0) + 1;
    return { start, end: colons[field] ?? text.length };
  };
  const spans = {
    prefix: span(0),
    partition: span(1),
    service: span(2),
    region: span(3),
    account: span(4),
    resource: span(5),
  };
  return {
    text,
    kind,
    partition: text.slice(spans.partition.start, spans.partition.end),
    service: text.slice(spans.service.start, spans.service.end),
    region: text.slice(spans.region.start, spans.region.end),
    account: text.slice(spans.account.start, spans.account.end),
    resource: text.slice(spans.resource.start, spans.resource.end),
    spans,
    unknown,
    problems,
  };
}

/** The commonest slip: one colon too few, where a field is empty. */
function repairFields(text: string): { suggestion?: string } {
  const short = /^(arn:[a-z-]+:(?:iam|sts)):(\d{12}:.+)$/s.exec(text);
  if (short !== null) return { suggestion: `${short[1]}::${short[2]}` };
  const bucket = /^(arn:[a-z-]+:s3):{1,2}([^:]+)$/s.exec(text);
  return bucket === null ? {} : { suggestion: `${bucket[1]}:::${bucket[2]}` };
}

function judge(arn: Arn, unknown: readonly ArnSegment[], use: 'value' | 'resource'): SyntaxProblem<ArnProblemCode>[] {
  const found: (SyntaxProblem<ArnProblemCode> | undefined)[] = [];
  for (const segment of SEGMENTS) {
    if (unknown.includes(segment)) continue;
    const written = arn[segment];
    if (written.includes('${') && findExpressions(written).length !== 0) {
      if (use === 'resource' && segment !== 'resource') found.push(problem('variable-position', arn.spans[segment]));
      continue;
    }
    found.push(JUDGES[segment](arn, use));
  }
  return found.filter((one) => one !== undefined);
}

type Judge = (arn: Arn, use: 'value' | 'resource') => SyntaxProblem<ArnProblemCode> | undefined;

const JUDGES: Readonly<Record<ArnSegment, Judge>> = {
  partition: ({ partition, spans }) => {
    if (PARTITIONS.includes(partition) || hasWildcard(partition)) return undefined;
    const suggestion = partition === '' ? 'aws' : nearest(partition, PARTITIONS);
    return problem('partition-unknown', spans.partition, suggestion === undefined ? {} : { suggestion });
  },
  service: ({ service, spans }, use) => {
    if (service === '') return problem('service-empty', spans.service);
    if (hasWildcard(service)) return use === 'resource' ? problem('service-wildcard', spans.service) : undefined;
    const lower = service.toLowerCase();
    return service === lower ? undefined : problem('service-case', spans.service, { suggestion: lower });
  },
  region: ({ service, region, spans }) => {
    if (region === '') return service === 'kms' ? problem('region-missing', spans.region) : undefined;
    if (hasWildcard(region)) return undefined;
    if (service === 'iam' || service === 'sts') return problem('region-not-allowed', spans.region, { suggestion: '' });
    if (isRegionShape(region)) return undefined;
    const suggestion = repairRegion(region);
    return problem('region-shape', spans.region, suggestion === undefined ? {} : { suggestion });
  },
  account: ({ service, account, spans }) => {
    const needed = service === 'kms' || service === 'iam' || service === 'sts';
    if (account === '') return needed ? problem('account-missing', spans.account) : undefined;
    // AWS's own resources, managed policies for one, belong to the account `aws`.
    if (isAccountId(account) || account === 'aws' || hasWildcard(account)) return undefined;
    const digits = account.replace(/[- ]/g, '');
    return problem('account-shape', spans.account, isAccountId(digits) ? { suggestion: digits } : {});
  },
  resource: ({ resource, spans }) => (resource === '' ? problem('resource-empty', spans.resource) : undefined),
};
