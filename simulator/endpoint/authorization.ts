import { ProtocolError } from './errors.ts';
import type { HttpRequest } from './http.ts';

/** What a request says of its signature. */
export interface Signed {
  readonly accessKeyId: string;
  /** The day of the scope: `20261128`. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `X-Amz-Date` as it was sent: `20261128T161500Z`. */
  readonly date: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/**
 * Reads the signature of version 4; undefined for a request without one.
 * Source: IAM User Guide, "Elements of an AWS API request signature", and the messages of services of AWS in public logs;
 * checked 2026-11.
 */
export function readAuthorization({ headers }: HttpRequest): Signed | undefined {
  const header = headers['authorization'];
  if (header === undefined || header.trim() === '') return undefined;
  const algorithm = header.split(/[ ,]/, 1)[0] ?? '';
  if (algorithm !== ALGORITHM) throw incomplete(`Unsupported AWS 'algorithm': '${shortened(algorithm)}'.`);
  const parts = new Map<string, string>();
  for (const part of header.slice(ALGORITHM.length).split(',')) {
    const [, name = '', value = ''] = /^\s*(\w+)=(.*?)\s*$/.exec(part) ?? [];
    if (name !== '') parts.set(name, value);
  }
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !parts.get(name));
  const date = headers['x-amz-date'] ?? '';
  const problems = [
    ...missing.map((name) => `Authorization header requires '${name}' parameter.`),
    ...(DATE.test(date) ? [] : [date === '' ? NO_DATE : BAD_DATE]),
  ];
  if (problems.length > 0) throw incomplete(problems.join(' '));
  const credential = parts.get('Credential') ?? '';
  const [accessKeyId = '', day = '', region = '', service = '', end, ...more] = credential.split('/');
  if (accessKeyId === '' || end !== 'aws4_request' || more.length > 0)
    throw incomplete(
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, and end in 'aws4_request'.",
    );
  const signedHeaders = (parts.get('SignedHeaders') ?? '').toLowerCase().split(';');
  return { accessKeyId, day, region, service, signedHeaders, signature: parts.get('Signature') ?? '', date };
}

const DATE = /^\d{8}T\d{6}Z$/;
const NO_DATE = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
const BAD_DATE =
  "Date must be in ISO-8601 'basic format': 'YYYYMMDDTHHMMSSZ'. See http://en.wikipedia.org/wiki/ISO_8601";

const incomplete = (message: string): ProtocolError => new ProtocolError('IncompleteSignatureException', message);

const shortened = (text: string): string => text.slice(0, 100);

/** Milliseconds since 1970 of `20261128T161500Z`; not a number for what is no moment. */
export function momentOf(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

/** As signatures have it. */
export const dateOf = (moment: number): string => new Date(moment).toISOString().replace(/[-:]|\.\d+/g, '');
