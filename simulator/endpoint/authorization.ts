import { remembered } from '../text/remembered.ts';
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
  const parts = partsOf(header);
  const date = headers['x-amz-date'] ?? '';
  const isDate = DATE.test(date);
  if (!isDate || PARTS.some((name) => !parts[name])) {
    const missing = PARTS.filter((name) => !parts[name]);
    const problems = missing.map((name) => `Authorization header requires '${name}' parameter.`);
    if (!isDate) problems.push(date === '' ? NO_DATE : BAD_DATE);
    throw incomplete(problems.join(' '));
  }
  const [accessKeyId = '', day = '', region = '', service = '', end, ...more] = slashed(parts.Credential ?? '');
  if (accessKeyId === '' || end !== 'aws4_request' || more.length > 0)
    throw incomplete(
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, and end in 'aws4_request'.",
    );
  const signedHeaders = namesIn(parts.SignedHeaders ?? '');
  return { accessKeyId, day, region, service, signedHeaders, signature: parts.Signature ?? '', date };
}

const PARTS = ['Credential', 'Signature', 'SignedHeaders'] as const;

type Parts = { readonly [Name in (typeof PARTS)[number]]?: string | undefined };

/** As SDKs write it, at one stroke. */
const USUAL = /^AWS4-HMAC-SHA256 Credential=([^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=([^,\s]+)$/;

function partsOf(header: string): Parts {
  const usual = USUAL.exec(header);
  if (usual) return { Credential: usual[1], SignedHeaders: usual[2], Signature: usual[3] };
  const parts: { -readonly [Name in keyof Parts]: Parts[Name] } = {};
  for (const part of header.slice(ALGORITHM.length).split(',')) {
    const at = part.indexOf('=');
    const name = PARTS.find((each) => each === part.slice(0, Math.max(0, at)).trim());
    if (name) parts[name] = part.slice(at + 1).trim();
  }
  return parts;
}

// A client says the same again and again.
const slashed = remembered((text): readonly string[] => text.split('/'));
const namesIn = remembered((text): readonly string[] => text.toLowerCase().split(';'));

const DATE = /^\d{8}T\d{6}Z$/;
const NO_DATE = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
const BAD_DATE =
  "Date must be in ISO-8601 'basic format': 'YYYYMMDDTHHMMSSZ'. See http://en.wikipedia.org/wiki/ISO_8601";

const incomplete = (message: string): ProtocolError => new ProtocolError('IncompleteSignatureException', message);

const shortened = (text: string): string => text.slice(0, 100);

/** Milliseconds since 1970 of `20261128T161500Z`; not a number for what is no moment. */
export function momentOf(date: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** As signatures have it. */
export const dateOf = (moment: number): string => new Date(moment).toISOString().replace(/[-:]|\.\d+/g, '');
