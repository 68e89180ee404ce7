import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import { momentOf, type Signed } from './authorization.ts';
import type { HttpRequest } from './http.ts';

/** Who signs, for which day and Region. */
export interface Scope {
  readonly secret: string;
  /** `20261128`. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
}

/** Whether a request bears the signature that the secret gives. */
export function isSignedWith(request: HttpRequest, signed: Signed, secret: string): boolean {
  const { signedHeaders, day, date, signature } = signed;
  const { path, headers } = request;
  // What nobody signed could be changed on the way.
  if (!REQUIRED.every((name) => signedHeaders.includes(name)) || !date.startsWith(day)) return false;
  if (path !== '/' || Number.isNaN(momentOf(date))) return false;
  if (!signedHeaders.every((name) => Object.hasOwn(headers, name))) return false;
  // The hash of the body counts, also where its header is left out of what is signed.
  const bodyHash = sha256(request.body);
  const told = headers['x-amz-content-sha256'];
  if (told !== undefined && told !== bodyHash) return false;
  return isSame(signatureOf(request, signedHeaders, bodyHash, date, { ...signed, secret }), signature);
}

const REQUIRED = ['host', 'x-amz-date'];

/**
 * The signature of a request to `/`, which is where KMS takes all of them.
 * Source: IAM User Guide, "Create a signed AWS API request"; checked 2026-11.
 *
 * @param names of the headers that are signed, in order
 */
export function signatureOf(
  { method, headers }: Pick<HttpRequest, 'method' | 'headers'>,
  names: readonly string[],
  bodyHash: string,
  date: string,
  scope: Scope,
): string {
  let canonical = `${method}\n/\n\n`;
  for (const name of names) canonical += `${name}:${trimmed(headers[name] ?? '')}\n`;
  canonical += `\n${names.join(';')}\n${bodyHash}`;
  const text = `AWS4-HMAC-SHA256\n${date}\n${scopeOf(scope)}\n${sha256(canonical)}`;
  return createHmac('sha256', signingKey(scope)).update(text).digest('hex');
}

export const scopeOf = ({ day, region, service }: Omit<Scope, 'secret'>): string =>
  `${day}/${region}/${service}/aws4_request`;

export const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex');

const trimmed = (value: string): string =>
  /^\s|\s$|\s\s|[^\S ]/.test(value) ? value.trim().replace(/\s+/g, ' ') : value;

const keys = new Map<string, KeyObject>();
const MOST_KEYS = 100;

/** Of a secret there is one for each day and Region. As an object, since Node 24 takes long to make one of bytes. */
function signingKey(scope: Scope): KeyObject {
  const { secret, day, region, service } = scope;
  const id = `${scopeOf(scope)} ${secret}`;
  const known = keys.get(id);
  if (known) return known;
  const parts = [day, region, service, 'aws4_request'];
  const bytes = parts.reduce<Buffer>(
    (from, part) => createHmac('sha256', from).update(part).digest(),
    Buffer.from(`AWS4${secret}`),
  );
  const key = createSecretKey(bytes);
  // Whoever calls chooses days and Regions.
  if (keys.size >= MOST_KEYS) keys.clear();
  keys.set(id, key);
  return key;
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
